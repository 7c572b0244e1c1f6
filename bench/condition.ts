import { cpus } from "node:os";
import { compileCondition } from "../src/core/conditions/compile-condition.ts";
import type { CompiledCondition } from "../src/core/conditions/compile-condition.ts";
import type { ConditionFacts } from "../src/core/conditions/condition-facts.ts";
import { conditionLimits } from "../src/core/conditions/condition-limits.ts";
import { evaluateCondition } from "../src/core/conditions/evaluate-condition.ts";

const evaluations = 100;

/** Names that are as long as allowed and differ in their last characters alone: slow to compare. */
const names = (count: number, characters: number, letter: string) =>
  Array.from({ length: count }, (_, index) => `${index}`.padStart(characters, letter));

/** The largest facts that the schemas allow, with a reason of 2,000 characters. */
function largestFacts(reason: string): ConditionFacts {
  const name = "a".repeat(95);
  const kind = "service-account";
  const tier = "privileged";
  return {
    request: {
      kind: "BreakGlassRequest",
      name,
      requester: name,
      beneficiary: { kind, name },
      target: "a".repeat(63),
      entitlement: name,
      tier,
      durationSeconds: 2 ** 40,
      hasActivateBy: true,
      activateBy: new Date("2026-11-22T00:00:00Z"),
      reason,
      references: names(20, 100, "a").map((id) => ({ type: "incident", id })),
      compensatingControls: names(20, 200, "a"),
    },
    requester: { name, kind, teams: names(100, 95, "a") },
    beneficiary: { name, kind, person: name, teams: names(100, 95, "b") },
    target: { name: "a".repeat(63), provider: "postgres", owningTeam: name },
    entitlement: { name, tier, includes: names(100, 95, "c") },
    now: new Date("2026-11-21T12:00:00Z"),
  };
}

/** One letter; half of them b; two bytes a letter; four bytes a character. */
const hostileReasons = [
  "a".repeat(2_000),
  Array.from({ length: 2_000 }, (_, index) => "ab"[(index ** 2 % 101) % 2]).join(""),
  `\u0101${"a".repeat(1_999)}`,
  "\u{1F600}".repeat(2_000),
];
const hostileFacts = hostileReasons.map(largestFacts);

/** A condition that grows with a number. The bench takes the largest that compiles. */
type Family = readonly [name: string, grow: (size: number) => string];

const joined = (part: string, size: number, joint: string) =>
  Array.from({ length: size }, () => part).join(joint);
const terms = (before: string, part: string, after: string) => (size: number) =>
  `${before}${joined(part, size, " && ")}${after}`;
const outer = "requester.teams.all(t, ";
const nested = `${outer}beneficiary.teams.all(u, `;
const late = '"2026-01-01T00:00:00Z"';

const families: readonly Family[] = [
  ["nested: team != team", terms(nested, "t != u", "))")],
  ["nested: true", terms(nested, "true", "))")],
  [
    "nested over references: id != team",
    terms(`${outer}request.references.all(r, `, "r.id != t", "))"),
  ],
  [
    "nested over references: instant",
    terms(`${outer}request.references.all(r, `, "now != request.activateBy", "))"),
  ],
  [
    "nested, the outer over a literal list",
    (size) => `[${joined('"b"', size, ", ")}].all(t, beneficiary.teams.all(u, u != t))`,
  ],
  ["nested, a filter inside", terms(outer, "requester.teams.filter(u, u == t).size() == 1", ")")],
  ["nested, a map inside", terms(outer, "!(t in beneficiary.teams.map(u, u))", ")")],
  ["loop: team in the teams", terms(outer, "!(t in beneficiary.teams)", ")")],
  ["loop: team in a literal list", (size) => `${outer}!(t in [${joined('"b"', size, ", ")}]))`],
  ["loop: team != name", terms(outer, "t != requester.name", ")")],
  ["loop: an instant literal", terms(outer, `now > timestamp(${late})`, ")")],
  ["loop: a duration literal", terms(outer, 'now + duration("1h") > now', ")")],
  ["loop: hours", terms(outer, "now.getHours() < 24", ")")],
  ["loop: division by zero, an error each", terms(outer, "1 / 0 == 1", ")")],
  ["loop: a missing key, an error each", terms(outer, '{"b": 1}[t] == 1', ")")],
  [
    "loop: a map literal",
    (size) =>
      `${outer}!(t in {${Array.from({ length: size }, (_, index) => `"${index}": 1`).join(", ")}}))`,
  ],
  ["loop: team contains letters", (size) => `${outer}!t.contains("b${"a".repeat(size)}"))`],
  [
    "loop: control matches",
    (size) => `request.compensatingControls.all(c, !c.matches("a*${"a?".repeat(size)}[c-z]"))`,
  ],
  [
    "loop: reason starts with a control",
    terms("request.compensatingControls.all(c, ", "!request.reason.startsWith(c)", ")"),
  ],
  ["loop: size of a control", terms("request.compensatingControls.all(c, ", "c.size() > 1", ")")],
  ["division by zero, an error each", (size) => `${joined("1 / 0 == 1", size, " && ")} && false`],
  ["arithmetic", (size) => `${joined("9", size, " * ")} > 1`],
  ["comparisons", terms("", "request.reason != requester.name", "")],
  ["size of the reason", terms("", "request.reason.size() > 1", "")],
  ["reason contains, b first", (size) => `!request.reason.contains("b${"a".repeat(size)}")`],
  [
    "reason contains, b in the middle",
    (size) => `!request.reason.contains("${"a".repeat(size)}b${"a".repeat(size)}")`,
  ],
  ["reason contains, often", terms("", '!request.reason.contains("aaab")', "")],
  [
    "reason matches (a|b)*a(a|b)…",
    (size) => `!request.reason.matches("(a|b)*a${"(a|b)".repeat(size)}[c-z]")`,
  ],
  [
    "reason matches a?a?…aa…",
    (size) => `!request.reason.matches("${"a?".repeat(size)}${"a".repeat(size)}[c-z]")`,
  ],
  [
    "reason matches [ab]*[ab]*…",
    (size) => `!request.reason.matches("${"[ab]*".repeat(size)}[c-z]")`,
  ],
  [
    "reason matches (((a*)*)*)…",
    (size) => `!request.reason.matches("${"(".repeat(size)}a${"*)*".repeat(size)}[c-z]")`,
  ],
  ["reason matches (.)*(.)*…", (size) => `!request.reason.matches("${"(.)*".repeat(size)}[c-d]")`],
  [
    "reason matches, case ignored",
    (size) => `!request.reason.matches("(?i)(a|b)*${"[ab]".repeat(size)}[c-d]")`,
  ],
  ["reason matches, often", terms("", '!request.reason.matches("a*[c-z]")', "")],
];

function largest([name, grow]: Family): readonly [name: string, condition: CompiledCondition] {
  for (let size: number = conditionLimits.characters; size > 0; size -= 1) {
    const compiled = compileCondition(grow(size));
    if (compiled.ok) return [`${name}, ×${size}`, compiled.value];
  }
  throw new Error(`Not even the smallest condition compiles: ${grow(1)}`);
}

/** The best of many: noise only ever slows it down. */
function milliseconds(condition: CompiledCondition, facts: ConditionFacts): number {
  const times = Array.from({ length: evaluations }, () => {
    const start = performance.now();
    evaluateCondition(condition, facts);
    return performance.now() - start;
  });
  return Math.min(...times);
}

function measureWorst([name, condition]: readonly [string, CompiledCondition]) {
  const worst = Math.max(...hostileFacts.map((facts) => milliseconds(condition, facts)));
  return { name, worst, steps: condition.steps };
}

const typical = [
  'request.tier == "privileged" && now.getDayOfWeek() in [0, 6]',
  'request.durationSeconds > 14400 && !request.references.exists(r, r.type == "change")',
  'target.name.startsWith("prod-") && requester.kind != "human"',
  'request.reason.matches("^(test|tmp)\\\\b")',
];
const ordinary: ConditionFacts = {
  ...largestFacts("Fix the stuck settlement batch 8841"),
  requester: { name: "alice", kind: "human", teams: ["payments"] },
};

console.log(`${cpus()[0]?.model ?? "unknown CPU"}, node ${process.version}, one core`);
console.log(`\n${"typical conditions".padEnd(86)}${"µs".padStart(8)}`);
for (const text of typical) {
  const compiled = compileCondition(text);
  if (!compiled.ok) throw new Error(compiled.fault.message);
  for (let round = 0; round < 200; round += 1) milliseconds(compiled.value, ordinary);
  const microseconds = milliseconds(compiled.value, ordinary) * 1000;
  console.log(`${text.padEnd(86)}${microseconds.toFixed(1).padStart(8)}`);
}

console.log(
  `\n${"the worst that compile, over the worst facts".padEnd(64)}${"steps".padStart(10)}${"ms".padStart(8)}`,
);
const rows = families.map(largest).map(measureWorst);
for (const { name, steps, worst } of rows.sort((a, b) => b.worst - a.worst)) {
  console.log(`${name.padEnd(64)}${`${steps}`.padStart(10)}${worst.toFixed(2).padStart(8)}`);
}
