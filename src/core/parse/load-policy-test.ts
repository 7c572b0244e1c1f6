import type { Parsed } from "../model/problem.ts";
import type { GovernanceFile } from "../model/snapshot.ts";
import { loadDocument } from "./load-document.ts";
import type { Loaded } from "./load-document.ts";

type LoadedTable = Parsed<Loaded<"PolicyTest">>;

/** Enough for the tables of one repository, and for the few that change. */
const mostRemembered = 64;

const remembered = new Map<string, LoadedTable>();

/**
 * Loads a decision table, or remembers what the same text at the same path read as: tables are longer than all that
 * decisions rest on, and must not slow them down. Nothing can see the difference but a clock.
 */
export function loadPolicyTest(file: GovernanceFile): LoadedTable {
  const key = `${file.path}\n${file.text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const loaded = namedRight(loadDocument(file, "PolicyTest"));
  remembered.set(key, loaded);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= mostRemembered) break;
    remembered.delete(oldest);
  }
  return loaded;
}

/** A table is told from a policy by its file's name alone, so that neither can pass for the other. */
function namedRight(loaded: LoadedTable): LoadedTable {
  if (loaded.ok || !loaded.problems.some(({ code }) => code === "wrong-kind")) return loaded;
  const fix =
    "Write `kind: PolicyTest`, or rename the file: only decision tables end in `.test.yaml`.";
  return { ok: false, problems: loaded.problems.map((problem) => ({ ...problem, fix })) };
}
