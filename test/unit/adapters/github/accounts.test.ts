import { describe, expect, it } from "vitest";
import { accountOf, accountOfUser } from "../../../../src/adapters/github/accounts.ts";

describe("accountOf", () => {
  it.each([
    [
      { __typename: "User", login: "bob", databaseId: 1002 },
      { id: 1002, login: "bob", type: "User" },
    ],
    [
      { __typename: "Bot", login: "gate", databaseId: 9 },
      { id: 9, login: "gate[bot]", type: "Bot" },
    ],
    [
      { __typename: "Bot", login: "gate[bot]", databaseId: 9 },
      { id: 9, login: "gate[bot]", type: "Bot" },
    ],
    [
      { __typename: "Mannequin", login: "old", databaseId: 5 },
      { id: 5, login: "old", type: "Mannequin" },
    ],
    [
      { __typename: "Organization", login: "acme", databaseId: 6 },
      { id: 6, login: "acme", type: "Organization" },
    ],
    [
      { __typename: "EnterpriseUserAccount", login: "eve", user: { databaseId: 8 } },
      { id: 8, login: "eve", type: "EnterpriseUserAccount" },
    ],
  ])("reads %o", (actor, account) => {
    expect(accountOf(actor)).toEqual(account);
  });

  it.each([
    ["a ghost", null],
    ["no actor", undefined],
    ["an account without id", { __typename: "User", login: "bob", databaseId: null }],
    ["an id that is not exact", { __typename: "User", login: "bob", databaseId: 2 ** 60 }],
    ["a type that it does not know", { __typename: "Robot", login: "bob", databaseId: 1002 }],
  ])("gives no account for %s", (_name, actor) => {
    expect(accountOf(actor)).toBeNull();
  });
});

describe("accountOfUser", () => {
  it("never takes a bot for a person", () => {
    expect(accountOfUser({ databaseId: 9, login: "gate[bot]" })?.type).toBe("Bot");
    expect(accountOfUser({ databaseId: 1002, login: "bob" })?.type).toBe("User");
  });

  it("gives no account where the e-mail belongs to nobody", () => {
    expect(accountOfUser(null)).toBeNull();
    expect(accountOfUser({ databaseId: null, login: "bob" })).toBeNull();
  });
});
