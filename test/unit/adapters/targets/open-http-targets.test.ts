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
});
