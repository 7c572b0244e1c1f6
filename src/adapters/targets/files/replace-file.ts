import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Makes a file beside `path` with `write`, and puts it in the place of `path` only when that did not throw: whoever reads meets the old
 * file or the new one, whole, also after a crash. The name it has until then begins with a dot, so that sudo and others pass over it.
 */
export async function replaceFile(
  path: string,
  write: (unfinished: string) => Promise<void>,
): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await write(unfinished);
    await flush(unfinished);
    await rename(unfinished, path);
    await flush(dirname(path));
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Makes sure that a file, or the names in a folder, are on the disk. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
