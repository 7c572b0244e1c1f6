import { resolve } from "node:path";
import type { GovernanceFile } from "../core/model/snapshot.ts";
import { StartRefused } from "./start-refused.ts";
import { findRoot, readGovernanceFolder } from "./working-tree.ts";

/** A working tree with the files of its `governance/`. */
export interface GovernedTree {
  readonly root: string;
  readonly files: readonly GovernanceFile[];
}

/** Reads the governance of the working tree at or above a folder. Throws StartRefused when there is none. */
export async function readGovernedTree(folder: string): Promise<GovernedTree> {
  const root = await findRoot(resolve(folder));
  if (root !== null) return { root, files: await readGovernanceFolder(root) };
  throw new StartRefused(
    `${folder} has no governance/: name a repository with a working tree with --repo DIR.`,
  );
}
