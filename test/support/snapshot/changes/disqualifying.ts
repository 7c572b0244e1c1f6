import type { Account } from "../../../../src/core/model/account.ts";
import type { CountedApproval, Decision } from "../../../../src/core/model/decision.ts";
import type { Holding, Snapshot } from "../../../../src/core/model/snapshot.ts";
import type { World } from "../arbitrary-snapshot.ts";
import type { Draw } from "../draw.ts";
import { suspendedStates } from "../governance-states.ts";
import { accountsOf, routeWithout } from "../second-accounts.ts";
import type { WorldChange } from "../tried.ts";
import { withLedger, withPull } from "./change.ts";
import { contribution } from "./contribution.ts";

/** Somebody whose approval counted is found to be none who may give it: then it counts no more. */
export const disqualifying: readonly WorldChange[] = [
  ofApprover("contributed", (world, draw, { person }) =>
    contribution(world.snapshot, draw, draw.one(accountsOf.get(person) ?? [])),
  ),
  ofApprover("was excluded earlier", ({ snapshot }, draw, { person }) => {
    const { denials, excluded } = snapshot.ledger.remembered;
    const accounts = (accountsOf.get(person) ?? []).map(({ id }) => id);
    const name = draw.from([person, "former"]);
    const exclusion = { person: name, accounts, from: "requester", reason: "Earlier." } as const;
    return withLedger(snapshot, { remembered: { denials, excluded: [...excluded, exclusion] } });
  }),
  ofApprover("held no role when it was opened", ({ snapshot, scene }, _, { person }, before) => {
    const { fingerprint, pull } = before;
    if (fingerprint === null || scene.kind !== "request") return null;
    const route = routeWithout(before.route, person);
    const opening = { pull, at: snapshot.pull.createdAt, fingerprint, route };
    return withLedger(snapshot, { openings: [opening] });
  }),
  ofApprover("has left the team on the forge", ({ snapshot }, _, { person }) => ({
    ...snapshot,
    teams: snapshot.teams.map(({ slug, members }) => ({
      slug,
      members: (members ?? []).filter((one) => !isOf(person, one)),
    })),
  })),
  ofApprover("is suspended", ({ snapshot }, _, { person }) => {
    const files = suspendedStates.get(person);
    return files === undefined
      ? null
      : { ...snapshot, governance: { ...snapshot.governance, files } };
  }),
  ofApprover("holds the access already", ({ snapshot, scene }, draw, { person }, before) => {
    if (scene.kind !== "request" || before.fingerprint === null) return null;
    const { target, entitlement } = before.fingerprint;
    const holding: Holding = {
      person,
      holder: person,
      target,
      // What contains it is as good.
      entitlement: target === "payments-db" ? "readwrite" : draw.from(["readonly", entitlement]),
      as: draw.from(["grant", "target"]),
      request: "earlier",
      pull: 3,
    };
    return withLedger(snapshot, { holdings: [...snapshot.ledger.holdings, holding] });
  }),
  ofApprover("was joined by a voiding event in the same second", ({ snapshot }, draw, counted) => {
    const kinds = ["force-pushed", "base-changed", "drafted", "ready", "reopened"] as const;
    const event = { kind: draw.from(kinds), at: counted.submittedAt, actor: null, heads: null };
    return withPull(snapshot, { events: [...snapshot.pull.events, event] });
  }),
  ofApprover("was not observed to see this", ({ snapshot }, draw, { review }) => {
    const other = draw.one<Partial<Snapshot["ledger"]["observations"][number]>>([
      { contentDigest: `sha256:${"1".repeat(64)}` },
      { baseRef: "develop" },
      { commit: "4".repeat(40) },
      { reviewer: 4 },
      { review: 4 },
    ]);
    return withLedger(snapshot, {
      observations: snapshot.ledger.observations.map((one) =>
        one.review === review ? { ...one, ...other } : one,
      ),
    });
  }),
  ofApprover("changed their mind", ({ snapshot }, draw, { person }) => {
    const states = ["CHANGES_REQUESTED", "DISMISSED", "APPROVED"] as const;
    const state = draw.from(states);
    const dismissal = { at: "2026-11-21T11:30:00Z", by: null, was: "APPROVED" } as const;
    const review = {
      id: 999,
      author: draw.one(accountsOf.get(person) ?? []),
      state,
      submittedAt: "2026-11-21T11:30:00Z",
      commit: snapshot.pull.headOid,
      dismissal: state === "DISMISSED" ? dismissal : null,
    };
    // Their new approval was not observed: the old one is not their last word.
    return withPull(snapshot, { reviews: [...snapshot.pull.reviews, review] });
  }),
  ofApprover("is only taken for somebody", ({ snapshot }, draw, { person }) => {
    const type = draw.from(["Bot", "Mannequin", "Organization", "EnterpriseUserAccount"]);
    const reviews = snapshot.pull.reviews.map((one) => {
      if (one.author === null || !isOf(person, one.author)) return one;
      const other = [{ ...one.author, type }, { ...one.author, id: 5 }, null];
      return { ...one, author: draw.one(other) };
    });
    return withPull(snapshot, { reviews });
  }),
];

type Disqualify = (
  world: World,
  draw: Draw,
  counted: CountedApproval,
  before: Decision,
) => Snapshot | null;

/** Of one of those whose approval counted; nothing happens where there is none or it cannot happen. */
function ofApprover(name: string, disqualify: Disqualify): WorldChange {
  return {
    name: `an approver ${name}`,
    apply: (world, draw, before) => {
      const counted = draw.one(before.approvals);
      const snapshot = counted === null ? null : disqualify(world, draw, counted, before);
      if (counted === null || snapshot === null) return world;
      return { ...world, snapshot, without: counted.person };
    },
  };
}

function isOf(person: string, { id }: Account): boolean {
  return accountsOf.get(person)?.some((one) => one.id === id) === true;
}
