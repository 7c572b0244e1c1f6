/**
 * Decodes bytes that git stores without an encoding: UTF-8 as it is, every byte that is not UTF-8 as a
 * lone surrogate U+DC80–U+DCFF. Different bytes never become the same text, so two paths cannot be
 * confused, and a path that is not UTF-8 equals none that a rule names.
 */
export function textFromGit(bytes: Uint8Array): string {
  const whole = strictly(bytes);
  if (whole !== null) return whole;
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const character = strictly(bytes.subarray(at, at + lengthByLead(bytes[at] ?? 0)));
    text += character ?? String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += character === null ? 1 : lengthByLead(bytes[at] ?? 0);
  }
  return text;
}

function strictly(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function lengthByLead(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}
