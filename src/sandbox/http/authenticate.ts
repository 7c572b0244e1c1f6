import { refuse } from "./refusal.ts";
import { verifyJwt } from "./verify-jwt.ts";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";

/**
 * Finds out who asks, from an `Authorization` header: `token` or `Bearer` with a personal token, an
 * installation token or an App's JSON web token, or `Basic` with a token as password (git).
 */
export function authenticate(world: World, header: string | undefined): Actor {
  const [scheme = "", value = ""] = (header ?? "").split(" ");
  const secret = scheme.toLowerCase() === "basic" ? passwordOf(value) : value;
  if (secret === "") throw refuse(401, "Requires authentication");
  if (secret.split(".").length === 3) {
    const app = verifyJwt(world, secret);
    return { kind: "app", app, account: app.bot };
  }
  const token = world.tokens.get(secret);
  if (token === undefined) throw refuse(401, "Bad credentials");
  if (token.kind === "person") {
    return { kind: "person", person: token.person, account: token.person.account };
  }
  if (token.expiresAt <= Date.now()) throw refuse(401, "Bad credentials");
  return {
    kind: "installation",
    app: token.app,
    permissions: token.permissions,
    repositories: token.repositories,
    account: token.app.bot,
  };
}

function passwordOf(base64: string): string {
  const text = Buffer.from(base64, "base64").toString("utf8");
  return text.slice(text.indexOf(":") + 1);
}
