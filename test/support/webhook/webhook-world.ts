import { openWebhookTarget } from "../../../src/adapters/targets/webhook/webhook-target.ts";
import type { HttpTargetWorld } from "../../contract/target-http.contract.ts";
import { startFront } from "../http/front-server.ts";
import type { FrontServer } from "../http/front-server.ts";
import { accessKey, startReceiver } from "./webhook-receiver.ts";
import type { WebhookReceiver } from "./webhook-receiver.ts";

/** A receiver of events with what it keeps laid open. */
export interface WebhookWorld extends HttpTargetWorld {
  readonly receiver: WebhookReceiver;
}

/** A running receiver and the front before it, for one file of tests. */
export interface WebhookServer {
  readonly receiver: WebhookReceiver;
  readonly front: FrontServer;
  stop(): Promise<void>;
}

/** The secret that target and receiver share in the tests. */
export const sharedSecret = `whsec_${Buffer.from("5e1f9c0a77d24be3b8a6c4f0912d3e5f68b7a1c2d4e6f809", "hex").toString("base64")}`;

/** Starts a receiver in this process. */
export async function startWebhook(): Promise<WebhookServer> {
  const receiver = await startReceiver(sharedSecret);
  const front = await startFront(receiver.url);
  return {
    receiver,
    front,
    stop: async () => {
      await front.close();
      await receiver.stop();
    },
  };
}

/** Opens a target on the receiver, which forgets everything first. */
export function openWebhookWorld({ receiver, front }: WebhookServer): WebhookWorld {
  receiver.identities.clear();
  receiver.permissions.clear();
  receiver.ends.clear();
  receiver.received.length = 0;
  receiver.carriedOut = 0;
  receiver.now = new Date("2026-11-21T00:00:00Z");
  front.reset();
  const openAt = (base: string, timeoutSeconds: number) =>
    openWebhookTarget({
      url: `${base}/events?key=1`,
      readBackUrl: `${base}/held?key=2`,
      secret: sharedSecret,
      timeoutSeconds,
    });
  const target = openAt(front.url, 10);
  const later = (act: () => void): Promise<void> => Promise.resolve().then(act);
  const forget = (matches: (identity: string, permission: string) => boolean): void => {
    for (const key of receiver.ends.keys()) {
      const [identity = "", permission = ""] = JSON.parse(key) as readonly string[];
      if (matches(identity, permission)) receiver.ends.delete(key);
    }
  };
  return {
    receiver,
    target,
    front,
    secrets: [sharedSecret, sharedSecret.slice("whsec_".length), "key=1", "key=2"],
    remedy: "the same SECRET",
    impatient: (timeoutSeconds) => openAt(front.url, timeoutSeconds),
    addIdentity: (name) => later(() => void receiver.identities.add(name)),
    addPermission: (name) => later(() => void receiver.permissions.add(name)),
    dropIdentity: (name) =>
      later(() => {
        receiver.identities.delete(name);
        forget((identity) => identity === name);
      }),
    dropPermission: (name) =>
      later(() => {
        receiver.permissions.delete(name);
        forget((_, permission) => permission === name);
      }),
    give: (identity, permission) =>
      later(() => void receiver.ends.set(accessKey(identity, permission), "9999-12-31T00:00:00Z")),
    unreachable: () => openAt("http://127.0.0.1:1", 2),
    close: () => target.close(),
  };
}
