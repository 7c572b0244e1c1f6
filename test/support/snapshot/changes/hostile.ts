import type { Snapshot } from "../../../../src/core/model/snapshot.ts";
import type { Draw } from "../draw.ts";

const texts = [
  "",
  "__proto__",
  "constructor",
  "toString",
  "\u0000",
  "\ud800",
  "\u202e\u200b",
  "governance/ROLES",
  "access-requests/payments-db/../x.yaml",
  "access-requests/payments-db/x.yaml",
  "2026-11-21T09:00:00Z",
  "2026-13-45T99:99:99Z",
  "+275760-09-13T00:00:00.001Z",
  "a: &a [*a, *a]",
  "? ".repeat(300),
  "[".repeat(3_000),
  "🦀".repeat(20),
] as const;
const numbers = [-1, 0, 0.5, 7, 1002, 2 ** 53, 1e308, -1e308] as const;
const nullable = new Set([
  "author",
  "actor",
  "account",
  "by",
  "before",
  "after",
  "members",
  "text",
  "size",
]);
/** Words of which there are only a few: another one would not be the right shape. */
const fixed = new Set(
  "format state kind status type access grants as from role was rules opening files".split(" "),
);

/** Puts hostile values of the right type into a few places of a snapshot, wherever they are. */
export function hostile(snapshot: Snapshot, draw: Draw): Snapshot {
  const times = draw.from([1, 1, 2, 5, 20]);
  const copy = JSON.parse(JSON.stringify({ ...snapshot, governance: null })) as Json;
  for (let time = 0; time < times; time += 1) spoil(copy, draw);
  return { ...(copy as unknown as Snapshot), governance: snapshot.governance };
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function spoil(root: Json, draw: Draw): void {
  let at = root;
  for (let depth = 0; depth < 12; depth += 1) {
    if (typeof at !== "object" || at === null) return;
    const key = draw.one(Object.keys(at).filter((one) => !fixed.has(one)));
    if (key === null) return;
    const inside: Record<string, Json> = at as Record<string, Json>;
    const value = inside[key] ?? null;
    const isEnd = typeof value !== "object" || value === null;
    if (isEnd || (nullable.has(key) && draw.from([true, false, false]))) {
      inside[key] = worse(key, value, draw);
      return;
    }
    if (Array.isArray(value) && draw.from([true, false, false, false, false])) {
      inside[key] = draw.from([[], [...value, ...value]]);
      return;
    }
    at = value;
  }
}

function worse(key: string, value: Json, draw: Draw): Json {
  if (nullable.has(key) && draw.from([true, false])) return null;
  if (typeof value === "string") return draw.from(texts);
  if (typeof value === "number") return draw.from(numbers);
  return typeof value === "boolean" ? !value : null;
}
