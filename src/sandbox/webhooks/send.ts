import type { App } from "../world/account.ts";
import type { Delivery } from "./delivery.ts";

/** Posts one delivery and notes the answer. GitHub waits ten seconds; so does this. */
export async function send(app: App, delivery: Delivery, body: string): Promise<void> {
  try {
    const response = await fetch(delivery.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/sandbox",
        "x-github-event": delivery.event,
        "x-github-delivery": delivery.id,
        "x-github-hook-id": String(app.hookId),
        "x-github-hook-installation-target-id": String(app.id),
        "x-github-hook-installation-target-type": "integration",
        "x-hub-signature-256": delivery.signature,
      },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    delivery.outcome = response.status;
  } catch {
    delivery.outcome = "failed";
  }
}
