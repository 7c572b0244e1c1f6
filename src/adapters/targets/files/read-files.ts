import { constants } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { TargetRefused } from "../../../ports/target.ts";
import { fileErrorCode } from "./file-errors.ts";

/**
 * Reads a small text file; `null` when there is none. Throws TargetRefused for what is no ordinary file (a pipe would never end)
 * or larger than anybody needs.
 */
export async function readTextFile(path: string): Promise<string | null> {
  const handle = await orMissing(open(path, constants.O_RDONLY | constants.O_NONBLOCK));
  if (handle === null) return null;
  try {
    const status = await handle.stat();
    if (status.isFile() && status.size <= mostBytes) return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
  throw new TargetRefused(
    `${path} is no file of at most ${mostBytes} bytes: put an ordinary file there, or remove it.`,
  );
}

/** Lists the names of the ordinary files in a folder, sorted; `null` when there is no such folder. */
export async function listFiles(folder: string): Promise<readonly string[] | null> {
  const entries = await orMissing(readdir(folder, { withFileTypes: true }));
  if (entries === null) return null;
  return entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .sort();
}

async function orMissing<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (fileErrorCode(error) === "ENOENT") return null;
    throw error;
  }
}

const mostBytes = 262_144;
