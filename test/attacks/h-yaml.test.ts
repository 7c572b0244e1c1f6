import { describe, expect } from "vitest";
import { parse } from "yaml";
import { decide } from "../../src/core/decide/decide.ts";
import { parseRequest } from "../../src/core/parse/parse-request.ts";
import { planRequest } from "../../src/core/plan/request-plan.ts";
import { renderCheck } from "../../src/core/render/render-check.ts";
import { buildSnapshot, noon } from "../support/snapshot/build-snapshot.ts";
import { ordinaryPath, requestChange } from "../support/snapshot/request-text.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import { added, asking, deciding, governing, outcomeOf, parsing } from "./tries.ts";

const text = requestChange({}).text ?? "";
const ordinary = asking(["PT4H", "PT4H"]);
const bytes = (source: string | Uint8Array) => parsing(() => parseRequest(ordinaryPath, source));

describe("H — YAML and Unicode", () => {
  for (const [title, code, from, to] of [
    ["a key twice", "duplicate-key", "  duration: PT4H", "  duration: PT1H\n  duration: PT4H"],
    [
      "a key twice, once escaped",
      "duplicate-key",
      "  duration: PT4H",
      '  duration: PT1H\n  "dur\\u0061tion": PT4H',
    ],
    ["a merge key", "merge-key", "  duration: PT4H", "  <<: { duration: PT4H }"],
    [
      "a name that every object has",
      "reserved-key",
      "  duration: PT4H",
      "  duration: PT4H\n  __proto__: {}",
    ],
    ["an explicit key", "explicit-key", "  duration: PT4H", "  ? duration\n  : PT4H"],
  ] as const) {
    attack(
      "H1",
      `write ${title}, which readers understand differently`,
      refusedBy(code, {
        attempt: asking([from, to]),
        honest: ordinary,
      }),
    );
  }
  attack("H1", "have the file understood in any but one way", () => {
    const decided = decide(buildSnapshot({}), noon).request;
    const other = parse(text) as { spec: Record<string, unknown> };
    expect(other.spec).toMatchObject({
      requester: decided?.requester,
      beneficiary: decided?.beneficiary,
      target: decided?.target,
      entitlement: decided?.entitlement,
    });
    return refusedBy("duplicate-key", {
      attempt: asking([
        "  entitlement: readwrite",
        "  entitlement: readonly\n  entitlement: readwrite",
      ]),
      honest: ordinary,
    })();
  });

  attack(
    "H2",
    "write an alias",
    refusedBy("alias", {
      attempt: asking(["name: alice", "name: *a"], ["requester: alice", "requester: &a alice"]),
      honest: ordinary,
    }),
  );
  attack(
    "H2",
    "write an anchor",
    refusedBy("anchor", {
      attempt: asking(["requester: alice", "requester: &a alice"]),
      honest: ordinary,
    }),
  );
  const laughs = Array.from({ length: 9 }, (_, level) => {
    const inner = Array.from({ length: 9 }, () => `*l${level}`).join(", ");
    return `l${level + 1}: &l${level + 1} [${inner}]`;
  });
  attack(
    "H2",
    "write a bomb of aliases",
    refusedBy("alias", {
      attempt: bytes(`l0: &l0 [lol]\n${laughs.join("\n")}\n${text}`),
      honest: bytes(text),
    }),
  );
  const padded = (size: number) => `${text}#${"x".repeat(size - text.length - 2)}\n`;
  attack(
    "H2",
    "write more than 16 KB",
    refusedBy("too-large", {
      attempt: bytes(padded(16 * 1024 + 1)),
      honest: bytes(padded(16 * 1024)),
    }),
  );
  attack(
    "H2",
    "nest without end",
    refusedBy("too-deep", {
      attempt: asking(["PT4H", "[".repeat(5000)]),
      honest: ordinary,
    }),
  );

  for (const [title, code, from, to] of [
    [
      "a second document",
      "document-marker",
      "  - statement logging on\n",
      "  - statement logging on\n---\nkind: AccessRequest\n",
    ],
    [
      "an end of the document",
      "document-marker",
      "  - statement logging on\n",
      "  - statement logging on\n...\n",
    ],
    ["a tag", "tag", "PT4H", "!!str PT4H"],
    ["a tag of one's own", "tag", "PT4H", "!env PT4H"],
    ["a directive", "directive", "apiVersion", "%YAML 1.1\n---\napiVersion"],
    ["octal", "ambiguous-number", "id: CHG-1042", "id: 0o17"],
    ["an old octal", "ambiguous-number", "id: CHG-1042", "id: 017"],
    ["sexagesimal", "wrong-duration", "PT4H", "12:30:00"],
    ["a boolean", "wrong-type", "requester: alice", "requester: true"],
    ["yes as one of the kinds", "wrong-value", "kind: human", "kind: yes"],
    [
      "an instant in local time",
      "wrong-instant",
      "  duration: PT4H",
      "  duration: PT4H\n  activateBy: 2026-11-22T00:00:00+02:00",
    ],
  ] as const) {
    attack(
      "H4",
      `write ${title}`,
      refusedBy(code, {
        attempt: asking([from, to]),
        honest: ordinary,
      }),
    );
  }

  for (const [title, code, from, to] of [
    ["a homoglyph in a name", "wrong-format", "requester: alice", "requester: \u0430lice"],
    ["capitals in a name", "wrong-format", "requester: alice", "requester: Alice"],
    ["a zero-width character in the reason", "forbidden-character", "Fix the", "Fix\u200b the"],
    ["a character that turns the direction", "forbidden-character", "Fix the", "Fix \u202ethe"],
    ["an isolate in a comment", "forbidden-character", "spec:", "spec: # \u2066x"],
    ["it as an escape", "forbidden-character", "reason: Fix", 'reason: "Fix \\u202e" #'],
    ["a letter in two characters", "not-nfc", "Fix the", "Fi\u0301x the"],
    ["a tag character", "forbidden-character", "Fix the", "Fix\u{e0041} the"],
  ] as const) {
    attack(
      "H5",
      `write ${title}`,
      refusedBy(code, {
        attempt: asking([from, to]),
        honest: asking(["Fix the", "Grüße: fix the".replace(": ", " ")]),
      }),
    );
  }
  attack(
    "H5",
    "write bytes that are no UTF-8",
    refusedBy("not-utf8", {
      attempt: bytes(new Uint8Array([...new TextEncoder().encode(text), 0x23, 0xff, 0x0a])),
      honest: bytes(new TextEncoder().encode(`${text}# ü\n`)),
    }),
  );
  attack(
    "H5",
    "write a homoglyph of a team into ROLES",
    refusedBy("wrong-owner", {
      attempt: governing({ path: "governance/ROLES", from: "@acme/risk", to: "@acme/r\u0456sk" }),
      honest: governing({ path: "governance/ROLES", from: "@acme/risk", to: "@ACME/risk" }),
    }),
  );

  for (const [title, code, from, to] of [
    ["a wildcard as entitlement", "wrong-format", "entitlement: readwrite", 'entitlement: "*"'],
    [
      "a list of entitlements",
      "wrong-type",
      "entitlement: readwrite",
      "entitlement: [readonly, readwrite]",
    ],
    ["a wildcard as beneficiary", "wrong-format", "    name: alice", '    name: "*"'],
    ["a list of beneficiaries", "wrong-type", "    name: alice", "    name: [alice, bob]"],
    ["a wildcard as target", "wrong-format", "target: payments-db", 'target: "*"'],
    [
      "an entitlement with a space",
      "wrong-format",
      "entitlement: readwrite",
      'entitlement: "readonly readwrite"',
    ],
  ] as const) {
    attack(
      "H7",
      `ask with ${title}`,
      refusedBy(code, { attempt: asking([from, to]), honest: ordinary }),
    );
  }
  for (const entitlement of ["read", "readwrite2", "payments_readwrite"]) {
    attack(
      "H7",
      `ask for ${entitlement}, which is not in the catalogue`,
      refusedBy("SOD-REQUEST", {
        attempt: deciding({ spec: { entitlement } }),
        honest: deciding({ spec: { entitlement: "readwrite" } }),
      }),
    );
  }

  // An unknown key comes back in the reason of the refusal: it is the way of a stranger's text into a check.
  for (const hostile of [
    "@acme/risk",
    "[approve](https://evil.example)",
    "<img src=x>",
    "| yes | SOD-COUNTS |",
    "# Approved",
    "www.evil.example",
    "GH-1 #12",
  ]) {
    attack("H8", `have the check say ${JSON.stringify(hostile)}`, () => {
      const changed = text.replace("  duration:", `  ${JSON.stringify(hostile)}: x\n  duration:`);
      const snapshot = buildSnapshot({ changes: [added(ordinaryPath, changed)] });
      const decision = decide(snapshot, noon);
      expect(outcomeOf(decision)).toMatchObject({ outcome: "refused" });
      const check = renderCheck(decision, planRequest(snapshot, decision));
      const shown = `${check.summary}\n${check.text}`;
      expect(letters(shown), "it is in there, and harmless").toContain(letters(hostile));
      expect(shown).not.toContain(hostile);
      expect(shown).not.toMatch(/(?<!\\)<|@[a-z]|https?:|www\.|#\d/u);
      return "SOD-REQUEST";
    });
  }
});

function letters(shown: string): string {
  return shown.replace(/[^a-z0-9]/giu, "");
}
