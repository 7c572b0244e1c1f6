import type { Problem } from "../../model/problem.ts";
import type { GovernanceDocuments } from "../governance-documents.ts";
import { epochMs } from "../epoch-ms.ts";
import type { Loaded } from "../load-document.ts";
import { problemAt } from "../strict-yaml.ts";
import { checkKnown } from "./check-known.ts";
import type { Use } from "./check-known.ts";
import { checkUnique } from "./check-unique.ts";

/**
 * Checks people.yaml: every name once, every account and every identity at one principal only, every
 * machine owned by a person. Whoever shares an account with somebody could approve for themselves.
 */
export function checkPeople({ people, targets }: GovernanceDocuments): readonly Problem[] {
  const { document, value } = people;
  const teams = value.spec.teams.map(({ name }) => name);
  const persons = value.spec.people.map(({ name }) => name);
  const known = targets.map((target) => target.value.metadata.name);
  const principals = principalsOf(people);
  return [
    ...checkUnique(document, principals.map(nameOf), "person or machine"),
    ...checkUnique(document, principals.flatMap(idsOf), "account with id"),
    ...checkUnique(document, principals.flatMap(loginsOf), "account with login"),
    ...principals.flatMap((one) => checkUnique(document, targetsOf(one), "identity at")),
    ...checkUnique(document, principals.flatMap(identitiesOf), "identity"),
    ...checkUnique(document, teams.map(teamName), "team"),
    ...checkKnown(document, teamUses(people), teams, "team"),
    ...checkKnown(document, ownerUses(people), persons, "person"),
    ...checkKnown(document, principals.flatMap(targetsOf), known, "target"),
    ...checkKnown(document, delegationUses(people), persons, "person"),
    ...botAccounts(people),
    ...delegationProblems(people),
  ];
}

/** A person or machine, and where it stands. */
interface Principal {
  readonly name: string;
  readonly accounts: readonly { readonly id: number; readonly login: string }[];
  readonly identities: readonly { readonly target: string; readonly name: string }[];
  readonly pointer: string;
}

function principalsOf({ value: { spec } }: Loaded<"People">): readonly Principal[] {
  const place = (list: string) => (entry: Omit<Principal, "pointer">, index: number) => ({
    ...entry,
    pointer: `/spec/${list}/${index}`,
  });
  return [...spec.people.map(place("people")), ...spec.machines.map(place("machines"))];
}

function nameOf({ name, pointer }: Principal): Use {
  return named(name, `${pointer}/name`);
}

function teamName(name: string, index: number): Use {
  return named(name, `/spec/teams/${index}/name`);
}

function idsOf({ accounts, pointer }: Principal): readonly Use[] {
  return accounts.map(({ id }, index) => named(String(id), `${pointer}/accounts/${index}/id`));
}

/** The forge does not tell `Alice` from `alice`. */
function loginsOf({ accounts, pointer }: Principal): readonly Use[] {
  return accounts.map(({ login }, index) =>
    named(login.toLowerCase(), `${pointer}/accounts/${index}/login`),
  );
}

function targetsOf({ identities, pointer }: Principal): readonly Use[] {
  return identities.map(({ target }, index) =>
    named(target, `${pointer}/identities/${index}/target`),
  );
}

function identitiesOf({ identities, pointer }: Principal): readonly Use[] {
  return identities.map(({ target, name }, index) =>
    named(`${name} at ${target}`, `${pointer}/identities/${index}/name`),
  );
}

function teamUses({ value }: Loaded<"People">): readonly Use[] {
  return value.spec.people.flatMap(({ teams }, person) =>
    teams.map((team, index) => named(team, `/spec/people/${person}/teams/${index}`)),
  );
}

function ownerUses({ value }: Loaded<"People">): readonly Use[] {
  return value.spec.machines.map(({ owner }, index) =>
    named(owner, `/spec/machines/${index}/owner`),
  );
}

function delegationUses({ value }: Loaded<"People">): readonly Use[] {
  return (value.spec.delegations ?? []).flatMap(({ from, to }, index) => [
    named(from, `/spec/delegations/${index}/from`),
    named(to, `/spec/delegations/${index}/to`),
  ]);
}

/** A hand-over is to somebody else, and ends after it begins. */
function delegationProblems({ document, value }: Loaded<"People">): readonly Problem[] {
  return (value.spec.delegations ?? []).flatMap(({ from, to, since, until }, index) => {
    const place = `/spec/delegations/${index}`;
    if (from === to) {
      return [
        problemAt(document, `${place}/to`, "value", {
          code: "handed-to-themselves",
          message: `${from} hands the role over to themselves.`,
          fix: "Name somebody else.",
        }),
      ];
    }
    if (epochMs(since) < epochMs(until)) return [];
    return [
      problemAt(document, `${place}/until`, "value", {
        code: "ends-before-it-begins",
        message: `The hand-over would end at ${until}, before it begins at ${since}.`,
        fix: "Write an instant after `since`.",
      }),
    ];
  });
}

function botAccounts({ document, value }: Loaded<"People">): readonly Problem[] {
  return value.spec.people.flatMap(({ accounts }, person) =>
    accounts.flatMap(({ login }, index) =>
      login.endsWith("[bot]")
        ? [
            problemAt(document, `/spec/people/${person}/accounts/${index}/login`, "value", {
              code: "bot-account",
              message: `${login} is the account of an App, not of a person.`,
              fix: "Declare it under `machines`, with this person as its owner.",
            }),
          ]
        : [],
    ),
  );
}

function named(name: string, pointer: string): Use {
  return { name, pointer };
}
