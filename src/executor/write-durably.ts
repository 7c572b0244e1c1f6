import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Replaces a file by `text` so that after a crash either the old or the new bytes are there: a temporary
 * file beside it, fsync, rename, fsync of the folder. Throws what the file system throws.
 */
export async function writeDurably(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
