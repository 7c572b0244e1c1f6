import { verify } from "node:crypto";
import { isObject } from "./read-body.ts";
import { refuse } from "./refusal.ts";
import type { App } from "../world/account.ts";
import type { World } from "../world/world.ts";
import type { Json, JsonObject } from "./json.ts";

/**
 * Finds the App that signed a JSON web token. Refuses with 401 what GitHub refuses: another algorithm,
 * an unknown issuer, a wrong signature, an `iat` in the future, an `exp` that passed or lies more than
 * ten minutes ahead.
 */
export function verifyJwt(world: World, token: string): App {
  const [head = "", claims = "", signature = "", ...rest] = token.split(".");
  const header = decode(head);
  const payload = decode(claims);
  if (header === null || payload === null || rest.length > 0 || header["alg"] !== "RS256") {
    throw refuse(401, "A JSON web token could not be decoded");
  }
  const app = [...world.apps.values()].find((one) => isIssuer(one, payload["iss"]));
  if (app === undefined) throw refuse(401, "Integration not found");
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify("RSA-SHA256", signed, app.publicKey, Buffer.from(signature, "base64url"))) {
    throw refuse(401, "A JSON web token could not be decoded");
  }
  checkTimes(payload);
  return app;
}

function isIssuer(app: App, issuer: Json | undefined): boolean {
  return issuer === app.id || issuer === String(app.id) || issuer === app.clientId;
}

function checkTimes(payload: JsonObject): void {
  const now = Date.now() / 1000;
  const { iat, exp } = payload;
  if (typeof exp !== "number" || !Number.isInteger(exp) || exp <= now) {
    const rule =
      "must be a numeric value representing the future time at which the assertion expires";
    throw refuse(401, `'Expiration time' claim ('exp') ${rule}`);
  }
  if (exp > now + 600 + 5) {
    throw refuse(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (typeof iat !== "number" || !Number.isInteger(iat) || iat > now + 5) {
    const rule = "must be an Integer representing the time that the assertion was issued";
    throw refuse(401, `'Issued at' claim ('iat') ${rule}`);
  }
}

function decode(part: string): JsonObject | null {
  try {
    const value = JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
