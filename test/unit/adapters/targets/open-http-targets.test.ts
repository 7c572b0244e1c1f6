import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openTarget } from "../../../../src/adapters/targets/open-target.ts";
import { targetSettings } from "../../../../src/adapters/targets/target-settings.ts";
import { providerFacts } from "../../../../src/core/model/providers.ts";

describe("the targets over HTTP", () => {
  const url = "https://acme.example";
  const secret = `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`;
  const open = (kind: string, settings: Readonly<Record<string, string>>) => {
    const variables = Object.entries({ PROVIDER: kind, ...settings });
    const named = variables.map(([name, value]) => [`COUNTERSIGN_TARGET_CRM_${name}`, value]);
    return openTarget(
      targetSettings(Object.fromEntries(named) as Record<string, string>, "crm", 5),
    );
  };

  it.each([
    ["okta-group", { URL: url, TOKEN: "00token" }],
    ["scim-group", { URL: url, TOKEN: "00token" }],
    ["webhook", { URL: url, READ_BACK_URL: url, SECRET: secret }],
  ] as const)("%s opens with its settings and asks for each that is missing", async (kind, all) => {
    expect((await open(kind, all)).capabilities).toBe(providerFacts[kind]);
    for (const missing of Object.keys(all)) {
      const settings = Object.fromEntries(Object.entries(all).filter(([name]) => name !== missing));
      await expect(open(kind, settings)).rejects.toThrow(
        `COUNTERSIGN_TARGET_CRM_${missing} is not set`,
      );
    }
  });

  it("okta-group logs in by a token or by a key, never by both", async () => {
    const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const PRIVATE_KEY = key.export({ type: "pkcs8", format: "pem" }).toString();
    const all = { URL: url, CLIENT_ID: "0oa", PRIVATE_KEY };
    expect((await open("okta-group", all)).capabilities).toBe(providerFacts["okta-group"]);
    await expect(open("okta-group", { URL: url, CLIENT_ID: "0oa" })).rejects.toThrow(
      "COUNTERSIGN_TARGET_CRM_PRIVATE_KEY is not set",
    );
    for (const token of [{ TOKEN: "00token" }, { TOKEN_FILE: "/run/secrets/token" }]) {
      await expect(open("okta-group", { ...all, ...token })).rejects.toThrow("keep one");
    }
  });
});
