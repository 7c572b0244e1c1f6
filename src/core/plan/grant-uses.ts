import type { ExecutionRecord } from "./access-state.ts";

/** What intents have used up, and which refusals are on record. */
export interface GrantUses {
  /** Paths of intents by the decision, the merge and the name they have used. */
  readonly decisions: ReadonlyMap<string, string>;
  readonly merges: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
  readonly paths: ReadonlySet<string>;
  /** `<request> <decision>` of refusals on record. */
  readonly refused: ReadonlySet<string>;
}

/** Makes an empty one that grows in place. */
export function growingUses(): GrantUses & { readonly add: (record: ExecutionRecord) => void } {
  const decisions = new Map<string, string>();
  const merges = new Map<string, string>();
  const names = new Map<string, string>();
  const paths = new Set<string>();
  const refused = new Set<string>();
  return {
    ...{ decisions, merges, names, paths, refused },
    add(record) {
      if (record.type === "grant-intent") {
        const { path, request } = record.result.grant;
        decisions.set(record.inputs.decision, path);
        merges.set(record.inputs.merge, path);
        names.set(request, path);
        paths.add(path);
      }
      if (record.type === "grant-failed" && record.inputs.intent === null) {
        refused.add(`${record.inputs.request} ${record.inputs.decision}`);
      }
    },
  };
}

/** Reads all records at once. */
export function usesOf(records: readonly ExecutionRecord[]): GrantUses {
  const uses = growingUses();
  records.forEach((record) => uses.add(record));
  return uses;
}
