import type { KeyRole } from "./trust-root.ts";
import type { EntryType, LedgerBranch } from "../model/entry.ts";

/** Where entries of a type belong: the branch that carries it and the key role that signs it. */
export interface EntryHome {
  readonly branch: LedgerBranch;
  readonly keyRole: KeyRole;
}

type Homes = readonly [EntryHome, ...EntryHome[]];

const decided: Homes = [{ branch: "audit/decisions", keyRole: "decision" }];
const executed: Homes = [{ branch: "audit/executions", keyRole: "execution" }];

/** One home a type; only what each writer says about its own branch has two. */
const homes: { readonly [T in EntryType]: Homes } = {
  // The first is believed for its pinned digest; every later one brings signatures of the root keys before it.
  "trust-root": decided,
  request: decided,
  "push-observed": decided,
  "approval-observed": decided,
  "review-changed": decided,
  decision: decided,
  merge: decided,
  command: decided,
  ending: decided,
  "expired-unapproved": decided,
  "chain-step": decided,
  "review-opened": decided,
  lapsed: decided,
  revert: decided,
  violation: decided,
  checkpoint: [...decided, ...executed],
  "grant-intent": executed,
  grant: executed,
  "grant-failed": executed,
  "revoke-intent": executed,
  revoke: executed,
  "revoke-failed": executed,
  "externally-removed": executed,
  "drift-baseline": executed,
  drift: executed,
  "drift-outcome": executed,
  usage: executed,
  "nothing-to-do": executed,
};

/** Names the home of an entry type for an entry found on a branch; its only one when it does not belong there. */
export function entryHome(type: EntryType, branch: LedgerBranch): EntryHome {
  const own = homes[type];
  return own.find((home) => home.branch === branch) ?? own[0];
}

/** Says whether a name is an entry type that this version knows. */
export function isEntryType(type: string): type is EntryType {
  return Object.hasOwn(homes, type);
}

/** Names the key role that signs the entries of a branch. */
export function keyRoleOfBranch(branch: LedgerBranch): KeyRole {
  return branch === "audit/decisions" ? "decision" : "execution";
}

/** Names the other ledger. */
export function peerOf(branch: LedgerBranch): LedgerBranch {
  return branch === "audit/decisions" ? "audit/executions" : "audit/decisions";
}
