import { entriesOf } from "../../../src/core/attest/ledger-view.ts";
import { identify } from "../../../src/core/evaluate/people.ts";
import type { EntryOf } from "../../../src/core/model/entry.ts";
import { endedBy } from "../../../src/core/plan/voided.ts";
import { indexDecisions } from "../../../src/core/plan/decision-index.ts";
import { requestLives } from "../../../src/core/plan/request-life.ts";
import { openGrants } from "../../../src/core/plan/access-state.ts";
import { account, exampleGovernance } from "../snapshot/cast.ts";
import type { LifeWorld } from "./life-world.ts";

/** Says which promises of docs/governance.md the world has broken, by what the ledgers and the target show. */
export function brokenPromises(world: LifeWorld): readonly string[] {
  return [
    ...mergesAreApproved(world),
    ...endingsAreFinal(world),
    ...commandsAreOnce(world),
    ...powersAreHeld(world),
    ...reroutesAreRare(world),
    ...violationsHaveCause(world),
    ...accessIsGranted(world),
    ...stepsAreAllowed(world),
    ...emergenciesAreRare(world),
    ...reviewsAreOfOthers(world),
    ...violationsAreClearedByOthers(world),
  ];
}

/** Nothing merged by the gate rests on less than two distinct people without a part in it, an emergency on one of the chain. */
function mergesAreApproved(world: LifeWorld): readonly string[] {
  const view = world.view();
  return entriesOf(view, "merge")
    .filter(({ result }) => result.kind === "request")
    .flatMap(({ inputs }) => {
      const entry = entriesOf(view, "decision").find(({ digest }) => digest === inputs.decision);
      const decision = entry?.result.decision;
      if (decision?.verdict !== "approved")
        return [`#${inputs.pull} was merged without an approval.`];
      const people = new Set(decision.approvals.map(({ person }) => person));
      const roles = new Set(decision.approvals.map(({ role }) => role));
      const parts = [...(world.contributors.get(inputs.pull) ?? [])].map(personOf);
      const rerouters = reroutesOf(world).flatMap(({ by }) => by);
      const isEmergency = decision.request?.kind === "BreakGlassRequest";
      const isEnough = isEmergency
        ? roles.has("break-glass") && people.size >= (decision.denials.length > 0 ? 2 : 1)
        : people.size >= 2 && roles.size >= 2;
      const isLifted = decision.denials.every(({ person }) => isEmergency && !people.has(person));
      return [
        ...(isEnough ? [] : [`#${inputs.pull} rests on too few people.`]),
        ...[...parts, ...rerouters, "alice"]
          .filter((person) => people.has(person))
          .map((person) => `${person} had a part in #${inputs.pull} and approved it.`),
        ...(isLifted ? [] : [`#${inputs.pull} was merged under a denial.`]),
      ];
    });
}

/** What was cancelled, withdrawn or expired is not merged afterwards. */
function endingsAreFinal(world: LifeWorld): readonly string[] {
  const view = world.view();
  const merges = entriesOf(view, "merge");
  const over = [
    ...entriesOf(view, "ending").filter(({ result }) => result.cause !== "revoked"),
    ...entriesOf(view, "expired-unapproved"),
  ];
  return over.flatMap(({ seq, inputs }) =>
    merges.some((merge) => merge.seq > seq && merge.inputs.pull === inputs.pull)
      ? [`#${inputs.pull} was merged after it was over.`]
      : [],
  );
}

function commandsAreOnce(world: LifeWorld): readonly string[] {
  const comments = entriesOf(world.view(), "command").map(({ inputs }) => inputs.asked.comment);
  return comments.length === new Set(comments).size ? [] : ["A comment was carried out twice."];
}

/** Who ended what, by ROLES of the example: nobody else may. */
const mayCancel = ["erin", "nora"];
const mayRevoke = [
  "alice",
  "bob",
  "heidi",
  "ivan",
  "carol",
  "judy",
  "grace",
  "mike",
  "quinn",
  "erin",
  "nora",
];

function powersAreHeld(world: LifeWorld): readonly string[] {
  return entriesOf(world.view(), "ending").flatMap(
    ({ inputs: { by, pull }, result: { cause } }) => {
      const person = personOf(by?.login ?? "ghost");
      const parts = [...(world.contributors.get(pull) ?? [])].map(personOf);
      const author = world.scene.world.pulls.get(pull)?.author?.login ?? "";
      const asked = ["alice", personOf(author)];
      const isAllowed =
        cause === "withdrawn"
          ? asked.includes(person)
          : cause === "revoked"
            ? [...asked, ...mayRevoke].includes(person)
            : cause === "incident-closed"
              ? wasClosedBy(world, by?.login ?? "ghost")
              : mayCancel.includes(person) && !parts.includes(person);
      return isAllowed ? [] : [`#${pull} was ${cause} by ${by?.login ?? "ghost"}.`];
    },
  );
}

function wasClosedBy(world: LifeWorld, login: string): boolean {
  const closings = [...world.scene.tracker.incidents.values()].flatMap((one) => one.closings);
  return closings.some(({ by }) => by?.login === login);
}

/**
 * Alice asks for everything here: no emergency after three that began within thirty days (what was approved and never began
 * gave nothing), and none while a review is overdue.
 */
function emergenciesAreRare(world: LifeWorld): readonly string[] {
  const view = world.view();
  const emergencies = entriesOf(view, "merge").filter(({ inputs }) => {
    const entry = entriesOf(view, "decision").find(({ digest }) => digest === inputs.decision);
    return entry?.result.decision.request?.kind === "BreakGlassRequest";
  });
  const given = entriesOf(view, "command").filter(({ result }) => result.effect?.kind === "review");
  const began = new Set(entriesOf(view, "grant-intent").map(({ inputs }) => inputs.merge));
  return emergencies.flatMap(({ at, inputs: { pull } }, index) => {
    const begun = emergencies.slice(0, index).filter((one) => began.has(one.digest));
    const fourth = Date.parse(begun.at(-3)?.at ?? "1970-01-01T00:00:00Z");
    const overdue = entriesOf(view, "review-opened").some(
      ({ inputs, result }) =>
        result.due < at &&
        inputs.pull !== pull &&
        !given.some((one) => one.inputs.pull === inputs.pull && one.at < at),
    );
    return [
      ...(Date.parse(at) - fourth < 30 * 86_400_000 ? [`#${pull} is one emergency too many.`] : []),
      ...(overdue ? [`#${pull} is an emergency while a review is overdue.`] : []),
    ];
  });
}

/** Only frank is a post-reviewer, and he clears nothing that he had a part in. */
function violationsAreClearedByOthers(world: LifeWorld): readonly string[] {
  return entriesOf(world.view(), "command").flatMap(({ inputs: { pull, asked }, result }) => {
    if (result.effect?.kind !== "clearing") return [];
    const parts = [...(world.contributors.get(pull) ?? [])].map(personOf);
    const isOther = asked.actor.login === "frank" && !parts.includes("frank");
    return isOther ? [] : [`${asked.actor.login} cleared the violation of #${pull}.`];
  });
}

/** Who reviewed is a post-reviewer without a part in it, once. */
function reviewsAreOfOthers(world: LifeWorld): readonly string[] {
  const given = entriesOf(world.view(), "command").filter(
    ({ result }) => result.effect?.kind === "review",
  );
  const pulls = given.map(({ inputs }) => inputs.pull);
  const wrong = given.filter(({ inputs: { pull, asked } }) => {
    const parts = [...(world.contributors.get(pull) ?? [])].map(personOf);
    return asked.actor.login !== "frank" || parts.includes("frank");
  });
  return [
    ...wrong.map(({ inputs }) => `${inputs.asked.actor.login} reviewed #${inputs.pull}.`),
    ...(pulls.length === new Set(pulls).size ? [] : ["Access was reviewed twice."]),
  ];
}

function reroutesOf(
  world: LifeWorld,
): readonly { readonly at: string; readonly by: readonly string[] }[] {
  return entriesOf(world.view(), "command").flatMap(({ at, result: { effect } }) =>
    effect?.kind === "reroute" ? [{ at, by: [effect.reroute.by.person] }] : [],
  );
}

/** Every request of this world is about the same access: one reroute in two weeks. */
function reroutesAreRare(world: LifeWorld): readonly string[] {
  const times = reroutesOf(world)
    .map(({ at }) => Date.parse(at))
    .sort((a, b) => a - b);
  const tooSoon = times.some(
    (at, index) => at - (times[index - 1] ?? -Infinity) < 14 * 86_400_000 - 1_000,
  );
  return tooSoon ? ["The same access was rerouted twice within the window."] : [];
}

/**
 * The gate accuses nobody without a cause: only what somebody merged by hand can be a violation. What the gate had not looked at
 * before is accused by its commit.
 */
function violationsHaveCause(world: LifeWorld): readonly string[] {
  const merged = new Set(
    [...world.byHand].map((pull) => world.scene.world.pulls.get(pull)?.mergeCommit ?? null),
  );
  return entriesOf(world.view(), "violation").flatMap(({ inputs: { pull, commit }, result }) =>
    (pull !== null && world.byHand.has(pull)) || (commit !== null && merged.has(commit))
      ? []
      : [`A violation without a cause: ${result.detail}`],
  );
}

/** What the target holds is an open grant's, and every grant rests on a merge that nobody had ended before its intent. */
function accessIsGranted(world: LifeWorld): readonly string[] {
  const view = world.view();
  const open = openGrants(view.executions);
  const stray = [...world.held].filter(
    (held) =>
      !open.some(({ grant }) => held === `${grant.target} ${grant.identity} ${grant.permission}`),
  );
  const index = indexDecisions(view.decisions);
  const intents = entriesOf(view, "grant-intent").flatMap((intent: EntryOf<"grant-intent">) => {
    const decision = index.byDigest.get(intent.inputs.decision);
    const ending = decision === undefined ? null : endedBy(index, decision);
    const granted = entriesOf(view, "grant").some(({ inputs }) => inputs.intent === intent.digest);
    const before = ending !== null && ending.at < intent.at && granted;
    return before ? [`${intent.result.grant.request} was granted after it was ended.`] : [];
  });
  return [...stray.map((held) => `Nobody granted ${held}.`), ...intents];
}

/** Every entry about a request is a step that the machine of its life has. */
function stepsAreAllowed(world: LifeWorld): readonly string[] {
  return [...requestLives(world.view())].flatMap(([name, { state, strange }]) =>
    strange.map(({ type }) => `${name} is ${state}, and ${type} is no step from where it was.`),
  );
}

function personOf(login: string): string {
  const identity = identify(exampleGovernance, account(login));
  return identity.kind === "person" ? identity.name : login;
}
