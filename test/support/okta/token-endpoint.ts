import { verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { json } from "../http/front-server.ts";
import type { Behaviour, FrontAnswer, SeenRequest } from "../http/front-server.ts";

/** What the stand-in knows of the executor's application. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly publicKey: KeyObject;
  /** What the assertion must be made for. */
  readonly audience: string;
}

/** What an assertion said. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * A stand-in for Okta's token endpoint, which the emulator has without keys: it lets in who signs an assertion after RFC
 * 7523 with the registered key, once, and passes on what comes with the token that it gave.
 */
export function tokenEndpoint(client: RegisteredClient): Behaviour & { readonly seen: Claims[] } {
  const seen: Claims[] = [];
  const given = new Set<string>();
  const behaviour = (request: SeenRequest): FrontAnswer | "pass" => {
    if (request.path !== "/oauth2/v1/token") {
      return given.has(String(request.headers["authorization"])) ? "pass" : json(401, {});
    }
    const claims = verifiedClaims(client, new URLSearchParams(request.body));
    const isNew = claims !== null && !seen.some(({ jti }) => jti === claims["jti"]);
    if (!isNew) return json(400, { error: "invalid_client" });
    seen.push(claims);
    const token = `access-token-${String(seen.length)}`;
    given.add(`Bearer ${token}`);
    return json(200, { access_token: token, token_type: "Bearer", expires_in: 3600 });
  };
  return Object.assign(behaviour, { seen });
}

function verifiedClaims(client: RegisteredClient, form: URLSearchParams): Claims | null {
  const [header = "", claims = "", signature = ""] = (form.get("client_assertion") ?? "").split(
    ".",
  );
  const isSigned = verify(
    "sha256",
    Buffer.from(`${header}.${claims}`),
    { key: client.publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  const said = JSON.parse(Buffer.from(claims, "base64url").toString()) as Claims;
  const now = Date.now() / 1000;
  const isFresh = Number(said["exp"]) > now && Number(said["exp"]) <= now + 300;
  const isOurs =
    said["iss"] === client.clientId &&
    said["sub"] === client.clientId &&
    said["aud"] === client.audience &&
    form.get("grant_type") === "client_credentials" &&
    form.get("scope") === "okta.users.read okta.groups.manage";
  return isSigned && isFresh && isOurs ? said : null;
}
