import { describe, expect, it, test } from "vitest";
import { decide } from "../../../../src/core/decide/decide.ts";
import { providerFacts, providerNames } from "../../../../src/core/model/providers.ts";
import type { ProviderFacts } from "../../../../src/core/model/providers.ts";
import { planRequest } from "../../../../src/core/plan/request-plan.ts";
import type { GrantPlan } from "../../../../src/core/plan/request-plan.ts";
import { planSentences, providerWords } from "../../../../src/core/render/plan-sentences.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";

const snapshot = buildSnapshot({});
const ordinary = planRequest(snapshot, decide(snapshot, noon));
if (ordinary?.kind !== "grant") throw new Error("the ordinary request asks for a grant");
const ordinaryPlan: GrantPlan = ordinary;

function said(change: Partial<GrantPlan>): string {
  return planSentences({ ...ordinaryPlan, ...change }).join("\n");
}

function of(facts: Partial<ProviderFacts>): string {
  return said({ provider: { ...providerFacts.postgres, title: "X", ...facts } });
}

describe("the end of access", () => {
  test.each([
    ["none", "X does not end it by itself, so it stays for as long as the executor cannot"],
    ["exact", "X ends it by itself too, at the same time."],
    ["upper-bound", "X ends it by itself too, but maybe only some time later."],
  ] as const)("says that the system's own is %s", (nativeExpiry, words) => {
    expect(of({ nativeExpiry })).toContain(words);
  });

  it("has a latest time, and an incident that comes first", () => {
    const { request } = ordinaryPlan;
    const text = said({
      request: { ...request, incident: "acme/access#12" },
      latestEnd: "2026-11-22T13:00:00.000Z",
    });
    expect(text).toMatch(
      /takes it out at its end, at the latest at 2026-11-22T13:00:00\.000Z, or before that when acme\/access#12 is closed;/u,
    );
  });
});

describe("open sessions", () => {
  test.each([
    ["yes", 0, "The revoke ends open sessions; they can outlive it by 0 s."],
    ["yes", 90, "The revoke ends open sessions; they can outlive it by up to 1 min 30 s."],
    ["no", 0, "X asks for the access at each request, so nothing outlives the revoke."],
    ["no", 43_200, "The revoke ends no open session; they can outlive it by up to 12 h."],
    ["yes", null, "but nobody can say how long one goes on that it does not reach."],
    [
      "no",
      null,
      "The revoke ends no open session, and nobody can say how long an open session goes on: nothing ends it.",
    ],
  ] as const)("ended: %s, going on for %s s", (endsSessions, residualSeconds, words) => {
    expect(of({ endsSessions, residualSeconds })).toContain(words);
  });
});

it("has words for every kind of system, and says of an unknown one that nothing is known", () => {
  for (const name of providerNames) {
    const provider = providerFacts[name];
    const text = said({ provider });
    expect(text).toContain(provider.title);
    expect(text.includes("nobody can say")).toBe(provider.residualSeconds === null);
    expect(text).not.toContain("not known");
  }
  const unknown = { ...ordinaryPlan, provider: null };
  expect(
    planSentences(unknown)
      .join("\n")
      .match(/postgres\b.*not known/gu),
  ).toHaveLength(2);
  expect(providerWords(unknown)).toEqual({ title: "postgres", permission: "" });
});

describe("what keeps the access", () => {
  const sharing = ["a", "b", "c", "d"].map((request) => ({ request, as: "grant" as const }));

  it("is another grant of it, in effect or approved, each by its name", () => {
    const both = [
      { request: "a", as: "grant" },
      { request: "b", as: "approved" },
    ] as const;
    expect(said({ sharing: both, atEnd: "still-needed" })).toContain(
      "The same access is given by a (in effect), b (approved): the end of this one leaves it",
    );
    expect(said({ sharing, atEnd: "still-needed" })).toContain("c (in effect) and 1 more: ");
  });

  it("is what was there before", () => {
    expect(said({ atEnd: "pre-existing" })).toMatch(/no grant of it: .* stays after its end/u);
  });

  it("is for an extension what it extends: there is no gap", () => {
    const text = said({ extends: "running", atEnd: "still-needed" });
    expect(text).toContain("It extends running, without a gap if it begins before that ends");
    expect(text).not.toContain("The same access");
  });

  it("never takes more than four sentences", () => {
    const most = { ...ordinaryPlan, extends: "x", sharing, atEnd: "still-needed" } as const;
    expect(planSentences(most)).toHaveLength(4);
    expect(planSentences(ordinaryPlan)).toHaveLength(2);
  });
});
