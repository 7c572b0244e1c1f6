import { createHash, randomUUID } from "node:crypto";

/** Whose access to what an event is about. */
export interface EventAccess {
  readonly identity: string;
  readonly permission: string;
}

/** One event, before it has an instant and a signature. */
export type WebhookEvent =
  | {
      readonly id: string;
      readonly type: "access.provision";
      readonly data: EventAccess & { readonly expiresAt: string };
    }
  | { readonly id: string; readonly type: "access.revoke"; readonly data: EventAccess };

/** Makes the event that gives access. Its id is the same for the same access and end: repeated, it is one event. */
export function provisionEvent(
  { identity, permission }: EventAccess,
  expiresAt: Date,
): WebhookEvent {
  const type = "access.provision";
  const end = expiresAt.toISOString();
  const key = JSON.stringify([type, identity, permission, end]);
  const id = `evt_${createHash("sha256").update(key).digest("hex")}`;
  return { id, type, data: { identity, permission, expiresAt: end } };
}

/**
 * Makes the event that takes access away. Each has an id of its own: it is sent for what is held, and a receiver that took
 * it for one it has seen, perhaps for an earlier grant, would leave the access live.
 */
export function revokeEvent({ identity, permission }: EventAccess): WebhookEvent {
  return { id: `evt_${randomUUID()}`, type: "access.revoke", data: { identity, permission } };
}
