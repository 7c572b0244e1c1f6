import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { nearest } from "../core/parse/nearest.ts";

/** Carries the name of a request on record, or a sentence that says what to write instead. */
export type FoundRequest =
  | { readonly found: "yes"; readonly request: string }
  | { readonly found: "no"; readonly fix: string };

/**
 * Finds the request that somebody means: by its name, its path, or `#number` of its pull request or of the one that removes it. A
 * pull request that asked under several names is not guessed about.
 */
export function findRequest(view: LedgerView, meant: string): FoundRequest {
  const opened = entriesOf(view, "request");
  const names = [...new Set(opened.map(({ result }) => result.name))];
  if (names.includes(meant)) return { found: "yes", request: meant };
  const pull = /^#?([1-9]\d{0,14})$/u.exec(meant)?.[1];
  if (pull !== undefined) return ofPull(view, Number(pull));
  const named = opened.find(({ inputs }) => inputs.path === meant.replace(/^\.\//u, ""));
  if (named !== undefined) return { found: "yes", request: named.result.name };
  const wanted = meant.replace(/^.*\//u, "").replace(/\.yaml$/u, "");
  return { found: "no", fix: `Nobody ever asked for "${meant}". ${suggestion(wanted, names)}` };
}

function ofPull(view: LedgerView, pull: number): FoundRequest {
  const own = entriesOf(view, "request").filter(({ inputs }) => inputs.pull === pull);
  const removed = entriesOf(view, "decision").filter(({ result }) => result.decision.pull === pull);
  const asked = own.map(({ result }) => result.name);
  const names = new Set(
    asked.length > 0 ? asked : removed.flatMap(({ result }) => result.decision.removes),
  );
  const [request, second] = names;
  if (request === undefined) {
    return { found: "no", fix: `#${pull} is on record neither as a request nor as a removal.` };
  }
  if (second === undefined) return { found: "yes", request };
  return { found: "no", fix: `#${pull} is about ${[...names].join(", ")}: name one of them.` };
}

/** At most three names, nearest first. */
function suggestion(wanted: string, names: readonly string[]): string {
  const left = new Set(names);
  const near: string[] = [];
  for (let next = nearest(wanted, names); next !== null && near.length < 3;) {
    near.push(next);
    left.delete(next);
    next = nearest(wanted, [...left]);
  }
  if (near.length > 0) return `Did you mean ${near.join(", or ")}?`;
  if (names.length === 0) return "The ledgers hold no request at all.";
  return "`countersign grants` lists every request.";
}
