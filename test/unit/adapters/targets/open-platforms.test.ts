import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openTarget } from "../../../../src/adapters/targets/open-target.ts";
import { targetSettings } from "../../../../src/adapters/targets/target-settings.ts";
import { providerFacts } from "../../../../src/core/model/providers.ts";
import type { Provider } from "../../../../src/core/model/providers.ts";
import { TargetRefused } from "../../../../src/ports/target.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const app = { ORGANISATION: "acme", APP_ID: "7", PRIVATE_KEY: privateKey };

/** What each kind of platform must be told, and nothing more. */
const complete: Partial<Record<Provider, Readonly<Record<string, string>>>> = {
  "github-team": app,
  "github-repository": { ...app, REPOSITORIES: "payments, ledger" },
  "kubernetes-role-binding": { URL: "https://cluster.example:6443", TOKEN: "t" },
  "aws-identity-center": {
    REGION: "eu-central-1",
    INSTANCE_ARN: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
    IDENTITY_STORE_ID: "d-1234567890",
  },
};

const open = (provider: string, settings: Readonly<Record<string, string>>) => {
  const variables = Object.entries({ PROVIDER: provider, ...settings }).map(
    ([name, value]) => [`COUNTERSIGN_TARGET_IT_${name}`, value] as const,
  );
  return openTarget(targetSettings(Object.fromEntries(variables), "it", 10));
};

describe.each(Object.entries(complete))("opening %s", (provider, settings) => {
  it("takes its settings and says what the kind can do", async () => {
    const target = await open(provider, settings);
    expect(target.capabilities).toEqual(providerFacts[provider as Provider]);
    expect(await target.sessions("anna")).toBeNull();
    await target.close();
  });

  it.each(Object.keys(settings))("names the variable when %s is missing", async (missing) => {
    const rest = Object.entries(settings).filter(([name]) => name !== missing);
    await expect(open(provider, Object.fromEntries(rest))).rejects.toSatisfy(
      (error) =>
        error instanceof TargetRefused &&
        error.message.includes(`COUNTERSIGN_TARGET_IT_${missing}`),
    );
  });
});

it("takes half of a key for AWS for none", async () => {
  const half = { ...complete["aws-identity-center"], ACCESS_KEY_ID: "AKIDSTANDIN" };
  await expect(open("aws-identity-center", half)).rejects.toThrow(
    "COUNTERSIGN_TARGET_IT_SECRET_ACCESS_KEY is not set",
  );
});

it("names the variable of an authority that cannot be read", async () => {
  const settings = { ...complete["kubernetes-role-binding"], CA_FILE: "/no/such/file" };
  await expect(open("kubernetes-role-binding", settings)).rejects.toThrow(
    "COUNTERSIGN_TARGET_IT_CA_FILE",
  );
});
