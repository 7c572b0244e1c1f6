import { generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openOktaTarget } from "../../src/adapters/targets/okta/okta-target.ts";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import { json } from "../support/http/front-server.ts";
import { openOktaWorld, startOkta } from "../support/okta/okta-world.ts";
import type { OktaServer, OktaWorld } from "../support/okta/okta-world.ts";
import { tokenEndpoint } from "../support/okta/token-endpoint.ts";

let okta: OktaServer;
beforeAll(async () => {
  okta = await startOkta();
});
afterAll(() => okta.stop());

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const other = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();

describe("Okta target with a key, on a stand-in of the token endpoint", () => {
  const end = new Date("2026-12-01T00:00:00Z");
  let world: OktaWorld;
  const openWith = (key: KeyObject, keyId: string | null = null) =>
    openOktaTarget({
      url: world.front.url,
      credential: { kind: "key", clientId: "0oaClient", privateKey: pem(key), keyId },
      timeoutSeconds: 5,
    });
  const register = (publicKey: KeyObject, audience = `${world.front.url}/oauth2/v1/token`) => {
    const endpoint = tokenEndpoint({ clientId: "0oaClient", publicKey, audience });
    world.front.behave(endpoint);
    return endpoint;
  };

  beforeEach(async () => {
    world = openOktaWorld(okta);
    await world.addIdentity("anna");
    await world.addPermission("read_all");
  });
  afterEach(() => world.close());

  it.each([
    ["RSA", rsa],
    ["P-256", ec],
  ])(
    "gives, reads back and takes with a key of %s, and logs in for each question",
    async (_, pair) => {
      const { seen } = register(pair.publicKey);
      const target = openWith(pair.privateKey);
      await target.provision("anna", "read_all", end);
      expect((await target.observe("anna")).permissions).toEqual(["read_all"]);
      await target.revoke("anna", "read_all");
      expect((await target.observe("anna")).permissions).toEqual([]);
      expect(seen).toHaveLength(4);
    },
  );

  it("names its key where the application has several", async () => {
    register(ec.publicKey);
    await openWith(ec.privateKey, "second").observe("anna");
    const form = new URLSearchParams(world.front.seen[0]?.body);
    const [header = ""] = (form.get("client_assertion") ?? "").split(".");
    expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual({
      alg: "ES256",
      kid: "second",
    });
  });

  it("is refused with what to register when the key or the audience is another", async () => {
    register(other.publicKey);
    const target = openWith(ec.privateKey);
    await expect(target.observe("anna")).rejects.toThrow(/400 to logging in: register the public/u);
    register(ec.publicKey, "https://acme.okta.com/oauth2/v1/token");
    await expect(target.revoke("anna", "read_all")).rejects.toThrow(TargetRefused);
    expect(world.front.seen.every(({ path }) => path === "/oauth2/v1/token")).toBe(true);
  });

  it.each([
    ["a DPoP token", { access_token: "access-token", token_type: "DPoP" }],
    ["no token", { token_type: "Bearer" }],
    ["a token with a line break", { access_token: "a\r\nb: c", token_type: "Bearer" }],
  ])("%s is no log-in", async (_, answer) => {
    world.front.behave(({ path }) => (path === "/oauth2/v1/token" ? json(200, answer) : "pass"));
    const reading = openWith(ec.privateKey).observe("anna");
    await expect(reading).rejects.toThrow(TargetUnreachable);
    await expect(reading).rejects.toThrow("without a bearer token");
  });

  it("repeats neither key, assertion nor token, whatever the server echoes", async () => {
    const endpoint = register(ec.publicKey);
    for (const status of [400, 401, 403, 404, 500]) {
      const heard: string[] = [];
      world.front.behave((request) => {
        heard.push(new URLSearchParams(request.body).get("client_assertion") ?? "access-token-");
        if (status > 401 && request.path === "/oauth2/v1/token") return endpoint(request);
        return json(status, { error: heard, errorCode: heard.join(), errorSummary: heard });
      });
      const problem: unknown = await openWith(ec.privateKey)
        .observe("anna")
        .catch((e: unknown) => e);
      expect(problem).toBeInstanceOf(Error);
      const text = inspect(problem, { depth: 10, showHidden: true });
      for (const secret of [...heard, pem(ec.privateKey)]) expect(text).not.toContain(secret);
    }
  });
});

describe("a key that Okta could not use", () => {
  const open = (privateKey: string) => () =>
    openOktaTarget({
      url: "https://acme.okta.com",
      credential: { kind: "key", clientId: "0oaClient", privateKey, keyId: null },
      timeoutSeconds: 5,
    });

  it.each([
    ["no PEM", "hunter2"],
    ["a public key", ec.publicKey.export({ type: "spki", format: "pem" }).toString()],
    ["a short one", pem(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey)],
    ["another curve", pem(generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey)],
    ["Ed25519", pem(generateKeyPairSync("ed25519").privateKey)],
  ])("is refused at once and not repeated: %s", (_, text) => {
    expect(open(text)).toThrow(TargetRefused);
    expect(open(text)).toThrow("write the PEM of an RSA key");
    expect(open(text)).not.toThrow(text);
  });
});
