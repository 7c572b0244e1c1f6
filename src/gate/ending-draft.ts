import type { Draft, EntryDraft } from "../core/model/entry.ts";

type Ending = Draft<"ending">;

/** Drafts the entry that ends a request before its time; the first one of a request stands. */
export function endingDraft(inputs: Ending["inputs"], result: Ending["result"]): EntryDraft {
  const { request, pull } = inputs;
  return {
    type: "ending",
    idempotencyKey: `ending:${request}`,
    summary: `#${pull}: ${request} is ${result.cause}`,
    delivery: null,
    inputs,
    result,
  };
}
