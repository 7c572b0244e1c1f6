import { instant, list, nullable, object, oneOf } from "../shape.ts";
import type { Shape } from "../shape.ts";
import { parseStrictJson } from "../strict-json.ts";
import { readOpenPgpKeys } from "./read-openpgp-keys.ts";
import type { ForgeKey } from "./verify-detached.ts";

/** Which keys were the forge's and when, as an auditor writes it down: the keys themselves are in armored files beside it. */
export interface ForgeKeyIndex {
  readonly format: 1;
  readonly keys: readonly IndexedKey[];
}

export interface IndexedKey {
  /** Name of an armored file in the folder of the index. */
  readonly file: string;
  /** Which of the file's keys, by its whole fingerprint. */
  readonly fingerprint: string;
  readonly from: string;
  /** `null`: it still is the forge's. */
  readonly until: string | null;
}

const shape: Shape<ForgeKeyIndex> = object<ForgeKeyIndex>({
  format: oneOf(1),
  keys: list(
    object<IndexedKey>({
      file: (value) => typeof value === "string" && /^[\w-][\w.-]*$/u.test(value),
      fingerprint: (value) => typeof value === "string" && /^[0-9A-F]{40}$/u.test(value),
      from: instant,
      until: nullable(instant),
    }),
  ),
});

const example =
  '{"format":1,"keys":[{"file":"web-flow.gpg","fingerprint":"<40 upper-case hex digits>","from":"2024-01-16T00:00:00Z","until":null}]}';

/** Parses an index; a sentence that says what to write instead when it cannot be used. Never throws. */
export function parseForgeKeyIndex(content: string): ForgeKeyIndex | string {
  const parsed = parseStrictJson(content);
  if (!parsed.ok)
    return `it is not JSON with one meaning: ${parsed.reason} at character ${parsed.offset}`;
  if (!shape(parsed.value)) return `it is not of the form ${example}`;
  const index = parsed.value as unknown as ForgeKeyIndex;
  const { keys } = index;
  if (keys.length === 0) return "it names no key: leave the option out to check no signature";
  if (new Set(keys.map(({ fingerprint }) => fingerprint)).size < keys.length) {
    return "it names a fingerprint twice: give each key one era";
  }
  const backwards = keys.find(
    ({ from, until }) => until !== null && Date.parse(until) <= Date.parse(from),
  );
  if (backwards !== undefined) return `the era of ${backwards.fingerprint} ends before it begins`;
  return index;
}

/** Finds the indexed keys in their files, given by name; a sentence when one is not there or cannot be used. Never throws. */
export function forgeKeys(
  { keys }: ForgeKeyIndex,
  files: ReadonlyMap<string, string>,
): readonly ForgeKey[] | string {
  const found: ForgeKey[] = [];
  for (const { file, fingerprint, from, until } of keys) {
    const read = readOpenPgpKeys(files.get(file) ?? "");
    if (!read.ok) return `${file} cannot be used: ${read.reason}`;
    const key = read.keys.find((one) => one.fingerprint === fingerprint);
    if (key === undefined) return `${file} has no key ${fingerprint}`;
    found.push({ key, from: new Date(from), until: until === null ? null : new Date(until) });
  }
  return found;
}
