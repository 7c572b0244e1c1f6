import type { Account } from "../model/account.ts";
import type { Governance, Person } from "../model/governance.ts";
import type { TeamFacts } from "../model/snapshot.ts";

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

type Holder = Extract<Identity, { readonly kind: "person" | "machine" }>;

interface AccountIndex {
  readonly byId: ReadonlyMap<number, Holder>;
  readonly byLogin: ReadonlyMap<string, Holder>;
}

/** Governance is never changed after parsing, so its index is as good as a part of it. */
const indexes = new WeakMap<Governance, AccountIndex>();

function indexOf(governance: Governance): AccountIndex {
  const known = indexes.get(governance);
  if (known !== undefined) return known;
  const holders = [
    ...governance.people.map(({ name, accounts }) => ({
      holder: { kind: "person", name } as const,
      accounts,
    })),
    ...governance.machines.map(({ name, owner, accounts }) => ({
      holder: { kind: "machine", name, owner } as const,
      accounts,
    })),
  ];
  const all = holders.flatMap(({ holder, accounts }) =>
    accounts.map(({ id, login }) => ({ id, login: login.toLowerCase(), holder })),
  );
  const index = {
    byId: new Map<number, Holder>(all.map(({ id, holder }) => [id, holder])),
    byLogin: new Map<string, Holder>(all.map(({ login, holder }) => [login, holder])),
  };
  indexes.set(governance, index);
  return index;
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

/** Says whether a login is one of a person's accounts, without regard to case, as the forge compares them. */
export function ownsAccount({ accounts }: Person, login: string): boolean {
  return accounts.some((account) => account.login.toLowerCase() === login.toLowerCase());
}
