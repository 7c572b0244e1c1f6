import { createHmac, randomUUID } from "node:crypto";
import { takeFault } from "../http/faults.ts";
import { renderRepository } from "../render/repository.ts";
import { renderOrganisation, renderUser } from "../render/user.ts";
import { nodeId } from "../world/node-id.ts";
import { send } from "./send.ts";
import type { JsonObject } from "../http/json.ts";
import type { Account, App } from "../world/account.ts";
import type { World } from "../world/world.ts";

/**
 * Tells every App that subscribes to the event and has an address what happened. Deliveries leave in
 * the order of the events, one after the other, and are never tried again: like GitHub's.
 */
export function emit(world: World, event: string, what: JsonObject, sender: Account): void {
  const payload = {
    ...what,
    repository: renderRepository(world),
    organization: renderOrganisation(world),
    sender: renderUser(world, sender),
  };
  for (const app of world.apps.values()) {
    if (app.events.includes(event)) deliver(world, app, event, payload);
  }
}

/** Queues one payload for one App, unless it has no address. Faults lose or double it. */
export function deliver(world: World, app: App, event: string, what: JsonObject): void {
  const url = app.webhookUrl;
  if (url === null) return;
  const installation = {
    id: app.installationId,
    node_id: nodeId("MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u", app.installationId),
  };
  const payload: JsonObject = event === "ping" ? what : { ...what, installation };
  const body = JSON.stringify(payload);
  const signature = `sha256=${createHmac("sha256", app.webhookSecret).update(body).digest("hex")}`;
  const action = typeof payload["action"] === "string" ? payload["action"] : null;
  const fits = (match: string): boolean => match === "*" || match === event;
  const fault = takeFault(world.faults, ["lose", "double"], fits);
  const id = randomUUID();
  const times = fault?.kind === "double" ? 2 : 1;
  for (let n = 0; n < times; n += 1) {
    const base = { id, app: app.slug, event, action, url, payload, signature };
    if (fault?.kind === "lose") {
      world.deliveries.push({ ...base, outcome: "lost" });
    } else {
      const delivery = { ...base, outcome: "waiting" as const };
      world.deliveries.push(delivery);
      app.queue = app.queue.then(() => send(app, delivery, body));
    }
  }
}
