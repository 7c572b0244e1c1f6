import type { Governance } from "../model/governance.ts";
import type { TeamFacts } from "../model/snapshot.ts";
import { personNamed, personWithId } from "./people.ts";

/** Who is in which team on the forge, by the people of people.yaml. */
interface ForgeTeams {
  /** `null`: the forge has no team of that name. A team that was not read is not in it. */
  readonly members: ReadonlyMap<string, ReadonlySet<string> | null>;
  readonly teams: ReadonlyMap<string, readonly string[]>;
  /** Answers about role holders that were already given. */
  readonly answers: Map<string, readonly string[]>;
}

/** A snapshot's teams are read once and never changed. */
const known = new WeakMap<readonly TeamFacts[], WeakMap<Governance, ForgeTeams>>();

/** Every team a person is in, by people.yaml or by the forge: exclusion needs only one of them (design.md §3). */
export function teamsOf(
  governance: Governance,
  teams: readonly TeamFacts[],
  person: string,
): ReadonlySet<string> {
  const listed = personNamed(governance, person)?.teams ?? [];
  return new Set([...listed, ...(forgeTeams(governance, teams).teams.get(person) ?? [])]);
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

/** Keeps the answer to a question about governance and these teams: a decision asks the same several times. */
export function answered(
  governance: Governance,
  teams: readonly TeamFacts[],
  { question, answer }: { readonly question: string; readonly answer: () => readonly string[] },
): readonly string[] {
  const { answers } = forgeTeams(governance, teams);
  const before = answers.get(question);
  if (before !== undefined) return before;
  const found = answer();
  answers.set(question, found);
  return found;
}

function forgeTeams(governance: Governance, teams: readonly TeamFacts[]): ForgeTeams {
  const byGovernance = known.get(teams) ?? new WeakMap<Governance, ForgeTeams>();
  known.set(teams, byGovernance);
  const before = byGovernance.get(governance);
  if (before !== undefined) return before;
  const members = new Map<string, ReadonlySet<string> | null>();
  const ofPerson = new Map<string, string[]>();
  for (const team of teams) {
    if (team.members === null) {
      members.set(team.slug, null);
      continue;
    }
    const people = new Set(team.members.flatMap(({ id }) => personWithId(governance, id) ?? []));
    members.set(team.slug, people);
    for (const person of people) {
      const own = ofPerson.get(person);
      if (own === undefined) ofPerson.set(person, [team.slug]);
      else own.push(team.slug);
    }
  }
  const made = { members, teams: ofPerson, answers: new Map<string, readonly string[]>() };
  byGovernance.set(governance, made);
  return made;
}
