import { readOpenPgpKeys } from "../../../src/core/attest/openpgp/read-openpgp-keys.ts";
import type { ForgeKey } from "../../../src/core/attest/openpgp/verify-detached.ts";

/** Reads the keys of an armored file, all of the same era; of any time when none is given. */
export function keysOf(
  armored: string,
  { from = "2000-01-01T00:00:00Z", until = null }: { from?: string; until?: string | null } = {},
): readonly ForgeKey[] {
  const read = readOpenPgpKeys(armored);
  if (!read.ok) throw new Error(read.reason);
  return read.keys.map((key) => {
    return { key, from: new Date(from), until: until === null ? null : new Date(until) };
  });
}
