import type { Governance } from "../model/governance.ts";
import type { Parsed } from "../model/problem.ts";
import type { GovernanceFile } from "../model/snapshot.ts";
import { parseGovernance } from "../parse/parse-governance.ts";

/** How many different states of governance are remembered; an audit walks through them in order. */
const mostRemembered = 16;

const remembered = new Map<string, Parsed<Governance>>();

/**
 * Parses governance, or remembers what the same bytes parsed to: it changes rarely and is asked for by
 * every decision. Nothing can see the difference but a clock.
 */
export function governanceOf(files: readonly GovernanceFile[]): Parsed<Governance> {
  const key = JSON.stringify(files.map(({ path, mode, text }) => [path, mode, text]));
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const parsed = parseGovernance(files);
  const [oldest] = remembered.keys();
  if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, parsed);
  return parsed;
}
