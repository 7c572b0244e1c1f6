import type { Governance } from "../model/governance.ts";
import type { TeamFacts } from "../model/snapshot.ts";
import { personWithId } from "./people.ts";

/** Who is in which team on the forge, by the people of people.yaml. */
interface ForgeTeams {
  /** `null`: the forge has no team of that name. A team that was not read is not in it. */
  readonly members: ReadonlyMap<string, ReadonlySet<string> | null>;
  /** Every team of a person, by people.yaml or by the forge. */
  readonly teams: ReadonlyMap<string, ReadonlySet<string>>;
}

/** How many states of the teams are remembered with each governance; they change rarely and are asked for by every decision. */
const mostStates = 8;
const mostAnswers = 1_024;
const none: ReadonlySet<string> = new Set();

interface Remembered {
  readonly teams: readonly TeamFacts[];
  readonly forge: ForgeTeams;
}

/** Governance is never changed after parsing, nor are a snapshot's teams. Other snapshots' are compared by what they are. */
const remembered = new WeakMap<Governance, readonly Remembered[]>();
const latest = new WeakMap<readonly TeamFacts[], WeakMap<Governance, ForgeTeams>>();

/** Every team a person is in, by people.yaml or by the forge: exclusion needs only one of them (design.md §3). */
export function teamsOf(
  governance: Governance,
  teams: readonly TeamFacts[],
  person: string,
): ReadonlySet<string> {
  return forgeTeams(governance, teams).teams.get(person) ?? none;
}

/**
 * Says whether a person is in a team on the forge. `no-team`: the forge has none of that name, so that people.yaml
 * alone counts. A team that was not read has nobody.
 */
export function isOnForge(
  governance: Governance,
  teams: readonly TeamFacts[],
  { team, person }: { readonly team: string; readonly person: string },
): "yes" | "no" | "no-team" {
  const members = forgeTeams(governance, teams).members.get(team);
  if (members === null) return "no-team";
  return members?.has(person) === true ? "yes" : "no";
}

/** Names the people of people.yaml who are in a team on the forge. */
export function peopleOnForge(
  governance: Governance,
  teams: readonly TeamFacts[],
  team: string,
): readonly string[] {
  return [...(forgeTeams(governance, teams).members.get(team) ?? [])];
}

/** Answers a question about governance and these teams, or remembers the answer. */
export type RosterMemory<V> = (
  governance: Governance,
  teams: readonly TeamFacts[],
  question: string,
  answer: () => V,
) => V;

/**
 * Makes a memory of what follows from governance and the teams of the forge alone: both change rarely, and every decision
 * asks the same. Answers are shared, so nobody may change them. Nothing can see the difference but a clock.
 */
export function rosterMemory<V>(): RosterMemory<V> {
  const memories = new WeakMap<ForgeTeams, Map<string, V>>();
  return (governance, teams, question, answer) => {
    const forge = forgeTeams(governance, teams);
    const answers = memories.get(forge) ?? new Map<string, V>();
    const before = answers.get(question);
    if (before !== undefined) return before;
    const found = answer();
    if (answers.size >= mostAnswers) answers.clear();
    answers.set(question, found);
    memories.set(forge, answers);
    return found;
  };
}

function forgeTeams(governance: Governance, teams: readonly TeamFacts[]): ForgeTeams {
  const byGovernance = latest.get(teams) ?? new WeakMap<Governance, ForgeTeams>();
  const before = byGovernance.get(governance);
  if (before !== undefined) return before;
  const found = recall(governance, teams);
  latest.set(teams, byGovernance.set(governance, found));
  return found;
}

function recall(governance: Governance, teams: readonly TeamFacts[]): ForgeTeams {
  const states = remembered.get(governance) ?? [];
  const known = states.find((one) => sameTeams(one.teams, teams));
  if (known !== undefined) return known.forge;
  const made = { teams: structuredClone(teams), forge: readTeams(governance, teams) };
  remembered.set(governance, [made, ...states.slice(0, mostStates - 1)]);
  return made.forge;
}

/** Compares what counts of teams: their names and the numeric ids of their members, in this order. */
function sameTeams(a: readonly TeamFacts[], b: readonly TeamFacts[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ slug, members }, at) => {
      const other = b[at];
      if (slug !== other?.slug || members?.length !== other.members?.length) return false;
      return members?.every(({ id }, place) => id === other.members?.[place]?.id) ?? true;
    })
  );
}

function readTeams(governance: Governance, teams: readonly TeamFacts[]): ForgeTeams {
  const members = new Map<string, ReadonlySet<string> | null>();
  const ofPerson = new Map(governance.people.map(({ name, teams: own }) => [name, new Set(own)]));
  for (const team of teams) {
    if (team.members === null) {
      members.set(team.slug, null);
      continue;
    }
    const people = new Set(team.members.flatMap(({ id }) => personWithId(governance, id) ?? []));
    members.set(team.slug, people);
    for (const person of people) ofPerson.get(person)?.add(team.slug);
  }
  return { members, teams: ofPerson };
}
