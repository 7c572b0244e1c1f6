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
  const known = remembered.find((one) => sameFiles(one.files, files));
  if (known !== undefined) return known.parsed;
  const parsed = parseGovernance(files);
  // A copy: the caller may change its own list, and must not change what these bytes are remembered as.
  remembered.unshift({
    files: files.map(({ path, mode, text }) => ({ path, mode, text })),
    parsed,
  });
  remembered.splice(mostRemembered);
  return parsed;
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
