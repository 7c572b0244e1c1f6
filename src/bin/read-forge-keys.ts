import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { forgeKeys, parseForgeKeyIndex } from "../core/attest/openpgp/forge-key-index.ts";
import type { ForgeKey } from "../core/attest/openpgp/verify-detached.ts";

/** Reads an index of the forge's keys and the armored files beside it; a sentence when they cannot be used. */
export async function readForgeKeys(path: string): Promise<readonly ForgeKey[] | string> {
  try {
    const index = parseForgeKeyIndex(await readFile(path, "utf8"));
    if (typeof index === "string") return `--forge-keys: ${path} cannot be used: ${index}.`;
    const files = new Map<string, string>();
    for (const { file } of index.keys) {
      files.set(file, await readFile(join(dirname(path), file), "utf8"));
    }
    const keys = forgeKeys(index, files);
    return typeof keys === "string" ? `--forge-keys: ${path} cannot be used: ${keys}.` : keys;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `--forge-keys: ${path} cannot be read: ${reason}`;
  }
}
