import { describe, expect, it } from "vitest";
import {
  identify,
  ownsAccount,
  peopleOfTeam,
  personBehind,
  personNamed,
  personWithId,
  personWithLogin,
} from "../../../../src/core/evaluate/people.ts";
import { account, exampleGovernance } from "../../../support/snapshot/cast.ts";

describe("who stands behind an account", () => {
  it.each([
    ["a person", "bob", { kind: "person", name: "bob" }],
    ["their second account", "alice-admin", { kind: "person", name: "alice" }],
    [
      "a machine, with its owner",
      "countersign-gate[bot]",
      { kind: "machine", name: "countersign-gate", owner: "dave" },
    ],
    ["a stranger", "mallory", { kind: "unknown" }],
    ["a deleted account", "ghost", { kind: "unknown" }],
  ] as const)("%s", (_, login, identity) => {
    expect(identify(exampleGovernance, account(login))).toMatchObject(identity);
  });

  it("a login with another id is an impostor, in whatever case it is written", () => {
    const impostor = { login: "Bob", id: 6666, type: "User" } as const;
    expect(identify(exampleGovernance, impostor)).toMatchObject({ kind: "impostor" });
    expect(identify(exampleGovernance, { ...impostor, id: 1002 })).toEqual({
      kind: "person",
      name: "bob",
    });
  });
});

describe("people by name, account and team", () => {
  it("finds a person, and nobody for a machine or a stranger", () => {
    expect(personNamed(exampleGovernance, "bob")?.teams).toEqual(["payments-owners"]);
    expect(personNamed(exampleGovernance, "settlement-bot")).toBeNull();
    expect(personWithId(exampleGovernance, 1011)).toBe("alice");
    expect(personWithId(exampleGovernance, 2001)).toBeNull();
    expect(personWithLogin(exampleGovernance, "ALICE-admin")).toBe("alice");
    expect(personWithLogin(exampleGovernance, "countersign-gate[bot]")).toBeNull();
    expect(personWithLogin(exampleGovernance, "mallory")).toBeNull();
  });

  it("finds the owner behind a machine, and nobody behind an unknown name", () => {
    expect(personBehind(exampleGovernance, "bob")).toBe("bob");
    expect(personBehind(exampleGovernance, "settlement-bot")).toBe("alice");
    expect(personBehind(exampleGovernance, "nobody-of-us")).toBeNull();
  });

  it("lists a team, and nobody for one that people.yaml does not know", () => {
    expect(peopleOfTeam(exampleGovernance, "payments-owners")).toEqual(["bob", "heidi", "ivan"]);
    expect(peopleOfTeam(exampleGovernance, "no-such-team")).toEqual([]);
  });

  it("compares logins without regard to case", () => {
    const alice = personNamed(exampleGovernance, "alice");
    const owned = (login: string) => alice !== null && ownsAccount(alice, login);
    expect([owned("Alice-Admin"), owned("alice"), owned("bob")]).toEqual([true, true, false]);
  });
});
