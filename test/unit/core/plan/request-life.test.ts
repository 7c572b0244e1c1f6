import { describe, expect, it } from "vitest";
import { requestLives, transitions } from "../../../../src/core/plan/request-life.ts";
import type { Entry } from "../../../../src/core/model/entry.ts";
import { decision, entry, file, merge } from "./plan-entries.ts";
import { oidOf } from "../../../support/ledger/drafts.ts";

const by = { id: 1001, login: "alice", type: "User" } as const;
const claim = (seq: number, pull = 7): Entry =>
  entry(
    seq,
    "request",
    { pull, head: oidOf("a"), path: file.path, digest: file.digest, author: by },
    { name: "a", fingerprint: null, route: [], governance: oidOf("b") },
  );
const ending = (seq: number, cause: "withdrawn" | "revoked", pull = 7): Entry =>
  entry(
    seq,
    "ending",
    { request: "a", path: file.path, pull, by, comment: 1, incident: null },
    { cause, reason: "" },
  );
const lifeOf = (...decisions: readonly Entry[]) =>
  requestLives({ decisions, executions: [] } as unknown as Parameters<typeof requestLives>[0]).get(
    "a",
  );

describe("the life of a request", () => {
  it("goes from asked to merged", () => {
    expect(lifeOf(claim(1))?.state).toBe("waiting");
    expect(lifeOf(claim(1), decision(2, { verdict: "denied" }))?.state).toBe("denied");
    expect(lifeOf(claim(1), decision(2))?.state).toBe("approved");
    const whole = lifeOf(claim(1), decision(2), merge(3));
    expect(whole).toEqual({ state: "merged", strange: [] });
  });

  it("is over once it was withdrawn: what comes after is strange, but for saying so again", () => {
    const denied = decision(3, { verdict: "denied" });
    const over = lifeOf(claim(1), ending(2, "withdrawn"), denied, merge(4));
    expect(over?.state).toBe("withdrawn");
    expect(over?.strange.map(({ type }) => type)).toEqual(["merge"]);
  });

  it("is moved by the pull request that used the name first, and from another only by its removal", () => {
    const other = decision(3, { verdict: "denied", pull: 9 });
    expect(lifeOf(claim(1), decision(2), claim(3, 9), other)?.state).toBe("approved");
    expect(lifeOf(claim(1), decision(2), ending(3, "withdrawn", 9))?.state).toBe("approved");
    expect(lifeOf(claim(1), decision(2), merge(3), ending(4, "revoked", 9))?.state).toBe("revoked");
  });

  it("begins with a claim, and with nothing else", () => {
    expect(lifeOf(decision(1))).toBeUndefined();
    expect(lifeOf(decision(1), claim(2))).toEqual({ state: "waiting", strange: [] });
  });

  it("never leaves an end for anything but an end, and has one cause for every step", () => {
    const ends = ["ended", "cancelled", "withdrawn", "expired unapproved", "lapsed", "revoked"];
    const reopening = transitions.filter(
      ({ from, to }) =>
        from.some((state) => ends.includes(state)) &&
        ["waiting", "denied", "approved", "merged"].includes(to),
    );
    expect(reopening).toEqual([]);
    expect(
      transitions.filter(({ from, to }) => from.includes("merged") && to === "active"),
    ).toEqual([]);
  });
});
