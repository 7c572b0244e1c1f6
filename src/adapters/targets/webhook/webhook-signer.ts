import { Webhook } from "standardwebhooks";
import { TargetRefused } from "../../../ports/target.ts";

/** Signs a body under an id and an instant: the three headers of Standard Webhooks. */
export type WebhookSigner = (message: {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
}) => Readonly<Record<string, string>>;

/** Makes a signer. Throws TargetRefused, without repeating it, for a secret that somebody could guess. */
export function webhookSigner(secret: string): WebhookSigner {
  requireRandom(secret);
  const webhook = new Webhook(secret);
  return ({ id, at, body }) => ({
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": webhook.sign(id, at, body),
  });
}

const leastBytes = 24;
const leastDifferentBytes = 16;
// The one in the documents of Standard Webhooks.
const publicSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

// What 24 random bytes do not look like in a thousand million years: fewer than 16 different ones, or a text.
function requireRandom(secret: string): void {
  const text = secret.startsWith("whsec_") ? secret.slice("whsec_".length) : "";
  const bytes = Buffer.from(text, "base64");
  const isBase64 = /^[A-Za-z\d+/]+={0,2}$/u.test(text) && bytes.toString("base64") === text;
  if (!isBase64) throw refused("is not whsec_ and base64");
  if (bytes.length < leastBytes) throw refused(`has fewer than ${leastBytes} bytes`);
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  const isVaried = new Set(bytes).size >= leastDifferentBytes;
  if (isText || !isVaried || secret === publicSecret) throw refused("is not random");
}

function refused(what: string): TargetRefused {
  return new TargetRefused(
    `The webhook's SECRET ${what}: write whsec_ and what \`openssl rand -base64 32\` prints, here and at the receiver.`,
  );
}
