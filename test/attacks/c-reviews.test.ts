import { describe, expect, it } from "vitest";
import { decide } from "../../src/core/decide/decide.ts";
import { buildSnapshot, noon } from "../support/snapshot/build-snapshot.ts";
import type { Given } from "../support/snapshot/build-snapshot.ts";
import { exampleFiles } from "../support/snapshot/example-files.ts";

const both = [{ by: "bob" }, { by: "carol" }];
const denial = { by: "heidi", state: "CHANGES_REQUESTED" } as const;

function verdict(given: Given): string {
  return decide(buildSnapshot(given), noon).verdict;
}

describe("C — reviews and comments", () => {
  it("C1 the latest decisive review of a person speaks", () => {
    const reviews = [...both, { by: "bob", state: "CHANGES_REQUESTED" as const }];
    expect(verdict({ reviews })).toBe("denied");
  });

  it("C5 a comment is no approval", () => {
    expect(verdict({ reviews: [{ by: "bob", state: "COMMENTED" }, { by: "carol" }] })).toBe(
      "pending",
    );
  });

  it("C8 an approval needs the team in people.yaml and at the forge", () => {
    expect(verdict({ reviews: both, teams: { "payments-owners": ["heidi"] } })).toBe("pending");
    const edit = [
      {
        path: "governance/people.yaml",
        from: "accounts: [{ login: bob, id: 1002 }]\n      teams: [payments-owners]",
        to: "accounts: [{ login: bob, id: 1002 }]\n      teams: [audit]",
      },
    ];
    expect(verdict({ reviews: both, edit })).toBe("pending");
  });

  it("C8 taking a denier out of the team, at the forge or in people.yaml, does not lift the denial", () => {
    const reviews = [denial, ...both];
    expect(verdict({ reviews })).toBe("denied");
    expect(verdict({ reviews, teams: { "payments-owners": ["bob", "ivan"] } })).toBe("denied");
    const edit = [
      {
        path: "governance/people.yaml",
        from: "accounts: [{ login: heidi, id: 1008 }]\n      teams: [payments-owners]",
        to: "accounts: [{ login: heidi, id: 1008 }]\n      teams: [audit]",
      },
    ];
    expect(verdict({ reviews, edit })).toBe("denied");
  });

  it("a denial by a holder for only some of the changed paths is one", () => {
    const people = exampleFiles.find(({ path }) => path === "governance/people.yaml")?.text ?? "";
    const target = exampleFiles.find(({ path }) => path.endsWith("analytics-db.yaml"))?.text ?? "";
    const change = (path: string, text: string) => ({
      ...{ path, text: `${text}# reviewed\n`, size: text.length + 11 },
      ...{ status: "modified" as const, modeBefore: "100644", modeAfter: "100644" },
    });
    const given: Given = {
      ...{ author: "dave", commits: [{ authors: ["dave"] }] },
      changes: [
        change("governance/people.yaml", people),
        change("governance/targets/analytics-db.yaml", target),
      ],
      edit: [
        {
          path: "governance/ROLES",
          from: "/governance/                      @acme/access-governance @acme/risk",
          to:
            "/governance/ @acme/access-governance @acme/risk\n" +
            "/governance/targets/ @acme/access-governance @acme/risk @acme/analytics-owners",
        },
      ],
      reviews: [{ by: "erin" }, { by: "carol" }],
    };
    expect(verdict(given)).toBe("approved");
    const reviews = [{ by: "ken", state: "CHANGES_REQUESTED" as const }, ...(given.reviews ?? [])];
    expect(verdict({ ...given, reviews })).toBe("denied");
  });

  it("C9 C10 one person fills one step", () => {
    expect(verdict({ reviews: [{ by: "bob" }, { by: "bob" }] })).toBe("pending");
    const edit = [{ path: "governance/ROLES", from: "@acme/risk", to: "@acme/risk @bob" }];
    expect(verdict({ edit, reviews: [{ by: "bob" }] })).toBe("pending");
  });
});
