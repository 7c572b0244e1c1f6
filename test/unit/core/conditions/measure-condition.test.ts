import { parse } from "@marcbachmann/cel-js";
import { describe, expect, test } from "vitest";
import { measureCondition } from "../../../../src/core/conditions/measure-condition.ts";

function steps(text: string): number | null {
  const measured = measureCondition(parse(text).ast);
  return measured.ok ? measured.steps : null;
}

/** The bench shows that a step is some 50 nanoseconds; these are what is counted. */
describe("measureCondition counts the steps of", () => {
  test.each([
    // Values and operators.
    ["true", 1],
    ["request", 1],
    ["request.tier", 4],
    ["!true", 2],
    ["-1", 2],
    ["true || true", 3],
    ["true && true", 3],
    ["true ? 1 : 2", 4],
    ["[1, 2]", 3],
    ["{'x': 1, 'y': 2}", 14],
    // Comparisons: longer texts take longer, instants are slow.
    ["1 == 1", 3],
    ["request.reason == requester.name", 9.475],
    ["request.reason == 'xy'", 6.01],
    ["now == now", 17],
    ["1 in [1, 2]", 8],
    ["now in [now]", 19.5],
    ["request.reason in requester.teams", 206.5],
    ["'x' in {'x': 1}", 13],
    // What can fail.
    ["1 + 1", 502],
    ["now < now + now", 38],
    ["{'x': 1}['x']", 508],
    // Functions, by the length of the texts.
    ["size(requester.teams)", 6],
    ["size(request.reason)", 1_006],
    ["request.reason.size()", 1_006],
    ["request.tier.startsWith(request.reason)", 1_010],
    ["request.reason.endsWith(request.tier)", 30],
    ["request.reason.contains('xy')", 607],
    ["request.reason.contains(requester.name)", 9_910],
    ["request.reason.matches('ab')", 7_625],
    ["request.reason.matches('abcd')", 10_425],
    ["now.getHours()", 9],
    ["timestamp('2026-11-21T00:00:00Z')", 26],
    ["duration('1h')", 41],
    // Comprehensions, by the length of the lists.
    ["requester.teams.all(t, true)", 304],
    ["requester.teams.filter(t, true)", 304],
    ["requester.teams.map(t, t)", 304],
    ["requester.teams.map(t, true, t)", 404],
    ["request.references.all(r, true)", 164],
    ["[1, 2].all(n, n in [1])", 18],
    ["requester.teams.all(t, requester.teams.all(u, true))", 30_604],
    // Values that come out of others are as large as those.
    ["(true ? request.reason : 'x').size()", 1_009],
    ["(true ? 'x' : request.reason).size()", 1_009],
    ["['x', request.reason].all(t, t.size() > 1)", 2_020],
    ["{'x': request.reason, 'y': 'z'}['x'].size()", 1_520],
    ["{'a long key': 'yy'}['x'].size()", 511],
    ["[request.reason].filter(t, true).all(t, t.size() > 1)", 1_015],
    ["requester.teams.map(t, request.reason).all(t, t.size() > 1)", 101_304],
    ["requester.teams.map(t, t.size()).all(n, n > 1)", 5_754],
  ])("%s", (text, wanted) => {
    expect(steps(text)).toBeCloseTo(wanted);
  });
});
