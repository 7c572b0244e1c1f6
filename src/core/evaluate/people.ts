import type { Account } from "../model/account.ts";
import type { Governance, Person } from "../model/governance.ts";

/** Who stands behind an account. Accounts are compared by numeric id; a login alone proves nothing. */
export type Identity =
  | { readonly kind: "person"; readonly name: string }
  | { readonly kind: "machine"; readonly name: string; readonly owner: string }
  | { readonly kind: "unknown"; readonly reason: string }
  /** Its login is listed with another id: an account was renamed and somebody else took the name. */
  | { readonly kind: "impostor"; readonly reason: string };

/**
 * Finds the person or machine of an account. A renamed account whose id is listed stays the same person; a
 * login that people.yaml gives to another id is an impostor, whoever it is (A11).
 */
export function identify(governance: Governance, account: Account | null): Identity {
  if (account === null) return { kind: "unknown", reason: "The account was deleted." };
  const { byId, byLogin } = indexOf(governance);
  const holder = byId.get(account.id);
  const claimed = byLogin.get(account.login.toLowerCase());
  if (claimed !== undefined && claimed.name !== holder?.name) {
    return {
      kind: "impostor",
      reason: `people.yaml gives the login ${account.login} to ${claimed.name} with another id than ${account.id}.`,
    };
  }
  return (
    holder ?? {
      kind: "unknown",
      reason: `people.yaml names no account ${account.login} with id ${account.id}.`,
    }
  );
}

/** Finds a person by name; `null` when people.yaml names nobody so. */
export function personNamed(governance: Governance, name: string): Person | null {
  return indexOf(governance).byName.get(name) ?? null;
}

/** Lists the numeric ids of a person's accounts, sorted; none for whom people.yaml does not name. */
export function accountIdsOf(governance: Governance, name: string): readonly number[] {
  return indexOf(governance).accountIds.get(name) ?? [];
}

/** Names the human behind a person or machine: the owner of a machine; `null` when neither is known. */
export function personBehind(governance: Governance, name: string): string | null {
  const { byName, owners } = indexOf(governance);
  return byName.has(name) ? name : (owners.get(name) ?? null);
}

/** Finds what a target calls a person or machine; `null` when people.yaml gives them no name there. */
export function identityAt(governance: Governance, holder: string, target: string): string | null {
  const known = [...governance.people, ...governance.machines].find(({ name }) => name === holder);
  return known?.identities.find((identity) => identity.target === target)?.name ?? null;
}

/** Names the person who has an account with this id; `null` for machines and strangers. */
export function personWithId(governance: Governance, id: number): string | null {
  const holder = indexOf(governance).byId.get(id);
  return holder?.kind === "person" ? holder.name : null;
}

/** Names the person who has an account with this login, without regard to case, as the forge compares them. */
export function personWithLogin(governance: Governance, login: string): string | null {
  const holder = indexOf(governance).byLogin.get(login.toLowerCase());
  return holder?.kind === "person" ? holder.name : null;
}

/** Lists the people whom people.yaml puts into a team. */
export function peopleOfTeam(governance: Governance, team: string): readonly string[] {
  return indexOf(governance).byTeam.get(team) ?? [];
}

/** Names the owners of gate and executor: they count as one more granting team (design.md §4 rule 4). */
export function operatorsOf({ machines }: Governance): ReadonlySet<string> {
  const operated = machines.filter(({ kind }) => kind === "gate" || kind === "executor");
  return new Set(operated.map(({ owner }) => owner));
}

/** Says whether a login is one of a person's accounts, without regard to case, as the forge compares them. */
export function ownsAccount({ accounts }: Person, login: string): boolean {
  return accounts.some((account) => account.login.toLowerCase() === login.toLowerCase());
}

type Holder = Extract<Identity, { readonly kind: "person" | "machine" }>;

interface PeopleIndex {
  readonly byId: ReadonlyMap<number, Holder>;
  readonly byLogin: ReadonlyMap<string, Holder>;
  readonly byName: ReadonlyMap<string, Person>;
  readonly byTeam: ReadonlyMap<string, readonly string[]>;
  readonly accountIds: ReadonlyMap<string, readonly number[]>;
  /** Machine → owner. */
  readonly owners: ReadonlyMap<string, string>;
}

/** Governance is never changed after parsing, so its index is as good as a part of it. */
const indexes = new WeakMap<Governance, PeopleIndex>();

function indexOf(governance: Governance): PeopleIndex {
  const known = indexes.get(governance);
  if (known !== undefined) return known;
  const { people, machines } = governance;
  const holders = [
    ...people.map(({ name, accounts }) => ({
      holder: { kind: "person", name } as const,
      accounts,
    })),
    ...machines.map(({ name, owner, accounts }) => ({
      holder: { kind: "machine", name, owner } as const,
      accounts,
    })),
  ];
  const all = holders.flatMap(({ holder, accounts }) =>
    accounts.map(({ id, login }) => ({ id, login: login.toLowerCase(), holder })),
  );
  const memberships = people.flatMap(({ name, teams }) => teams.map((team) => ({ name, team })));
  const teams = Map.groupBy(memberships, ({ team }) => team);
  const index = {
    byId: new Map<number, Holder>(all.map(({ id, holder }) => [id, holder])),
    byLogin: new Map<string, Holder>(all.map(({ login, holder }) => [login, holder])),
    byName: new Map(people.map((person) => [person.name, person])),
    byTeam: new Map([...teams].map(([team, of]) => [team, of.map(({ name }) => name)])),
    accountIds: new Map(
      people.map(({ name, accounts }) => [name, accounts.map(({ id }) => id).sort(ascending)]),
    ),
    owners: new Map(machines.map(({ name, owner }) => [name, owner])),
  };
  indexes.set(governance, index);
  return index;
}

function ascending(a: number, b: number): number {
  return a - b;
}
