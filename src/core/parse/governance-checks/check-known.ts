import type { Problem } from "../../model/problem.ts";
import { nearest } from "../nearest.ts";
import { problemAt } from "../strict-yaml.ts";
import type { StrictDocument } from "../strict-yaml.ts";

/** A name that is used somewhere, and where. */
export interface Use {
  readonly name: string;
  readonly pointer: string;
}

/** Reports every use of a name that nothing declares, with the nearest declared one. */
export function checkKnown(
  document: StrictDocument,
  uses: readonly Use[],
  declared: readonly string[],
  what: string,
): readonly Problem[] {
  const known = new Set(declared);
  return uses
    .filter(({ name }) => !known.has(name))
    .map(({ name, pointer }) => {
      const near = nearest(name, declared);
      return problemAt(document, pointer, "value", {
        code: "unknown-name",
        message: `There is no ${what} ${name}.`,
        fix: near === null ? `Declare the ${what}, or use another.` : `Write \`${near}\` instead.`,
      });
    });
}
