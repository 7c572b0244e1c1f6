import type { Governance } from "../model/governance.ts";
import type { Parsed } from "../model/problem.ts";
import type { GovernanceFile } from "../model/snapshot.ts";
import { parseGovernance } from "../parse/parse-governance.ts";

/** How many different states of governance are remembered; an audit walks through them in order. */
const mostRemembered = 16;

interface Remembered {
  readonly files: readonly GovernanceFile[];
  readonly parsed: Parsed<Governance>;
}

const remembered: Remembered[] = [];

/**
 * Parses governance, or remembers what the same bytes parsed to: it changes rarely and is asked for by
 * every decision. Nothing can see the difference but a clock. The value is shared, so nobody may change it.
 */
export function governanceOf(files: readonly GovernanceFile[]): Parsed<Governance> {
  return recall(files).parsed;
}

/** Returns the one list that stands for these files: what is computed from it can be kept with it. */
export function sameGovernanceFiles(files: readonly GovernanceFile[]): readonly GovernanceFile[] {
  return recall(files).files;
}

function recall(files: readonly GovernanceFile[]): Remembered {
  const known = remembered.find((one) => sameFiles(one.files, files));
  if (known !== undefined) return known;
  // A copy: the caller may change its own list, and must not change what these bytes are remembered as.
  const made = {
    files: files.map(({ path, mode, text }) => ({ path, mode, text })),
    parsed: parseGovernance(files),
  };
  remembered.unshift(made);
  remembered.splice(mostRemembered);
  return made;
}

function sameFiles(a: readonly GovernanceFile[], b: readonly GovernanceFile[]): boolean {
  return (
    a.length === b.length &&
    a.every((file, at) => {
      const other = b[at];
      return file.path === other?.path && file.mode === other.mode && file.text === other.text;
    })
  );
}
