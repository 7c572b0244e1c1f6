import fc from "fast-check";
import type { Account } from "../../../src/core/model/account.ts";
import { accountOf, accountsOf } from "./second-accounts.ts";

/** Every account of every person of the cast. */
export const peopleAccounts: readonly Account[] = [...accountsOf.values()].flat();

/** Nobody of people.yaml: a stranger, machines, a deleted account, and who only looks like one of the cast. */
export const nobodies: readonly (Account | null)[] = [
  null,
  accountOf("mallory"),
  accountOf("dependabot[bot]"),
  { login: "carol", id: 6667, type: "User" },
  { login: "BOB", id: 6668, type: "User" },
  { login: "bob", id: 1002, type: "Mannequin" },
  accountOf("countersign-gate[bot]"),
];

/** Who can approve something in the scenes, with both accounts: most of what people do there is theirs. */
const approvers = ["bob", "heidi", "ivan", "carol", "judy", "ken", "erin", "nora"].flatMap(
  (name) => accountsOf.get(name) ?? [],
);

/** Anybody, mostly people of the cast and of these mostly the ones with a role. */
export const anyAccount: fc.Arbitrary<Account | null> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...approvers) },
  { weight: 3, arbitrary: fc.constantFrom(...peopleAccounts) },
  { weight: 1, arbitrary: fc.constantFrom(...nobodies) },
);
