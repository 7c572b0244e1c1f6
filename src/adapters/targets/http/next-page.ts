/** Reads the address of the next page from a `Link` header (RFC 8288); `null` on the last one. */
export function nextPage(link: string | null): string | null {
  for (const [, target, parameters] of (link ?? "").matchAll(/<([^<>]*)>((?:\s*;[^,<]*)*)/gu)) {
    if (/;\s*rel\s*=\s*"?next"?\s*(?:;|$)/iu.test(parameters ?? "")) return target ?? null;
  }
  return null;
}
