import { canonicalJson } from "../attest/canonical-json.ts";
import type { Governance } from "../model/governance.ts";
import type { RoleName } from "../model/names.ts";
import { roleNames } from "../model/names.ts";
import type { GovernanceFile } from "../model/snapshot.ts";
import type { Case } from "./case.ts";
import { easedRestraint } from "./eased-restraint.ts";
import type { GovernanceChange } from "./eased-restraint.ts";
import { governanceOf } from "./governance-of.ts";
import { roleLines } from "./role-lines.ts";

/**
 * Says why a person would gain by a change of governance, or `null` when nothing of theirs grows
 * (design.md §1: nobody approves a change after which they could do what they could not before). It errs on
 * the side of exclusion: whoever's own entry, machine or line changes, or who is restrained by less, waits for somebody
 * else. A change that does
 * not parse gains nobody anything, because another rule refuses it.
 */
export function gainsPower(given: Case, before: Governance, person: string): string | null {
  const parsed = governanceOf(governanceAfter(given));
  if (!parsed.ok) return null;
  const change = { before, after: parsed.value, teams: given.snapshot.teams };
  for (const one of [person, ...joinedBy(change, person)]) {
    const gain = gainOf(change, one);
    if (gain !== null) return gain;
  }
  return null;
}

/** Whom a hand-over joins to a person, in either direction and whenever: what one of them gains, the other can use. */
function joinedBy({ before, after }: GovernanceChange, person: string): readonly string[] {
  return [...before.delegations, ...after.delegations].flatMap(({ from, to }) =>
    from === person ? [to] : to === person ? [from] : [],
  );
}

function gainOf(change: GovernanceChange, person: string): string | null {
  const { before, after } = change;
  if (!sameEntry(before.people, after.people, person)) {
    return `people.yaml changes the entry of ${person}.`;
  }
  const machine = [...before.machines, ...after.machines].find(
    ({ name, owner }) => owner === person && !sameEntry(before.machines, after.machines, name),
  );
  if (machine !== undefined) return `people.yaml changes ${machine.name}, which ${person} owns.`;
  const handOver = after.delegations.find(
    (one) =>
      (one.from === person || one.to === person) &&
      !before.delegations.some((known) => canonicalJson(known) === canonicalJson(one)),
  );
  if (handOver !== undefined) {
    return `people.yaml hands the role ${handOver.role} over from ${handOver.from} to ${handOver.to}.`;
  }
  const role = roleNames.find((name) => gainsRole(before, after, person, name));
  if (role !== undefined) return `ROLES gives ${person} more as ${role}.`;
  return easedRestraint(change, person);
}

/** The governance files as they would be after the merge: the tip with the changes of the PR applied. */
export function governanceAfter({ snapshot }: Case): readonly GovernanceFile[] {
  const changed = new Set(snapshot.pull.changes.map(({ path }) => path));
  const kept = snapshot.governance.files.filter(({ path }) => !changed.has(path));
  const written = snapshot.pull.changes.flatMap(({ path, status, modeAfter, text }) =>
    status === "removed" ? [] : [{ path, mode: modeAfter, text: text ?? "" }],
  );
  return [...kept, ...written];
}

function sameEntry(
  before: readonly { readonly name: string }[],
  after: readonly { readonly name: string }[],
  name: string,
): boolean {
  const a = before.find((entry) => entry.name === name) ?? null;
  const b = after.find((entry) => entry.name === name) ?? null;
  return canonicalJson(a) === canonicalJson(b);
}

/**
 * A line that names the person gives no more than before when the same line named them before and every
 * line that then came after it without naming them still does: the last match wins.
 */
function gainsRole(before: Governance, after: Governance, person: string, role: RoleName): boolean {
  const was = roleLines(before, person, role);
  const is = roleLines(after, person, role);
  return is.some((line, index) => {
    if (!line.names) return false;
    const overriddenBy = is.slice(index + 1);
    return !was.some(
      (old, at) =>
        old.names &&
        old.pattern === line.pattern &&
        was
          .slice(at + 1)
          .every(
            (later) =>
              later.names ||
              overriddenBy.some(({ names, pattern }) => !names && pattern === later.pattern),
          ),
    );
  });
}
