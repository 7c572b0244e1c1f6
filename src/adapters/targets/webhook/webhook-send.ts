import { TargetRefused } from "../../../ports/target.ts";
import { oddAnswer } from "../http/http-problems.ts";
import type { HttpSystem } from "../http/http-system.ts";
import { objectOf } from "../http/json-fields.ts";
import { startQuestion } from "../http/start-question.ts";
import type { WebhookEvent } from "./webhook-events.ts";
import type { WebhookSigner } from "./webhook-signer.ts";

/** An event at the instant of an attempt; a repeated attempt has a new instant. */
export interface Attempt {
  readonly event: WebhookEvent;
  readonly at: Date;
}

/**
 * Sends an event. Returning says that the receiver took it, and nothing about what it did. An identity or permission that
 * the receiver says it does not know is TargetRefused for a provision, and done for a revoke.
 */
export async function sendEvent(
  system: HttpSystem,
  signer: WebhookSigner,
  { event, at }: Attempt,
): Promise<void> {
  const { id, type, data } = event;
  const purpose = type;
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
  const answer = await startQuestion(system)({
    method: "POST",
    path: system.base,
    purpose,
    json: [404],
    done: [200, 201, 202, 204],
    headers: { "content-type": "application/json", ...signer({ id, at, body }) },
    body,
  });
  if (answer.status !== 404) return;
  const missing = missingOf(event, objectOf(answer.body)["error"]);
  if (missing === null) throw oddAnswer(system, { purpose }, "404 without saying what is missing");
  if (type === "access.provision") {
    throw new TargetRefused(
      `${system.name} knows no ${missing}: correct the name in governance/, or add it there.`,
    );
  }
}

function missingOf({ data }: WebhookEvent, error: unknown): string | null {
  switch (error) {
    case "unknown-identity":
      return `identity ${JSON.stringify(data.identity)}`;
    case "unknown-permission":
      return `permission ${JSON.stringify(data.permission)}`;
    default:
      return null;
  }
}
