/** Replaces what is random in a text by what it is and in which order it came: ids of commits, digests. */
export function stableText(text: string): string {
  const known = new Map<string, string>();
  return text.replace(/sha256:[0-9a-f]{64}|\b[0-9a-f]{40}\b/gu, (id) => {
    const kind = id.startsWith("sha256:") ? "digest" : "oid";
    const count = [...known.values()].filter((name) => name.startsWith(`<${kind}`)).length;
    const name = known.get(id) ?? `<${kind} ${count + 1}>`;
    known.set(id, name);
    return name;
  });
}
