import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

/** An event as the receiver read it. */
export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: {
    readonly identity: string;
    readonly permission: string;
    readonly expiresAt?: string;
  };
}

/** A receiver of signed events, as docs/targets.md asks for one, with what it keeps laid open. */
export interface WebhookReceiver {
  readonly url: string;
  readonly identities: Set<string>;
  readonly permissions: Set<string>;
  /** Ends by identity and permission; in JSON, so that no name runs into the next. */
  readonly ends: Map<string, string>;
  /** Every event that was signed well, repeated ones too. */
  readonly received: ReceivedEvent[];
  /** How many of them the receiver carried out. */
  carriedOut: number;
  /** The receiver's clock for ends. */
  now: Date;
  stop(): Promise<void>;
}

/** Starts a receiver that verifies every request with the library of Standard Webhooks. */
export async function startReceiver(secret: string): Promise<WebhookReceiver> {
  const webhook = new Webhook(secret);
  const server = createServer((incoming, outgoing) => {
    void take(receiver, webhook, incoming).then((answer) => reply(outgoing, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    identities: new Set(),
    permissions: new Set(),
    ends: new Map(),
    received: [],
    carriedOut: 0,
    now: new Date("2026-11-21T00:00:00Z"),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return receiver;
}

/** Writes the access that an end is kept under. */
export function accessKey(identity: string, permission: string): string {
  return JSON.stringify([identity, permission]);
}

interface Answer {
  readonly status: number;
  readonly body?: object;
}

async function take(
  receiver: WebhookReceiver,
  webhook: Webhook,
  incoming: IncomingMessage,
): Promise<Answer> {
  const body = await text(incoming);
  try {
    webhook.verify(body, incoming.headers as Record<string, string>, { jsonParse: false });
  } catch (error) {
    return { status: error instanceof WebhookVerificationError ? 401 : 500 };
  }
  if (incoming.method === "GET") return held(receiver, incoming.url ?? "/");
  const event = JSON.parse(body) as Omit<ReceivedEvent, "id">;
  return carryOut(receiver, { ...event, id: String(incoming.headers["webhook-id"]) });
}

function held(receiver: WebhookReceiver, path: string): Answer {
  const identity = new URL(path, receiver.url).searchParams.get("identity") ?? "";
  if (!receiver.identities.has(identity)) {
    return { status: 404, body: { identity, error: "unknown-identity" } };
  }
  const permissions = [...receiver.permissions].filter(
    (permission) =>
      (receiver.ends.get(accessKey(identity, permission)) ?? "") > receiver.now.toISOString(),
  );
  return { status: 200, body: { identity, permissions } };
}

function carryOut(receiver: WebhookReceiver, event: ReceivedEvent): Answer {
  const { identity, permission, expiresAt } = event.data;
  const key = accessKey(identity, permission);
  const isRepeated = receiver.received.some(({ id }) => id === event.id);
  receiver.received.push(event);
  if (!receiver.identities.has(identity)) {
    return { status: 404, body: { error: "unknown-identity" } };
  }
  if (!receiver.permissions.has(permission)) {
    return { status: 404, body: { error: "unknown-permission" } };
  }
  if (isRepeated && receiver.ends.has(key)) return { status: 200 };
  receiver.carriedOut += 1;
  if (event.type === "access.revoke") receiver.ends.delete(key);
  // The latest end of all: a shorter grant takes nothing from a longer one.
  else receiver.ends.set(key, [receiver.ends.get(key) ?? "", expiresAt ?? ""].sort()[1] ?? "");
  return { status: 202 };
}

function reply(outgoing: ServerResponse, { status, body }: Answer): void {
  outgoing.writeHead(status, { "content-type": "application/json" });
  outgoing.end(body === undefined ? "" : JSON.stringify(body));
}
