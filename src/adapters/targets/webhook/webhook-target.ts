import { providerFacts } from "../../../core/model/providers.ts";
import type { Target } from "../../../ports/target.ts";
import type { HttpSystem } from "../http/http-system.ts";
import { untilClosed } from "../http/until-closed.ts";
import { usableTimeout, usableUrl } from "../http/usable-settings.ts";
import { readSecret } from "../read-secret.ts";
import type { TargetSettings } from "../target-settings.ts";
import { provisionEvent, revokeEvent } from "./webhook-events.ts";
import { readBack } from "./webhook-read-back.ts";
import { sendEvent } from "./webhook-send.ts";
import { webhookSigner } from "./webhook-signer.ts";
import type { WebhookSigner } from "./webhook-signer.ts";

/** Where events go, where to read back, and the secret that both sides sign with. */
export interface WebhookTargetOptions {
  readonly url: string;
  readonly readBackUrl: string;
  /** `whsec_…`, as Standard Webhooks writes it. It is a secret: no message ever repeats it. */
  readonly secret: string;
  readonly timeoutSeconds: number;
  /** Gives the instant that requests are signed with; the system's clock when left out. */
  readonly now?: () => Date;
}

/**
 * Opens a receiver of signed events (Standard Webhooks), for systems that have no adapter of their own.
 *
 * The receiver's read-back decides what is held, and no answer to an event does: events are delivered at least once, and
 * a receiver may carry them out later. It must end access by itself after the event's `expiresAt`, as a second line.
 *
 * Throws TargetRefused at once when the options cannot be used; connects to nothing yet.
 */
export function openWebhookTarget(options: WebhookTargetOptions): Target {
  const access = untilClosed(usableAccess(options));
  const now = options.now ?? (() => new Date());
  return {
    capabilities: providerFacts.webhook,
    observe: async (identity) => {
      const { signer, reading } = access.get();
      // Taken before the question: the answer is at least as new as the instant it carries.
      const at = now();
      const permissions = await readBack(reading, signer, { identity, at });
      return { at: at.toISOString(), identity, permissions };
    },
    provision: async (identity, permission, expiresAt) => {
      const { signer, events } = access.get();
      const event = provisionEvent({ identity, permission }, expiresAt);
      await sendEvent(events, signer, { event, at: now() });
    },
    revoke: async (identity, permission) => {
      const { signer, events } = access.get();
      if (identity === "") return;
      await sendEvent(events, signer, { event: revokeEvent({ identity, permission }), at: now() });
    },
    sessions: () => Promise.resolve(null),
    close: () => access.drop(),
  };
}

/** Opens the target that the executor's environment describes. Throws TargetRefused. */
export function webhookTargetOf(settings: TargetSettings): Target {
  return openWebhookTarget({
    url: settings.required("URL", "give the executor the address that takes the events."),
    readBackUrl: settings.required(
      "READ_BACK_URL",
      "give the executor the address that says what an identity holds; without one nothing could be recorded.",
    ),
    secret: readSecret(settings, "SECRET", "give both sides the same whsec_ secret."),
    timeoutSeconds: settings.timeoutSeconds,
  });
}

interface WebhookAccess {
  readonly signer: WebhookSigner;
  readonly events: HttpSystem;
  readonly reading: HttpSystem;
}

function usableAccess(options: WebhookTargetOptions): WebhookAccess {
  const system = (name: string, base: URL): HttpSystem => ({
    name,
    base,
    headers: {},
    timeoutSeconds: usableTimeout(options.timeoutSeconds),
    remedy:
      "Give the executor and the receiver the same SECRET, and check both clocks: a signature is good for five minutes.",
  });
  const { url, readBackUrl, secret } = options;
  const example = (path: string) => `https://receiver.example.com/${path}`;
  return {
    signer: webhookSigner(secret),
    events: system("The webhook's receiver", usableUrl(url, "URL", example("events"))),
    reading: system(
      "The webhook's read-back",
      usableUrl(readBackUrl, "READ_BACK_URL", example("held")),
    ),
  };
}
