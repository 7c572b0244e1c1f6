import type { Parsed } from "../model/problem.ts";
import type { GovernanceFile } from "../model/snapshot.ts";
import { loadDocument } from "./load-document.ts";
import type { Loaded } from "./load-document.ts";
import { textMemory } from "./text-memory.ts";

type LoadedTable = Parsed<Loaded<"PolicyTest">>;

const remembered = textMemory<LoadedTable>();

/**
 * Loads a decision table, or remembers what the same text at the same path read as: tables are longer than all that
 * decisions rest on, and must not slow them down. Nothing can see the difference but a clock.
 */
export function loadPolicyTest(file: GovernanceFile): LoadedTable {
  return remembered(file.path, file.text, () => namedRight(loadDocument(file, "PolicyTest")));
}

/** A table is told from a policy by its file's name alone, so that neither can pass for the other. */
function namedRight(loaded: LoadedTable): LoadedTable {
  if (loaded.ok || !loaded.problems.some(({ code }) => code === "wrong-kind")) return loaded;
  const fix =
    "Write `kind: PolicyTest`, or rename the file: only decision tables end in `.test.yaml`.";
  return { ok: false, problems: loaded.problems.map((problem) => ({ ...problem, fix })) };
}
