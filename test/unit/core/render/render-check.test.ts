import { describe, expect, it, test } from "vitest";

import { decide } from "../../../../src/core/decide/decide.ts";
import type { Decision } from "../../../../src/core/model/decision.ts";
import { planRequest } from "../../../../src/core/plan/request-plan.ts";
import { renderCheck } from "../../../../src/core/render/render-check.ts";
import type { RenderedCheck } from "../../../../src/core/render/render-check.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";
import type { Given } from "../../../support/snapshot/build-snapshot.ts";
import { ordinaryPath } from "../../../support/snapshot/request-text.ts";

const approved: Given = { reviews: [{ by: "bob" }, { by: "carol" }] };
const denied: Given = { reviews: [{ by: "bob" }, { by: "carol", state: "CHANGES_REQUESTED" }] };
const gone = { modeBefore: "100644", modeAfter: "000000", text: null, size: null } as const;
const removal: Given = {
  changes: [{ path: ordinaryPath, status: "removed", ...gone }],
  record: { firstPull: 7, access: "ended" },
};
const ungoverned: Given = {
  changes: [
    {
      path: "docs/x.md",
      status: "added",
      modeBefore: "000000",
      modeAfter: "100644",
      text: null,
      size: 4,
    },
  ],
};

function decided(given: Given): Decision {
  return decide(buildSnapshot(given), noon);
}

function rendered(given: Given, change: Partial<Decision> = {}): RenderedCheck {
  const snapshot = buildSnapshot(given);
  const decision = { ...decide(snapshot, noon), ...change };
  return renderCheck(decision, planRequest(snapshot, decision));
}

function firstLine({ summary }: RenderedCheck): string {
  return summary.split("\n")[0] ?? "";
}

describe("renderCheck", () => {
  test.each<[string, Given]>([
    ["a pending request", { reviews: [{ by: "bob" }, { by: "alice" }] }],
    ["a denied request", denied],
    ["an approved request", approved],
    ["a removal", removal],
    ["an ungoverned pull request", ungoverned],
  ])("shows %s", (_, given) => {
    const { conclusion, title, summary, text } = rendered(given);
    expect(`${conclusion}: ${title}\n\n${summary}\n\n${text}\n`).toMatchSnapshot();
  });

  it("passes nothing but an approval, and never by a conclusion that GitHub lets through", () => {
    expect(rendered(approved).conclusion).toBe("success");
    expect(rendered(removal).conclusion).toBe("success");
    expect(rendered(ungoverned).conclusion).toBe("success");
    expect(rendered({}).conclusion).toBe("action_required");
    expect(rendered(denied).conclusion).toBe("failure");
    expect(rendered({ missing: [{ fact: "reviews", reason: "no answer" }] }).conclusion).toBe(
      "failure",
    );
    expect(rendered(approved, { verdict: "unknown" as never }).conclusion).toBe("failure");
  });
});

describe("the first line", () => {
  it("tells what is missing and who can give it", () => {
    const line = firstLine(rendered({ reviews: [{ by: "bob" }] }));
    expect(line).toMatch(/control/u);
    expect(line).toMatch(/carol/u);
    expect(line).toMatch(/judy/u);
    expect(line).not.toMatch(/bob|heidi|alice/u);
  });

  it("tells who denied it, and not what is only missing besides", () => {
    const line = firstLine(rendered(denied));
    expect(line).toContain("Denied by carol");
    expect(line).not.toContain("judy");
  });

  it("tells who approved in vain", () => {
    const vain = rendered({ reviews: [{ by: "bob" }, { by: "alice-admin" }] });
    expect(firstLine(vain)).toContain("alice-admin does not count");
  });

  it("names who approved and until when it holds", () => {
    const line = firstLine(rendered(approved));
    expect(line).toContain("bob (approver)");
    expect(line).toContain("carol (control)");
    expect(line).toContain(decided(approved).notAfter);
    expect(firstLine(rendered(approved, { kind: "policy", notAfter: null }))).toMatch(/bob/u);
  });

  it("says that a removal takes no access away, and that nothing else is governed", () => {
    expect(firstLine(rendered(removal))).toMatch(/access is gone/u);
    expect(firstLine(rendered(ungoverned))).toMatch(/nothing that Countersign governs/u);
  });
});

describe("what would be granted", () => {
  test.each([
    [14_400, "for 4 h,"],
    [90_061, "for 1 d 1 h 1 min 1 s,"],
    [1_800, "for 30 min,"],
  ])("%d seconds read as %s", (durationSeconds, words) => {
    const { request } = decided(approved);
    if (request === null) throw new Error("the ordinary request is readable");
    const { summary } = rendered(approved, { request: { ...request, durationSeconds } });
    expect(summary).toContain(words);
    expect(summary).toContain("payments\\_readwrite");
  });

  it("is shown with how it would end, beneath each other", () => {
    const { summary } = rendered({ holdings: [{ entitlement: "readwrite", request: "running" }] });
    expect(summary.split("\n").filter((line) => line.startsWith("- "))).toEqual([
      expect.stringContaining("The executor takes it out at its end"),
      expect.stringContaining("can outlive it by 0 s"),
      expect.stringContaining("The same access is given by running"),
    ]);
  });

  it("is nothing where the target has no name for the beneficiary", () => {
    const from = "{ target: payments-db, name: alice }, ";
    const { summary } = rendered({ edit: [{ path: "governance/people.yaml", from, to: "" }] });
    expect(summary).toContain("Would give nothing: alice has no name at payments-db");
  });

  it("shows no name of governance or of a request as Markdown", () => {
    const { request } = decided(approved);
    if (request === null) throw new Error("the ordinary request is readable");
    const hostile = "x](https://evil.example)\n\n# Approved\n- **@acme/risk** <b>";
    const { summary } = rendered(approved, {
      request: {
        ...request,
        ...{ permission: hostile, target: hostile, identity: hostile, provider: hostile },
        ...{ beneficiary: { kind: "human", name: hostile }, incident: hostile },
      },
    });
    expect(summary.split("\n").filter((line) => /^[#-]/u.test(line))).toHaveLength(2);
    expect(summary).not.toMatch(/https:|<b>|@acme|\]\(/u);
  });

  it("is not shown where nothing could be read", () => {
    expect(rendered(ungoverned).summary).not.toContain("Would give");
    expect(rendered({ spec: { duration: "for ever" } }).summary).not.toContain("Would give");
  });
});

describe("text of strangers", () => {
  const hostile = "x | ✅ | y |\n\n# Approved\n@acme/risk <b>[go](https://evil.example)";
  const [finding] = decided(approved).findings;
  if (finding === undefined) throw new Error("an approval has findings");
  const check = rendered(approved, {
    verdict: "denied",
    findings: [{ ...finding, outcome: "violated", reason: hostile }],
    reviews: [
      {
        review: 1,
        login: hostile,
        person: null,
        state: "APPROVED",
        counts: "no",
        code: "SOD-NOBODY",
        reason: hostile,
      },
    ],
  });

  it("adds no row, no heading, no link and no mention", () => {
    const { summary, text } = check;
    const lines = [...summary.split("\n"), ...text.split("\n")];
    expect(lines.filter((line) => line.startsWith("#"))).toEqual(["### Rules", "### Reviews"]);
    expect(lines.filter((line) => line.startsWith("|"))).toHaveLength(6);
    expect(`${summary}${text}`).not.toMatch(/https:|<b>|@acme/u);
  });

  it("keeps every row to its number of cells", () => {
    const cells = check.text
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.match(/(?<!\\)\|/gu)?.length);
    expect(cells).toEqual([5, 5, 5, 6, 6, 6]);
  });
});

describe("the title", () => {
  it("says what is waited for, how much more there is, and never grows long", () => {
    expect(rendered({ reviews: [{ by: "bob" }] }).title).toMatch(/^Waiting: .*control/u);
    expect(rendered({}).title).toMatch(/\(and 1 more\)$/u);
    expect(rendered(approved).title).toBe("Approved");
    const [finding] = decided({}).findings;
    if (finding === undefined) throw new Error("a decision has findings");
    const long = { ...finding, outcome: "violated", reason: "x".repeat(500) } as const;
    const { title } = rendered({}, { verdict: "denied", findings: [long] });
    expect(title).toMatch(/^Refused: x+…$/u);
    expect(title.length).toBeLessThan(100);
  });

  it("is one line of what is seen, cut between characters", () => {
    const [finding] = decided({}).findings;
    if (finding === undefined) throw new Error("a decision has findings");
    const titleOf = (reason: string) => {
      const found = { ...finding, outcome: "violated", reason } as const;
      return rendered({}, { verdict: "denied", findings: [found] }).title;
    };
    expect(titleOf("a\nb\u2028c\u202ed\u200be")).toBe("Refused: a b c d e");
    expect(titleOf("👩".repeat(60)).isWellFormed()).toBe(true);
  });

  it("refuses even when nothing says why", () => {
    const { title, conclusion } = rendered({}, { verdict: "denied", findings: [] });
    expect(title).toBe("Refused: It cannot be approved.");
    expect(conclusion).toBe("failure");
  });
});
