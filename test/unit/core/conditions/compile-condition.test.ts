import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileCondition } from "../../../../src/core/conditions/compile-condition.ts";
import { conditionLimits } from "../../../../src/core/conditions/condition-limits.ts";
import { anyText } from "../../../support/conditions/any-text.ts";

const fault = (text: string) => {
  const compiled = compileCondition(text);
  return compiled.ok ? null : compiled.fault;
};
/** What the fault is about: the text from its place on. */
const place = (text: string) => text.slice(fault(text)?.offset);

describe("compileCondition permits", () => {
  test.each([
    "true",
    'request.tier == "privileged" && now.getDayOfWeek() in [0, 6]',
    "now.getHours() < 8 || now.getHours() >= 18",
    'request.kind == "AccessRequest" && request.durationSeconds > 4 * 3600',
    'request.hasActivateBy && request.activateBy - now < duration("1h30m")',
    'now < timestamp("2026-12-24T00:00:00Z") + duration("36h")',
    'request.beneficiary.kind == "agent" && beneficiary.person == requester.name',
    'target.provider == "postgres" && target.owningTeam in requester.teams',
    "requester.teams.exists(t, t in beneficiary.teams)",
    "requester.teams.exists(t, beneficiary.teams.exists(u, t == u))",
    '!request.references.exists(r, r.type == "change" && r.id.startsWith("CHG-"))',
    'size(request.references.filter(r, r.type == "change")) < 2',
    'request.references.filter(r, r.type == "change").all(r, r.id.endsWith("1"))',
    "request.references.map(r, r.id).exists_one(id, id.size() > 5)",
    'request.references.map(r, r.type == "change", r.id.size()).all(n, n > 3)',
    'request.compensatingControls.size() == 0 ? request.tier != "low-risk" : false',
    '"read" in entitlement.includes || entitlement.tier != request.tier',
    'request.reason.matches("(?i)^(test|tmp)\\\\b") || request.reason.contains("störung")',
    'request.durationSeconds > {"low-risk": 86400, "privileged": 3600}[request.tier]',
    'request.target in {"payments-db": true, "ledger-db": true}',
    '(request.tier == "privileged" ? request.target : request.entitlement) == "x"',
    "-request.durationSeconds < -9223372036854775807",
    "now.getFullYear() + now.getMonth() + now.getDate() + now.getDayOfMonth() > 0",
    "now.getMinutes() % 2 == 0 && now.getSeconds() / 2 == 0 && now.getMilliseconds() != 1",
    "// a comment\nrequest.reason == '''x'''",
  ])("%s", (text) => {
    expect(fault(text)).toBeNull();
  });
});

describe("compileCondition names what was most likely meant", () => {
  test.each([
    ['reqest.tier == "x"', "reqest", "Write `request`."],
    ["now > noww", "noww", "Write `now`."],
    ['request.tear == "x"', "tear", "Write `tier`."],
    ['request.beneficiary.nam == "x"', "nam", "Write `name`."],
    ['request.references.exists(r, r.tpye == "x")', "tpye", "Write `type`."],
    ['requester.teams.exists(team, taem == "x")', "taem", "Write `team`."],
    ["siez(requester.teams) > 1", "siez", "Write `size`."],
    ["now.getHour() > 1", "now.", "Write `getHours`."],
    [
      'context.tier == "x"',
      "context",
      "Use one of request, requester, beneficiary, target, entitlement, now.",
    ],
    ['target.environment == "x"', "environment", "Use one of name, provider, owningTeam."],
    [
      "has(request.activateBy)",
      "has",
      "Every field is always there; write `request.hasActivateBy` to ask for an instant.",
    ],
    [
      'request.reason.lowerAscii() == "x"',
      "request.reason.l",
      'Write `matches("(?i)…")`, which ignores case.',
    ],
  ])("%s", (text, where, fix) => {
    expect(fault(text)?.fix).toBe(fix);
    expect(place(text).startsWith(where)).toBe(true);
  });

  test("an element is known in its comprehension alone", () => {
    expect(place('requester.teams.exists(t, true) && t == "x"')).toBe('t == "x"');
  });
});

describe("compileCondition refuses, and says where,", () => {
  const other = "takes other arguments";
  const unknown = "There is no function";
  const noInstant = "This is no instant.";
  const noDuration = "This is no duration.";
  const noList = "A list is of single values, and not empty.";
  const noMap = "A map is from texts to single values.";
  const noUse = "This kind of value has no use here.";
  const noComparison = "Lists and records cannot be compared.";
  const noMembership = "`in` looks for a single value in a list of them.";
  const noLookup = "Only a map literal can be looked up in with `[ ]`.";
  const isForNumbers = "is for numbers and times only";

  test.each([
    // Not CEL.
    ["", "", "Unexpected token: EOF."],
    ["request.tier ==", "", "Unexpected token: EOF."],
    ["request.tier = 'x'", "= 'x'", "Unexpected character: =."],
    ["request.tier == 'x", "'x", "Unterminated string."],
    ["requester.teams.all(1, true)", "1, true", "invalid predicate iteration variable"],
    ["request.?tier == 'x'", "?tier", "Expected IDENTIFIER"],
    // Types that do not fit.
    ["request.tier == 1", "request.tier == 1", "no such overload: string == int."],
    ["now > 1", "now > 1", "no such overload"],
    ["true && 1", "true && 1", "Logical operator requires bool operands"],
    ["now.startsWith('x')", "now.s", "found no matching overload"],
    ["size(now) > 1", "size(now)", "found no matching overload"],
    ["now.matches('x')", "now.m", "`matches` needs a text"],
    ["requester.teams.all(t, t)", "t)", "predicate must return bool"],
    ["(true ? 1 : 'x') == 1", "true ? 1", "Ternary branches must have the same type"],
    ["['x', 1] == 1", "['x'", noComparison],
    ["1 in ['x', 1]", "1]", "List elements must have the same type"],
    ["{'a': 1, 'b': 'x'}[request.tier] == 1", "'x'}", "Map value uses wrong type"],
    // Not a truth.
    ["request.tier", "request.tier", "The condition yields string, it must yield true or false."],
    ["requester.teams", "requester.teams", "The condition yields list<string>"],
    ["request", "request", "The condition yields Request"],
    // Values that nothing can be compared with, or that compare in surprising ways.
    ["1.5 > 1", "1.5", noUse],
    ["0.0 / 0.0 == 1.0", "0.0 /", noUse],
    ["1u == 1u", "1u =", noUse],
    ["null == null", "null =", noUse],
    ["b'x' == b'x'", "b'x' =", noUse],
    ["9223372036854775808 > 1", "9223372036854775808", noUse],
    // What grows, or what can fail without need.
    ["request.reason + 'x' == 'y'", "request.reason +", isForNumbers],
    ["'x' in requester.teams + ['y']", "requester.teams +", isForNumbers],
    ["request.tier * 2 == 1", "request.tier *", isForNumbers],
    ["request.references[0].type == 'x'", "request.references[", noLookup],
    ["request['tier'] == 'x'", "request[", noLookup],
    ["requester.teams == beneficiary.teams", "requester.teams ==", noComparison],
    ["request == request", "request ==", noComparison],
    ["request.references != request.references", "request.references !=", noComparison],
    ["requester.name < requester", "requester.name <", noComparison],
    ["request.references[0] in request.references", "request.references[", noLookup],
    ["requester in request.references", "requester in", noMembership],
    ["requester.name in request.references", "requester.name in", noMembership],
    ["requester.name in requester.name", "requester.name in", noMembership],
    ["requester in {'x': 1}", "requester in", noMembership],
    ["(true ? requester : beneficiary).name == 'x'", "true", "chooses between single values"],
    ["requester.name.first == 'x'", "first", "This has no field `first`."],
    ["requester.teams.name == 'x'", "name", "This has no field `name`."],
    // Lists and maps.
    ["'x' in []", "[]", noList],
    ["[['x']].exists(l, 'x' in l)", "[['x']]", noList],
    ["[requester].exists(r, true)", "[requester]", noList],
    ["request.tier in {}", "{}", noMap],
    ["{1: 1}[1] == 1", "{1: 1}", noMap],
    ["{request.tier: 1}['x'] == 1", "{request", noMap],
    ["{'a': 1, 'a': 2}['a'] == 1", "{'a'", noMap],
    ["{'a': ['x']}['a'] == 1", "{'a'", noMap],
    ["'x' in {'constructor': 1}", "{'c", noMap],
    ["'x' in {'__proto__': 1}", "{'_", noMap],
    ["'x' in {'prototype': 1}", "{'p", noMap],
    // Comprehensions.
    ["requester.teams.all(t)", "requester.teams.all", "takes a name for the element"],
    ["requester.teams.map(t, true, t, t)", "t)", "It has more than"],
    ["requester.teams.exists(t, true, true)", "requester.teams.e", "takes a name for the element"],
    ["requester.name.all(c, true)", "name.all", "goes over a list, and this is none"],
    ["{'a': 1}.all(k, true)", "{'a'", "goes over a list, and this is none"],
    ["requester.all(f, true)", "requester", "goes over a list, and this is none"],
    ["requester.teams.all(now, true)", "now, true", "`now` would mean two things."],
    [
      "requester.teams.all(t, requester.teams.all(t, true))",
      "t, true",
      "`t` would mean two things.",
    ],
    [
      "requester.teams.map(t, requester.teams).exists(l, true)",
      "requester.teams.map",
      "`map` makes a list of single values.",
    ],
    [
      "request.references.map(r, r).exists(r, true)",
      "request.references.map",
      "`map` makes a list of single values.",
    ],
    ["requester.teams.all(t, requester.team)", "team)", "There is no field `team` here."],
    [
      "requester.teams.all(requester.team, true)",
      "team, true",
      "invalid predicate iteration variable",
    ],
    ["reqester.teams.all(t, true)", "reqester", "There is no variable `reqester`."],
    // Functions.
    ["request.reason.split(',').size() > 1", "request.reason.s", unknown],
    ["requester.teams.join() == 'x'", "requester.teams.j", unknown],
    ["request.reason.substring(1) == 'x'", "request.reason.s", unknown],
    ["request.reason.indexOf('x') == 1", "request.reason.i", unknown],
    ["request.reason.trim() == 'x'", "request.reason.t", unknown],
    ["string(1) == 'x'", "string(", unknown],
    ["int('1') == 1", "int(", unknown],
    ["dyn(1) == 1", "dyn(", unknown],
    ["type(1) == type(2)", "type(", unknown],
    ["bytes('x') == bytes('y')", "bytes(", unknown],
    ["startsWith(request.reason, 'x')", "startsWith(", unknown],
    ["request.reason.timestamp('x') == now", "request.reason.t", unknown],
    ["cel.bind(x, request.reason, x == x)", "cel.", "There is no variable `cel`."],
    ["optional.of(1).hasValue()", "optional.", "There is no variable `optional`."],
    [
      "google.protobuf.Timestamp == google.protobuf.Timestamp",
      "google.",
      "There is no variable `google`.",
    ],
    ["now.getDayOfYear() == 1", "now.", unknown],
    ["now.getHours('Europe/Berlin') == 1", "now.", other],
    ["size(requester.teams, requester.teams) == 1", "size(", other],
    ["size() == 1", "size(", other],
    ["request.reason.size('x') == 1", "request.reason.s", other],
    ["request.reason.contains('x', 'y')", "request.reason.c", other],
    // Instants and durations.
    ["timestamp('2026-11-21T12:00:00') < now", "timestamp(", noInstant],
    ["timestamp('2026-11-21T12:00:00.0') < now", "timestamp(", noInstant],
    ["timestamp('November 21 2026 10:00') < now", "timestamp(", noInstant],
    ["timestamp('2026-11-21T12:00:00+01:00') < now", "timestamp(", noInstant],
    ["timestamp('0000-11-21T12:00:00Z') < now", "timestamp(", noInstant],
    ["timestamp(request.reason) < now", "timestamp(", noInstant],
    ["timestamp(1) < now", "timestamp(", noInstant],
    ["now < now + duration('')", "duration(", noDuration],
    ["now < now + duration('1d')", "duration(", noDuration],
    ["now < now + duration('-1h')", "duration(", noDuration],
    ["now < now + duration('1.5h')", "duration(", noDuration],
    ["now < now + duration('1000000h')", "duration(", noDuration],
    ["now < now + duration(request.reason)", "duration(", noDuration],
    // Patterns, in every spelling.
    ["request.reason.matches(request.tier)", "tier)", "The pattern is not a text in quotes."],
    ["request.reason.matches('a' + 'b')", "'a' +", isForNumbers],
    [
      "['(a+)+$'].exists(p, request.reason.matches(p))",
      "p))",
      "The pattern is not a text in quotes.",
    ],
    ["request.reason.matches(true ? 'a' : 'b')", "true", "The pattern is not a text in quotes."],
    ["request.reason.matches('(')", "'('", "The pattern is no RE2 pattern"],
    ["request.reason.matches('(a)\\\\1')", "'(a)", "The pattern is no RE2 pattern"],
    ["matches(request.reason, 'x')", "matches(", unknown],
    ["request.reason.matches()", "request.reason.m", other],
    ["request.reason.matches('x', 'y')", "request.reason.m", other],
    ["dyn(request.reason).matches('(a+)+$')", "dyn(", unknown],
  ])("%j", (text, where, message) => {
    expect(fault(text)?.message).toContain(message);
    expect(place(text).startsWith(where)).toBe(true);
    expect(fault(text)?.fix).toMatch(/^[A-Z].*\.$/);
  });

  test("what it is given that is not even text", () => {
    expect(fault(7 as unknown as string)).toMatchObject({ offset: 0 });
  });
});

describe("compileCondition bounds", () => {
  const many = (part: string, count: number, joint: string) =>
    Array.from({ length: count }, () => part).join(joint);
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, index) => `"${index}": 1`).join(", ");
  const tooLarge = "It has more than 250 parts, 12 in one another or 50 in a list.";
  const tooManySteps = /^The condition may take \d+ steps, and 60000 are allowed\.$/;

  test.each([
    ["the length of the text", `true //${"x".repeat(993)}`, `true //${"x".repeat(994)}`],
    ["its parts", `!${many("true", 125, " || ")}`, `!!${many("true", 125, " || ")}`],
    ["parentheses in one another", "(((((((((((true)))))))))))", "((((((((((((true))))))))))))"],
  ])("%s", (_, most, more) => {
    expect(fault(most)).toBeNull();
    expect(fault(more)?.message).toMatch(
      /^The condition is longer than 1000 characters\.$|^It has more/,
    );
  });

  test.each([
    ["items of a list", (size: number) => `"x" in [${many('"y"', size, ", ")}]`, 50, tooLarge],
    ["entries of a map", (size: number) => `"x" in {${numbered(size)}}`, 50, tooLarge],
    ["a pattern's length", (size: number) => `"x".matches("${"a".repeat(size)}")`, 100, "longer"],
    ["a pattern's repetitions", (size: number) => `"".matches("[{${size}}]")`, 285, "multiply"],
    [
      "steps of a pattern",
      (size: number) => `request.reason.matches("${"a?".repeat(size)}b")`,
      19,
      tooManySteps,
    ],
    [
      "steps of a search",
      (size: number) => `request.reason.contains("${"a".repeat(size)}")`,
      595,
      tooManySteps,
    ],
    [
      "steps of sizes",
      (size: number) =>
        `request.references.all(r, ${many("request.reason.size() > 1", size, " && ")})`,
      2,
      tooManySteps,
    ],
  ])("%s", (_, text, most, message) => {
    expect(fault(text(most))).toBeNull();
    expect(fault(text(most + 1))?.message).toMatch(message);
  });

  test("comprehensions in one another, but not one after the other", () => {
    const inside = 'request.references.all(r, ["x"].exists(x, x == r.id))';
    expect(fault(inside)).toBeNull();
    const three = `["y"].all(y, ${inside})`;
    expect(fault(three)?.message).toBe("`exists` stands inside two others.");
    expect(place(three).startsWith('["x"].exists')).toBe(true);
    expect(fault('["x"].map(x, x).filter(x, true).map(x, x).exists(x, x == "y")')).toBeNull();
    expect(fault('["y"].all(y, ["x"].filter(x, true).all(x, true))')).toBeNull();
  });

  test.each([
    [
      "two lists of teams",
      "requester.teams.all(t, beneficiary.teams.all(u, u != t))",
      "u != t && u != t",
    ],
    ["errors", "requester.teams.all(t, 1 / 0 == 1)", "1 / 0 == 1 / 0"],
  ])("the work of %s", (_, text, more) => {
    expect(fault(text)).toBeNull();
    const above = text.replace(/u != t|1 \/ 0 == 1/, more);
    expect(fault(above)?.message).toMatch(tooManySteps);
    expect(fault(above)?.offset).toBe(0);
  });

  test("tells how much work a condition is", () => {
    const compiled = compileCondition("request.reason.size() > 1");
    expect(compiled).toMatchObject({
      ok: true,
      value: { text: "request.reason.size() > 1", steps: 1_008 },
    });
    expect(conditionLimits.steps).toBeGreaterThan(1_010);
  });
});

test("compileCondition never throws, whatever the text", () => {
  const cel = `request reason references requester.teams now . ( ) [ ] { } , all exists map filter matches size
    r t : ? == ! - && || "a" '(a+)+$' 1 0 1.5 u in + / % < r' """ \\ timestamp`;
  const words = fc.constantFrom(...cel.split(/\s+/));
  const celish = fc.array(fc.oneof({ weight: 9, arbitrary: words }, fc.string()), {
    maxLength: 40,
  });
  const texts = fc.oneof(
    anyText(300),
    celish.map((parts) => parts.join("")),
    celish.map((parts) => parts.join(" ")),
    fc.tuple(words, fc.nat(300)).map(([word, count]) => word.repeat(count)),
  );
  const isBounded = (text: string) => {
    const compiled = compileCondition(text);
    if (compiled.ok) return compiled.value.steps <= conditionLimits.steps;
    return compiled.fault.offset <= text.length;
  };
  fc.assert(fc.property(texts, isBounded), { numRuns: 500 });
});
