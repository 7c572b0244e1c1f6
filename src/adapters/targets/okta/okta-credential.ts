import { createPrivateKey, randomUUID, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { TargetRefused } from "../../../ports/target.ts";
import { oddAnswer } from "../http/http-problems.ts";
import type { Ask } from "../http/http-system.ts";
import { objectOf, textOf } from "../http/json-fields.ts";
import { isHeaderText, usableToken } from "../http/usable-settings.ts";

/** How the executor logs in: an API token, or the key of a service application. All of it is secret but the ids. */
export type OktaCredential =
  | { readonly kind: "token"; readonly token: string }
  | {
      readonly kind: "key";
      readonly clientId: string;
      /** PEM, of an RSA key of at least 2048 bits or a key on P-256. */
      readonly privateKey: string;
      /** Which of the application's keys it is; `null` where there is one only. */
      readonly keyId: string | null;
    };

/** Makes requests of one question with a credential. */
export type LogIn = (ask: Ask) => Promise<Ask>;

/**
 * Prepares to log in. An API token is good until somebody withdraws it; with a key each question gets a token of its own,
 * which lasts an hour and may do what its scopes say (P12). Throws TargetRefused, without repeating it, for a credential
 * that cannot be used; asks nothing yet.
 */
export function oktaLogIn(credential: OktaCredential, base: URL): LogIn {
  if (credential.kind === "token") {
    const authorization = `SSWS ${usableToken(credential.token)}`;
    return (ask) => Promise.resolve(withAuthorization(ask, authorization));
  }
  const client: OktaClient = {
    clientId: credential.clientId,
    keyId: credential.keyId,
    key: usableKey(credential.privateKey),
    endpoint: new URL("oauth2/v1/token", base),
  };
  return async (ask) => withAuthorization(ask, `Bearer ${await accessToken(ask, client)}`);
}

interface OktaClient {
  readonly clientId: string;
  readonly keyId: string | null;
  readonly key: KeyObject;
  readonly endpoint: URL;
}

const purpose = "logging in";
const scopes = "okta.users.read okta.groups.manage";
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const assertionSeconds = 60;

async function accessToken(ask: Ask, client: OktaClient): Promise<string> {
  const answer = await ask({
    method: "POST",
    path: client.endpoint,
    purpose,
    json: [200],
    done: [400, 401],
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      scope: scopes,
      client_assertion_type: assertionType,
      client_assertion: signedAssertion(client, Math.floor(Date.now() / 1000)),
    }).toString(),
  });
  if (answer.status !== 200) throw keyRefused(answer.status);
  const { access_token: token, token_type: type } = objectOf(answer.body);
  const text = textOf(token);
  if (type === "Bearer" && text !== null && isHeaderText(text)) return text;
  throw oddAnswer({ name: "Okta" }, { purpose }, "without a bearer token");
}

/** Writes the assertion of RFC 7523 that Okta asks for: short-lived, for this endpoint alone, and never the same twice. */
function signedAssertion({ clientId, keyId, key, endpoint }: OktaClient, now: number): string {
  const alg = key.asymmetricKeyType === "rsa" ? "RS256" : "ES256";
  const header = keyId === null ? { alg } : { alg, kid: keyId };
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: endpoint.href,
    iat: now,
    exp: now + assertionSeconds,
    jti: randomUUID(),
  };
  const signed = [header, claims].map((part) => base64url(JSON.stringify(part))).join(".");
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}

function withAuthorization(ask: Ask, authorization: string): Ask {
  return (request) => ask({ ...request, headers: { ...request.headers, authorization } });
}

// The library's own error can quote what it could not read.
function usableKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw unusableKey("cannot be read");
  }
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "rsa" && modulusLength >= 2048) return key;
  if (namedCurve === "prime256v1") return key;
  throw unusableKey("is of another kind");
}

function unusableKey(what: string): TargetRefused {
  return new TargetRefused(
    `The target's PRIVATE_KEY ${what}: write the PEM of an RSA key of at least 2048 bits, or of a key on P-256, without a ` +
      "passphrase.",
  );
}

function keyRefused(status: number): TargetRefused {
  return new TargetRefused(
    `Okta answered ${status} to ${purpose}: register the public half of PRIVATE_KEY with the application that CLIENT_ID ` +
      `names, grant it the scopes ${scopes}, switch off "Require DPoP", and check the executor's clock.`,
  );
}
