import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileCondition } from "../../../../src/core/conditions/compile-condition.ts";
import type { CompiledCondition } from "../../../../src/core/conditions/compile-condition.ts";
import type { ConditionFacts } from "../../../../src/core/conditions/condition-facts.ts";
import { evaluateCondition } from "../../../../src/core/conditions/evaluate-condition.ts";
import { anyText } from "../../../support/conditions/any-text.ts";
import { conditionFacts } from "../../../support/conditions/condition-facts.ts";
import type { GivenFacts } from "../../../support/conditions/condition-facts.ts";

function compile(text: string): CompiledCondition {
  const compiled = compileCondition(text);
  if (!compiled.ok) throw new Error(compiled.fault.message);
  return compiled.value;
}

const outcome = (text: string, given: GivenFacts = {}) =>
  evaluateCondition(compile(text), conditionFacts(given)).outcome;

const sunday = { now: new Date("2026-11-22T00:00:00Z") };
const monday = { now: new Date("2026-11-23T00:00:00Z") };
const friday = { now: new Date("2026-11-20T23:59:59.999Z") };

describe("evaluateCondition", () => {
  const weekend = 'request.tier == "privileged" && now.getDayOfWeek() in [0, 6]';
  const isChange = 'request.references.exists(r, r.type == "change" && r.id.startsWith("CHG-"))';
  const soon = 'request.hasActivateBy && request.activateBy - now < duration("8h15m")';
  const limits = 'request.durationSeconds > {"standard": 86400, "privileged": 3600}[request.tier]';
  const urgent = 'request.reason.matches("(?i)^urgent\\\\b")';
  const shared = "requester.teams.exists(t, t in beneficiary.teams)";

  test.each<readonly [text: string, given: GivenFacts, outcome: string]>([
    [weekend, {}, "holds"],
    [weekend, sunday, "holds"],
    [weekend, friday, "does-not-hold"],
    [weekend, monday, "does-not-hold"],
    [weekend, { request: { tier: "standard" } }, "does-not-hold"],
    ["now.getHours() == 23 && now.getMinutes() == 59", friday, "holds"],
    ["now.getSeconds() == 30 && now.getMilliseconds() == 500", {}, "holds"],
    ["now.getFullYear() == 2026 && now.getMonth() == 10", {}, "holds"],
    ["now.getDate() == 21 && now.getDayOfMonth() == 20", {}, "holds"],
    ['now < timestamp("2026-11-21T15:45:31Z")', {}, "holds"],
    ['now == timestamp("2026-11-21T15:45:30.500Z")', {}, "holds"],
    ['now in [timestamp("2026-11-21T15:45:30.500Z")]', {}, "holds"],
    [soon, {}, "holds"],
    [soon, { request: { activateBy: new Date("2026-11-22T00:01:00Z") } }, "does-not-hold"],
    [soon, { request: { hasActivateBy: false, activateBy: new Date(0) } }, "does-not-hold"],
    [isChange, {}, "holds"],
    [isChange, { request: { references: [{ type: "change", id: "X-1" }] } }, "does-not-hold"],
    [isChange, { request: { references: [] } }, "does-not-hold"],
    ['request.references.all(r, r.type != "incident")', {}, "holds"],
    ['request.references.exists_one(r, r.id == "#204")', {}, "holds"],
    ['request.references.map(r, r.type == "ticket", r.id).all(i, i == "#204")', {}, "holds"],
    ['size(request.references.filter(r, r.type == "change")) == 1', {}, "holds"],
    ["request.compensatingControls.size() < 2", {}, "holds"],
    [limits, {}, "holds"],
    [limits, { request: { durationSeconds: 3_600 } }, "does-not-hold"],
    [limits, { request: { tier: "standard" } }, "does-not-hold"],
    [limits, { request: { tier: "low-risk" } }, "error"],
    [urgent, { request: { reason: "URGENT: the batch is stuck" } }, "holds"],
    [urgent, { request: { reason: "not urgent" } }, "does-not-hold"],
    [urgent, { request: { reason: "urgently" } }, "does-not-hold"],
    ['request.reason.contains("8841")', {}, "holds"],
    ["request.reason.size() == 1", { request: { reason: "\u{1F600}" } }, "holds"],
    ['requester.kind != "human" || beneficiary.person != requester.name', {}, "does-not-hold"],
    ['beneficiary.kind == "agent"', { beneficiary: { kind: "agent" } }, "holds"],
    ["request.beneficiary.name == beneficiary.name", {}, "holds"],
    [shared, {}, "holds"],
    [shared, { beneficiary: { teams: ["risk"] } }, "does-not-hold"],
    ["target.owningTeam in requester.teams", {}, "does-not-hold"],
    ["target.owningTeam in requester.teams", { requester: { teams: ["database"] } }, "holds"],
    ['target.name.endsWith("-db") && target.provider == "postgres"', {}, "holds"],
    ['"read" in entitlement.includes && entitlement.name != "read"', {}, "holds"],
    ['(entitlement.tier == "privileged" ? 1 : 2) == 1', {}, "holds"],
    ['request.target in {"payments-db": true}', {}, "holds"],
    ['request.target in {"toString": true}', { request: { target: "toString" } }, "holds"],
    ['request.target in {"a": true}', { request: { target: "toString" } }, "does-not-hold"],
    ["-request.durationSeconds == -14400", {}, "holds"],
    ['request.kind == "AccessRequest" && request.name.startsWith("2026-")', {}, "holds"],
    ['request.requester == "alice" && request.entitlement == "readwrite"', {}, "holds"],
  ])("%s, given %j: %s", (text, given, wanted) => {
    expect(outcome(text, given)).toBe(wanted);
  });

  const missing = "What is looked up is not there.";
  test.each([
    ["1 / (request.durationSeconds - 14400) == 1", "It divides by zero."],
    ["1 % (request.durationSeconds - 14400) == 1", "It divides by zero."],
    ["9223372036854775807 + request.durationSeconds > 1", "A number becomes too large."],
    ['{"a": 1}[request.reason] == 1', missing],
    ['requester.teams.all(t, {"a": 1}[t] == 1)', missing],
    ["1 / 0 == 1 && true", "It divides by zero."],
    ["1 / 0 == 1 || false", "It divides by zero."],
  ])("%s is an error and repeats no fact", (text, reason) => {
    expect(evaluateCondition(compile(text), conditionFacts())).toEqual({
      outcome: "error",
      reason,
    });
  });

  test("what does not depend on an error is said", () => {
    expect(outcome("1 / 0 == 1 || true")).toBe("holds");
    expect(outcome("1 / 0 == 1 && false")).toBe("does-not-hold");
  });

  const noInstant = "An instant is none.";
  const wrongType = "A fact is not of its type.";
  test.each<readonly [what: string, given: unknown, reason: string]>([
    ["no instant of the decision", { now: new Date(Number.NaN) }, noInstant],
    ["no instant to activate by", { request: { activateBy: new Date(Number.NaN) } }, noInstant],
    ["half a second", { request: { durationSeconds: 0.5 } }, wrongType],
    ["a truth in words", { request: { hasActivateBy: "yes" } }, wrongType],
    ["a list with a number", { requester: { teams: [1] } }, wrongType],
    ["no reason", { request: { reason: undefined } }, missing],
    ["no references", { request: { references: null } }, wrongType],
  ])("facts with %s are an error, whatever is asked", (_, given, reason) => {
    const asked = compile(
      'request.hasActivateBy && requester.teams.all(t, t != "x") && request.reason != "x" && size(request.references) > 0',
    );
    const facts = conditionFacts(given as GivenFacts);
    expect(evaluateCondition(asked, facts)).toEqual({ outcome: "error", reason });
  });

  test("no facts at all are an error", () => {
    const outcome = evaluateCondition(compile("true"), undefined as unknown as ConditionFacts);
    expect(outcome).toEqual({ outcome: "error", reason: wrongType });
  });

  test("a program that says neither true nor false is an error", () => {
    const condition = { ...compile("true"), program: (() => 1n) as never };
    const reason = "It yields neither true nor false.";
    expect(evaluateCondition(condition, conditionFacts())).toEqual({ outcome: "error", reason });
  });

  test("facts may be frozen and without prototype, as the reader of YAML makes them", () => {
    const reference = Object.assign(Object.create(null) as { type: string; id: string }, {
      type: "change",
      id: "CHG-1",
    });
    const references = Object.freeze([Object.freeze(reference)]);
    expect(outcome(isChange, { request: { references } })).toBe("holds");
  });

  test("one evaluation leaves nothing behind for the next", () => {
    const condition = compile(`${isChange} && ${shared}`);
    const without = conditionFacts({ request: { references: [] } });
    const outcomes = [conditionFacts(), without, conditionFacts()].map(
      (facts) => evaluateCondition(condition, facts).outcome,
    );
    expect(outcomes).toEqual(["holds", "does-not-hold", "holds"]);
  });

  test("does not depend on the time zone of the machine", () => {
    const text =
      'now.getHours() == 23 && now.getDayOfWeek() == 5 && now.getDate() == 20 && now > timestamp("2026-11-20T23:59:59Z")';
    const zone = process.env["TZ"];
    process.env["TZ"] = "Pacific/Auckland";
    try {
      expect(new Date(friday.now).getHours()).not.toBe(23);
      expect(outcome(text, friday)).toBe("holds");
    } finally {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    }
  });

  test("never throws, and says the same twice, whatever the facts", () => {
    const conditions = [weekend, isChange, soon, limits, urgent, shared].map(compile);
    const text = anyText(60);
    const texts = fc.array(text, { maxLength: 5 });
    const date = fc.date({ noInvalidDate: false });
    const references = fc.array(fc.record({ type: text, id: text }), { maxLength: 5 });
    const request = fc.record(
      { tier: text, reason: text, durationSeconds: fc.double(), activateBy: date, references },
      { requiredKeys: [] },
    );
    const given = fc.record(
      { request, requester: fc.record({ teams: texts }), now: date },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(given.map(conditionFactsOf), fc.anything()), (facts) => {
        for (const condition of conditions) {
          const first = evaluateCondition(condition, facts as ConditionFacts);
          expect(evaluateCondition(condition, facts as ConditionFacts)).toEqual(first);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function conditionFactsOf(given: unknown): ConditionFacts {
  return conditionFacts(given as GivenFacts);
}
