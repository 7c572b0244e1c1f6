import type { Account } from "../../../src/core/model/account.ts";
import type { Decision } from "../../../src/core/model/decision.ts";
import type { Snapshot } from "../../../src/core/model/snapshot.ts";
import type { World } from "./arbitrary-snapshot.ts";
import { exampleGovernance } from "./cast.ts";
import { longAgo } from "./arbitrary-pull.ts";
import { scenes } from "./scenes.ts";
import type { Scene } from "./scenes.ts";
import { accountsOf } from "./second-accounts.ts";

/** Who the example governance gives which role, by hand: nothing here is asked of the rules. */
const holders = {
  payments: { approver: ["bob", "heidi", "ivan"], control: ["carol", "judy"] },
  analytics: { approver: ["ken"], control: ["carol", "judy"] },
  governance: { "policy-admin": ["erin", "nora", "carol", "judy"] },
} as const;

const teamOf: Readonly<Record<string, string>> = {
  bob: "payments-owners",
  heidi: "payments-owners",
  ivan: "payments-owners",
  ken: "analytics-owners",
  carol: "risk",
  judy: "risk",
  erin: "access-governance",
  nora: "access-governance",
};

/**
 * Says what is wrong with an approval by the sentences of design.md §4, or `null`. Written without the rules: it knows the cast by
 * heart, and sees only what an auditor would look at first.
 */
export function whatIsWrongWith({ scene, snapshot }: World, decision: Decision): string | null {
  if (scene.kind === "removal") return null;
  const { approvals } = decision;
  const requesters = requestersOf(scene, snapshot);
  const excluded = excludedBefore(snapshot);
  const people = approvals.map(({ person }) => person);
  const faults = [
    new Set(people).size < people.length ? "one person fills two steps" : null,
    ...neededBy(scene).map((role) =>
      approvals.some((one) => one.role === role) ? null : `nobody approves as ${role}`,
    ),
    scene.kind === "policy" && approvals.length < 2 ? "fewer than two approve" : null,
    ...people.map((person) =>
      requesters.has(person) ? `${person} approves and is of the requester set` : null,
    ),
    ...people.map((person) => (excluded.has(person) ? `${person} was excluded earlier` : null)),
    ...approvals.map(({ person, role }) => withoutRole(scene, snapshot, { person, role })),
    ...approvals.map((approval) => unseen(scene, snapshot, approval)),
    ...approvals.map(({ person, role }) =>
      role === "control" && sharesTeam(snapshot, person, [...requesters])
        ? `${person} is control and in a team of the requester set`
        : null,
    ),
    ...snapshot.pull.reviews.map((review) => standingDenial(scene, snapshot, review)),
    snapshot.pull.createdAt === longAgo &&
    snapshot.pull.state === "open" &&
    scene.kind === "request"
      ? "it was open for longer than any policy allows"
      : null,
    scene.name === scenes.moreReviewers.name &&
    (people.includes("carol") || people.includes("judy"))
      ? "who is given a role approves it"
      : null,
    snapshot.missing.length > 0 ? "a fact is missing" : null,
    snapshot.ledger.violations.length > 0 ? "a violation is on record" : null,
  ];
  return faults.find((fault) => fault !== null) ?? null;
}

function neededBy({ kind, name }: Scene): readonly string[] {
  if (kind === "policy") return ["policy-admin"];
  return name === "low risk" ? ["approver"] : ["approver", "control"];
}

/** Who asks, would receive, wrote, committed or pushed it. */
function requestersOf({ askers }: Scene, { pull }: Snapshot): ReadonlySet<string> {
  const written = pull.commits
    .filter(({ touchesGoverned }) => touchesGoverned)
    .flatMap(({ authors, committer }) => [...authors, committer].map(({ account }) => account));
  const pushed = pull.pushes
    .filter(({ touchesGoverned }) => touchesGoverned)
    .map(({ actor }) => actor);
  const [asker = ""] = askers;
  const people = [pull.author, ...written, ...pushed].flatMap((one) => personOf(one?.id) ?? []);
  return new Set([asker, ...people]);
}

/** Who an earlier decision excluded, whatever they are called now. */
function excludedBefore({ ledger }: Snapshot): ReadonlySet<string> {
  const requesters = ledger.remembered.excluded.filter(({ from }) => from === "requester");
  return new Set(
    requesters.flatMap(({ accounts }) => accounts.flatMap((id) => personOf(id) ?? [])),
  );
}

function withoutRole(
  scene: Scene,
  snapshot: Snapshot,
  { person, role }: { readonly person: string; readonly role: string },
): string | null {
  const table: Readonly<Record<string, readonly string[]>> = holdersIn(scene);
  if (table[role]?.includes(person) !== true) return `${person} is not ${role}`;
  const team = snapshot.teams.find(({ slug }) => slug === teamOf[person]);
  if (team === undefined) return `the team of ${person} was not read`;
  const isMember = team.members === null || team.members.some(({ id }) => personOf(id) === person);
  if (!isMember) return `${person} is not in ${team.slug} on the forge`;
  const unanswered = snapshot.ledger.linked.filter(({ state }) => state !== "merged");
  const [opening] = snapshot.ledger.openings.filter(
    ({ pull, at }) =>
      pull === snapshot.pull.number ||
      unanswered.some((one) => one.pull === pull && isRemembered(one.at, at)),
  );
  if (opening === undefined || scene.kind === "policy") return null;
  const was = opening.route.some((step) => step.role === role && step.people.includes(person));
  return was ? null : `${person} was not ${role} when it was first asked for`;
}

/** All openings of the generated worlds are of the same day; the oldest linked PRs are outside some windows. */
function isRemembered(linkedAt: string, openedAt: string): boolean {
  return Date.parse(openedAt) - Date.parse(linkedAt) < 14 * 86_400_000;
}

function unseen(
  { content }: Scene,
  { pull, ledger }: Snapshot,
  { review, principal, person }: Decision["approvals"][number],
): string | null {
  const given = pull.reviews.find(({ id }) => id === review);
  if (given?.state !== "APPROVED" || personOf(given.author?.id) !== person) {
    return `${person} did not approve in ${review}`;
  }
  const seen = ledger.observations.find((one) => one.review === review);
  const isThis = seen?.reviewer === principal && seen.contentDigest === content;
  return isThis && seen.baseRef === pull.baseRef ? null : `nobody saw what ${person} approved`;
}

function standingDenial(
  scene: Scene,
  snapshot: Snapshot,
  { id, state, submittedAt, author }: Snapshot["pull"]["reviews"][number],
): string | null {
  const person = personOf(author?.id);
  const table = Object.values(holdersIn(scene)).flat();
  const isDenial = state === "CHANGES_REQUESTED" && author?.type === "User";
  if (!isDenial || person === null || !table.includes(person)) return null;
  const lifted = snapshot.pull.reviews.some(
    (later) =>
      later.state === "APPROVED" &&
      personOf(later.author?.id) === person &&
      `${later.submittedAt} ${later.id}` > `${submittedAt} ${id}`,
  );
  return lifted ? null : `${person} denies it`;
}

function holdersIn({ kind, name }: Scene): Readonly<Record<string, readonly string[]>> {
  if (kind === "policy") return holders.governance;
  return name === "low risk" || name === "analytics" ? holders.analytics : holders.payments;
}

function sharesTeam(snapshot: Snapshot, person: string, others: readonly string[]): boolean {
  const own = teamsOf(snapshot, person);
  return others.some((other) => teamsOf(snapshot, other).some((team) => own.includes(team)));
}

function teamsOf({ teams }: Snapshot, person: string): readonly string[] {
  const onForge = teams.filter(({ members }) => members?.some(({ id }) => personOf(id) === person));
  const listed = exampleGovernance.people.find(({ name }) => name === person)?.teams ?? [];
  return [...listed, ...onForge.map(({ slug }) => slug)];
}

function personOf(id: Account["id"] | undefined): string | null {
  const found = [...accountsOf].find(([, accounts]) => accounts.some((one) => one.id === id));
  return found?.[0] ?? null;
}
