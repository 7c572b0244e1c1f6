import { lstat, readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { GovernanceFile } from "../core/model/snapshot.ts";

/** A file of a working tree as git would record it. */
export interface TreeFile {
  /** Path from the root of the repository, with `/`. */
  readonly path: string;
  /** Git file mode; `000000` for what git records no file for. */
  readonly mode: string;
  /** `null` unless it is an ordinary file of at most 4 MiB. */
  readonly bytes: Uint8Array | null;
}

/** No governed file may be larger; nothing above it is even read. */
const maxBytes = 4 * 1024 * 1024;

/** Finds the folder at or above `start` that has a `governance/`; `null` when there is none. */
export async function findRoot(start: string): Promise<string | null> {
  const found = await lstat(join(start, "governance")).catch(() => null);
  if (found?.isDirectory() === true) return start;
  const parent = dirname(start);
  return parent === start ? null : findRoot(parent);
}

/** Reads one file without following a link. Throws what the file system throws. */
export async function readTreeFile(root: string, file: string): Promise<TreeFile> {
  const path = relative(root, file).split(sep).join("/");
  const found = await lstat(file);
  if (found.isSymbolicLink()) return { path, mode: "120000", bytes: null };
  if (!found.isFile()) return { path, mode: "000000", bytes: null };
  const mode = (found.mode & 0o100) === 0 ? "100644" : "100755";
  return { path, mode, bytes: found.size > maxBytes ? null : await readFile(file) };
}

/** Reads everything under `governance/`, links unfollowed. Throws what the file system throws. */
export async function readGovernanceFolder(root: string): Promise<readonly GovernanceFile[]> {
  const entries = await readdir(join(root, "governance"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const read = await Promise.all(
    files.map((entry) => readTreeFile(root, join(entry.parentPath, entry.name))),
  );
  // Bytes that are no UTF-8 become U+FFFD, which the parser refuses.
  const texts = read.map(({ path, mode, bytes }) => ({ path, mode, text: decode(bytes) }));
  return texts.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function decode(bytes: Uint8Array | null): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes ?? undefined);
}
