import type { Account } from "../model/account.ts";
import type { Governance } from "../model/governance.ts";
import type { TeamFacts } from "../model/snapshot.ts";

/** Who stands behind an account. Accounts are compared by numeric id; a login alone proves nothing. */
export type Identity =
  | { readonly kind: "person"; readonly name: string }
  | { readonly kind: "machine"; readonly name: string; readonly owner: string }
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * Finds the person or machine of an account. A login that people.yaml gives to another id is unknown:
 * somebody renamed an account and somebody else took the name (A11). A renamed account whose id is
 * listed stays the same person.
 */
export function identify(governance: Governance, account: Account | null): Identity {
  if (account === null) return { kind: "unknown", reason: "The account was deleted." };
  const person = governance.people.find((known) => listsId(known, account));
  const machine = governance.machines.find((known) => listsId(known, account));
  const claimed = [...governance.people, ...governance.machines].find((known) =>
    listsLogin(known, account),
  );
  const holder = person ?? machine;
  if (claimed !== undefined && claimed !== holder) {
    return {
      kind: "unknown",
      reason: `people.yaml gives the login ${account.login} to ${claimed.name} with another id than ${account.id}.`,
    };
  }
  if (machine !== undefined) return { kind: "machine", name: machine.name, owner: machine.owner };
  if (person !== undefined) return { kind: "person", name: person.name };
  return {
    kind: "unknown",
    reason: `people.yaml names no account ${account.login} with id ${account.id}.`,
  };
}

/** Every team a person is in, by people.yaml or by the forge: exclusion needs only one of them (§3). */
export function teamsOf(
  governance: Governance,
  teams: readonly TeamFacts[],
  person: string,
): ReadonlySet<string> {
  const known = governance.people.find(({ name }) => name === person);
  const ids = new Set(known?.accounts.map(({ id }) => id));
  const onForge = teams
    .filter(({ members }) => members?.some(({ id }) => ids.has(id)) ?? false)
    .map(({ slug }) => slug);
  return new Set([...(known?.teams ?? []), ...onForge]);
}

type Holder = { readonly accounts?: readonly { readonly login: string; readonly id: number }[] };

function listsId(holder: Holder, account: Account): boolean {
  return holder.accounts?.some(({ id }) => id === account.id) ?? false;
}

function listsLogin(holder: Holder, account: Account): boolean {
  const login = account.login.toLowerCase();
  return holder.accounts?.some((known) => known.login.toLowerCase() === login) ?? false;
}
