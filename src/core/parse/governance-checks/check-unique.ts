import type { Problem } from "../../model/problem.ts";
import { problemAt } from "../strict-yaml.ts";
import type { StrictDocument } from "../strict-yaml.ts";
import type { Use } from "./check-known.ts";

/** Reports every name that an earlier entry already has: of two, nobody knows which one counts. */
export function checkUnique(
  document: StrictDocument,
  entries: readonly Use[],
  what: string,
): readonly Problem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ name, pointer }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      problemAt(document, pointer, "value", {
        code: "duplicate-name",
        message: `The ${what} ${name} is there twice.`,
        fix: "Rename or remove one of the two.",
      }),
    ];
  });
}
