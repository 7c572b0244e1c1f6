import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import type { NamedPerson } from "../core/model/command.ts";
import type { EntryOf } from "../core/model/entry.ts";
import type { ViolationRecord } from "../core/model/snapshot.ts";
import { clearingsOf } from "../core/plan/open-violations.ts";
import { askersOf, partiesOf } from "./decision-parties.ts";

/** What a PR is about: its own number, the files it changes, and the requests among them by name. */
export interface ViolationQuestion {
  readonly pull: number;
  readonly paths: readonly string[];
  readonly requests: ReadonlySet<string>;
}

/** Lists the violations that a PR, one of its files or one of its requests is under and nobody has cleared, oldest first. */
export function openViolations(
  view: LedgerView,
  { pull, paths, requests }: ViolationQuestion,
): readonly ViolationRecord[] {
  const cleared = clearingsOf(view.decisions);
  const own = new Set(paths);
  return entriesOf(view, "violation")
    .filter(
      ({ seq, inputs }) =>
        !cleared.has(seq) &&
        (inputs.pull === pull ||
          requests.has(inputs.request ?? "") ||
          inputs.paths.some((path) => own.has(path))),
    )
    .map((entry) => recordOf(view, entry));
}

function recordOf(
  view: LedgerView,
  { seq, inputs: { pull, paths, by }, result: { code, detail } }: EntryOf<"violation">,
): ViolationRecord {
  const parties =
    by === null
      ? null
      : [
          ...by.map(({ id, login }) => ({ person: login, accounts: [id] })),
          ...paths.flatMap((path) => partiesOfFile(view, path)),
        ];
  return { entry: seq, pull, code, detail, paths, parties };
}

/** Who asked for, would receive, reviewed or rerouted what a file asks for, by the newest decision on each PR about it. */
function partiesOfFile(view: LedgerView, path: string): readonly NamedPerson[] {
  const about = entriesOf(view, "decision").filter(
    ({ result }) => result.decision.request?.path === path,
  );
  const newest = new Map(about.map((entry) => [entry.result.decision.pull, entry]));
  return [...newest.values()].flatMap((entry) => [...askersOf(entry), ...partiesOf(view, entry)]);
}
