import { timingSafeEqual } from "node:crypto";
import { armFaults } from "./faults.ts";
import { isObject, textIn } from "./read-body.ts";
import { notFound, refuse } from "./refusal.ts";
import { setWebhookUrl } from "../webhooks/set-webhook-url.ts";
import { expireTokens } from "../world/expire-tokens.ts";
import type { IncomingMessage } from "node:http";
import type { World } from "../world/world.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Reply } from "./reply.ts";

/**
 * Answers the sandbox's own endpoints, which GitHub does not have, for other programs on this machine.
 * Guarded by a token of their own.
 */
export function answerControl(
  world: World,
  controlToken: string,
  request: IncomingMessage,
  url: URL,
  body: JsonObject,
): Reply {
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${controlToken}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw refuse(401, "Bad credentials");
  }
  const path = url.pathname.slice("/_sandbox/".length);
  const app = /^apps\/([^/]+)\/webhook-url$/.exec(path)?.[1];
  if (request.method === "GET" && path === "deliveries") {
    return { status: 200, body: world.deliveries.map((one) => ({ ...one })) };
  }
  if (request.method === "PUT" && path === "faults") return armAll(world, body);
  if (request.method === "PUT" && app !== undefined) {
    setWebhookUrl(world, app, textIn(body, "url"));
    return { status: 204, body: undefined };
  }
  throw notFound();
}

/** Arms the faults named in `faults`, in order, after switching off what was armed before. */
function armAll(world: World, body: JsonObject): Reply {
  const faults = armFaults(world.faults, () => expireTokens(world));
  faults.clear();
  const list: Json = body["faults"] ?? [];
  for (const one of Array.isArray(list) ? (list as readonly Json[]) : []) {
    if (isObject(one)) armOne(faults, one);
  }
  return { status: 204, body: undefined };
}

function armOne(faults: ReturnType<typeof armFaults>, one: JsonObject): void {
  const match = textIn(one, "match") ?? "/";
  const number = (field: string, otherwise: number): number => {
    const value = one[field];
    return typeof value === "number" ? value : otherwise;
  };
  const times = number("times", 1);
  const arms = new Map([
    ["delay", () => faults.delay(match, number("milliseconds", 100))],
    ["fail", () => faults.fail(match, number("status", 502), times)],
    ["rate", () => faults.limitRate(match, number("retryAfterSeconds", 60), times)],
    ["lose", () => faults.loseDeliveries(match, times)],
    ["double", () => faults.doubleDeliveries(match, times)],
    ["expire-tokens", () => faults.expireTokens()],
  ]);
  const arm = arms.get(textIn(one, "kind") ?? "");
  if (arm === undefined) throw refuse(422, `kind must be one of ${[...arms.keys()].join(", ")}`);
  arm();
}
