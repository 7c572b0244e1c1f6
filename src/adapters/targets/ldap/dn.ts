/**
 * Tells whether two distinguished names (RFC 4514) name one entry. Case, spaces around separators, repeated spaces, escapes
 * and the order within an RDN do not matter, as for nearly every attribute that names entries. What cannot be read as a
 * distinguished name equals nothing.
 */
export function sameDn(one: string, other: string): boolean {
  const [left, right] = [parseDn(one), parseDn(other)];
  return left !== null && right !== null && isDeepEqual(left, right);
}

/** Tells whether a distinguished name lies anywhere below `base`. */
export function isBelow(dn: string, base: string): boolean {
  const [inner, outer] = [parseDn(dn), parseDn(base)];
  if (inner === null || outer === null || inner.length <= outer.length) return false;
  return isDeepEqual(inner.slice(inner.length - outer.length), outer);
}

/** Tells whether an entry's own RDN has this attribute with this value. */
export function isNamed(dn: string, attribute: string, value: string): boolean {
  const own = parseDn(dn)?.[0] ?? [];
  return own.includes(`${attribute.toLowerCase()}=${fold(value)}`);
}

/** Tells whether a text is a distinguished name of at least one RDN. */
export function isDn(text: string): boolean {
  return (parseDn(text) ?? []).length > 0;
}

/** An RDN: its `type=value` parts, folded and sorted. */
type Rdn = readonly string[];

function parseDn(text: string): readonly Rdn[] | null {
  if (text.trim() === "") return [];
  return allOrNull(split(text, ",").map(parseRdn));
}

function parseRdn(text: string): Rdn | null {
  return allOrNull(split(text, "+").map(parsePart))?.toSorted() ?? null;
}

function allOrNull<T>(items: readonly (T | null)[]): readonly T[] | null {
  const present = items.filter((item) => item !== null);
  return present.length === items.length ? present : null;
}

function split(text: string, separator: "," | "+"): readonly string[] {
  const parts: string[] = [];
  let part = "";
  // An escaped separator comes with its backslash, as one piece.
  for (const [piece] of text.matchAll(/\\.|./gsu)) {
    if (piece !== separator) {
      part += piece;
      continue;
    }
    parts.push(part);
    part = "";
  }
  return [...parts, part];
}

function parsePart(text: string): string | null {
  const [, type, value] = /^\s*([a-z][a-z0-9-]*|\d+(?:\.\d+)*)\s*=(.*)$/isu.exec(text) ?? [];
  if (type === undefined || value === undefined) return null;
  return `${type.toLowerCase()}=${fold(unescape(value))}`;
}

function unescape(value: string): string {
  return value.replace(/(?:\\[0-9a-f]{2})+|\\./gisu, (escape) =>
    /^\\[0-9a-f]{2}/iu.test(escape)
      ? Buffer.from(escape.replaceAll("\\", ""), "hex").toString("utf8")
      : escape.slice(1),
  );
}

function fold(value: string): string {
  return value.normalize("NFKC").toLowerCase().trim().replace(/\s+/gu, " ");
}

function isDeepEqual(left: readonly Rdn[], right: readonly Rdn[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
