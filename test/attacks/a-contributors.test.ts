import { describe, expect, it } from "vitest";
import { decide } from "../../src/core/decide/decide.ts";
import { buildSnapshot, noon } from "../support/snapshot/build-snapshot.ts";
import type { Given } from "../support/snapshot/build-snapshot.ts";

const both = [{ by: "bob" }, { by: "carol" }];

function codeOf(given: Given, login: string): string | undefined {
  return decide(buildSnapshot(given), noon).reviews.findLast((review) => review.login === login)
    ?.code;
}

describe("A — who is a contributor", () => {
  it("A1 who pushed to another's pull request approves nothing", () => {
    const commits = [{ oid: "1", authors: ["alice"] }, { authors: ["bob"] }];
    expect(codeOf({ commits, reviews: both }, "bob")).toBe("SOD-REQUESTER");
  });

  it("A2 a commit of no account leaves the decision open", () => {
    const commits = [{ authors: ["ghost"] }];
    const { findings } = decide(buildSnapshot({ commits, reviews: both }), noon);
    const found = findings.find(({ code }) => code === "SOD-CONTRIBUTORS");
    expect(found?.outcome).toBe("indeterminate");
  });

  it("A5 a co-author approves nothing", () => {
    const commits = [{ authors: ["alice", "carol"] }];
    expect(codeOf({ commits, reviews: both }, "carol")).toBe("SOD-REQUESTER");
  });

  it("A7 the author of a cherry-picked commit approves nothing", () => {
    const commits = [{ authors: ["bob"], committer: "alice" }];
    expect(codeOf({ commits, reviews: both }, "bob")).toBe("SOD-REQUESTER");
  });

  it.each(["dependabot[bot]", "countersign-gate[bot]"])("A9 %s approves nothing", (by) => {
    expect(codeOf({ reviews: [{ by }] }, by)).toBe("SOD-HUMAN");
  });

  it("A10 two accounts of one person are one approval", () => {
    const edit = [
      {
        path: "governance/people.yaml",
        from: "login: bob, id: 1002 }",
        to: "login: bob, id: 1002 }, { login: mallory, id: 6666 }",
      },
      { path: "governance/policy/privileged.yaml", from: "count: 1", to: "count: 2" },
    ];
    const reviews = [{ by: "bob" }, { by: "mallory" }, { by: "carol" }];
    expect(decide(buildSnapshot({ edit, reviews }), noon).verdict).toBe("pending");
  });

  it("A13 the owner of a machine that asks approves nothing, as the owner of one that receives", () => {
    const edit = [{ path: "governance/people.yaml", from: "owner: alice", to: "owner: bob" }];
    const given: Given = {
      ...{ author: "ivan", commits: [{ authors: ["ivan"] }], edit, reviews: both },
      spec: { requester: "settlement-bot", beneficiary: { kind: "human", name: "ivan" } },
    };
    expect(codeOf(given, "bob")).toBe("SOD-REQUESTER");
    expect(decide(buildSnapshot(given), noon).verdict).toBe("pending");
  });

  it("A14 a commit by a bot that nobody owns is not left out", () => {
    const commits = [{ authors: ["alice"] }, { authors: ["dependabot[bot]"] }];
    expect(decide(buildSnapshot({ commits, reviews: both }), noon).verdict).toBe("denied");
  });
});
