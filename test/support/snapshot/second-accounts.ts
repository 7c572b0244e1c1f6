import type { Route } from "../../../src/core/model/fingerprint.ts";
import type { Account } from "../../../src/core/model/account.ts";
import type { GovernanceFile } from "../../../src/core/model/snapshot.ts";
import { account, exampleGovernance } from "./cast.ts";
import { exampleFiles } from "./example-files.ts";

/** The example governance, where everybody has a second account: `bob-2` is bob's, `alice-admin` is alice's. */
export const twoAccountFiles: readonly GovernanceFile[] = exampleFiles.map((file) =>
  file.path === "governance/people.yaml" ? { ...file, text: withSecond(file.text) } : file,
);

/** People with one account each in the example; alice has two already. */
const single = exampleGovernance.people.filter(({ accounts }) => accounts.length === 1);

const second: readonly Account[] = single.flatMap(({ name, accounts }) =>
  accounts.map(({ id }) => ({ login: `${name}-2`, id: secondId(id), type: "User" as const })),
);

/** Finds an account of the cast by login, second ones too; `ghost` is a deleted one. */
export function accountOf(login: string): Account | null {
  return second.find((known) => known.login === login) ?? account(login);
}

/** The accounts of each person, by name. */
export const accountsOf: ReadonlyMap<string, readonly Account[]> = new Map(
  exampleGovernance.people.map(({ name, accounts }) => [
    name,
    [
      ...accounts.map(({ login }) => login),
      ...(accounts.length === 1 ? [`${name}-2`] : []),
    ].flatMap((login) => accountOf(login) ?? []),
  ]),
);

/** The same person's other account; `null` for strangers, machines and whoever only looks like somebody. */
export function otherAccount(one: Account | null): Account | null {
  const own = [...accountsOf.values()].find((accounts) =>
    accounts.some(
      ({ id, login, type }) => id === one?.id && login === one.login && type === one.type,
    ),
  );
  return own?.find(({ id }) => id !== one?.id) ?? null;
}

/** A route as it was while somebody held no role. */
export function routeWithout(route: Route, person: string | null): Route {
  const theirs = accountsOf.get(person ?? "")?.map(({ id }) => id) ?? [];
  return route.map(({ role, people, accounts }) => ({
    role,
    people: people.filter((one) => one !== person),
    accounts: accounts.filter((id) => !theirs.includes(id)),
  }));
}

/** Says whether people.yaml has the person behind an account in a team. */
export function isListed(team: string, { id }: Account): boolean {
  return exampleGovernance.people.some(
    ({ name, teams }) =>
      teams.includes(team) && accountsOf.get(name)?.some((own) => own.id === id) === true,
  );
}

function withSecond(text: string): string {
  return text.replaceAll(
    /accounts: \[\{ login: ([a-z]+), id: (\d+) \}\]/gu,
    (_, login: string, id: string) =>
      `accounts: [{ login: ${login}, id: ${id} }, { login: ${login}-2, id: ${secondId(Number(id))} }]`,
  );
}

function secondId(id: number): number {
  return id + 20_000;
}
