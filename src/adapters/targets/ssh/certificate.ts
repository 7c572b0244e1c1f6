import { TargetRefused } from "../../../ports/target.ts";
import { runKeygen } from "./ssh-keygen.ts";

/** A user certificate as ssh-keygen reads it, and the file that holds it. */
export interface Certificate {
  readonly path: string;
  readonly text: string;
  readonly keyId: string;
  /** Fingerprint of the key that the certificate is for. */
  readonly publicKey: string;
  /** Fingerprint of the CA. */
  readonly authority: string;
  readonly principals: readonly string[];
  /** sshd refuses it from this instant on; `null`: never. */
  readonly validBefore: Date | null;
}

/**
 * Reads one certificate; `null` for what gives no access: another kind of key or file, a host certificate, a signature that
 * does not fit. Throws TargetRefused for a certificate whose names contain line breaks, which could say anything of itself here.
 */
export async function readCertificate(
  path: string,
  text: string,
  timeoutSeconds: number,
): Promise<Certificate | null> {
  const listing = await runKeygen(["-L", "-f", "-"], { timeoutSeconds, input: text });
  if (listing.code !== 0) return null;
  const [, type, publicKey = "", authority = "", keyId = "", validity = "", names = ""] =
    certificatePattern.exec(listing.stdout) ?? [];
  const validBefore = readValidity(validity);
  if (type === undefined || validBefore === undefined) throw unclear(path);
  if (type === "host") return null;
  const principals = names.split("\n").flatMap((line) => line.slice(indent) || []);
  return { path, text, keyId, publicKey, authority, principals, validBefore };
}

/** Whether a certificate's validity was over already at an instant. */
export function wasOverAt({ validBefore }: Certificate, instant: Date): boolean {
  return validBefore !== null && validBefore <= instant;
}

/** `null` for no end, `undefined` for a text that ssh-keygen does not write. */
function readValidity(validity: string): Date | null | undefined {
  if (/^(?:forever|after \S+)$/u.test(validity)) return null;
  const [, end] = /^(?:from \S+ to|before) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)$/u.exec(validity) ?? [];
  return end === undefined ? undefined : new Date(`${end}Z`);
}

function unclear(path: string): TargetRefused {
  return new TargetRefused(
    `${path} is a certificate that cannot be read without doubt: ` +
      "revoke it with ssh-keygen -k -u, and remove the file.",
  );
}

const indent = 16;

// The whole listing, in the order that ssh-keygen writes it: a key id or principal with a line break does not fit.
const certificatePattern = new RegExp(
  [
    String.raw`^\(stdin\):1:`,
    String.raw`Type: \S+ (user|host) certificate`,
    String.raw`Public key: \S+ (SHA256:\S+)`,
    String.raw`Signing CA: \S+ (SHA256:\S+)(?: \(using \S+\))?`,
    String.raw`Key ID: "(.*)"`,
    String.raw`Serial: \d+`,
    String.raw`Valid: (.*)`,
    String.raw`Principals: (?:\(none\)|((?:\n {${indent}}.+)+))`,
    String.raw`Critical Options: (?:\(none\)|(?:\n {${indent}}.*)+)`,
    String.raw`Extensions: (?:\(none\)|(?:\n {${indent}}.*)+)\n$`,
  ].join(String.raw`\n {8}`),
  "u",
);
