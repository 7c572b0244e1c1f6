import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openTarget } from "../../../../src/adapters/targets/open-target.ts";
import { secretSetting } from "../../../../src/adapters/targets/secret-setting.ts";
import { targetSettings } from "../../../../src/adapters/targets/target-settings.ts";
import { providerFacts } from "../../../../src/core/model/providers.ts";
import { TargetRefused } from "../../../../src/ports/target.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";

const read = (variables: Readonly<Record<string, string>>) =>
  secretSetting(targetSettings(variables, "crm", 5), "TOKEN", "give it a token.");

describe("a secret of a target", () => {
  it("comes from its variable or from the file that another one names", async () => {
    const path = join(await temporaryFolder(), "token");
    await writeFile(path, "from-a-file\n");
    expect(await read({ COUNTERSIGN_TARGET_CRM_TOKEN: "from-a-variable" })).toBe("from-a-variable");
    expect(await read({ COUNTERSIGN_TARGET_CRM_TOKEN_FILE: path })).toBe("from-a-file");
  });

  it("is refused, by the names of the variables, when it is missing, doubled, empty or unreadable", async () => {
    const folder = await temporaryFolder();
    const empty = join(folder, "empty");
    await writeFile(empty, "\n");
    await expect(read({})).rejects.toThrow("COUNTERSIGN_TARGET_CRM_TOKEN is not set: give it");
    const both = {
      COUNTERSIGN_TARGET_CRM_TOKEN: "hunter2",
      COUNTERSIGN_TARGET_CRM_TOKEN_FILE: empty,
    };
    await expect(read(both)).rejects.toSatisfy(
      (error) =>
        error instanceof TargetRefused &&
        error.message.includes("both set") &&
        !error.message.includes("hunter2"),
    );
    for (const path of [empty, join(folder, "absent"), folder]) {
      await expect(read({ COUNTERSIGN_TARGET_CRM_TOKEN_FILE: path })).rejects.toSatisfy(
        (error) =>
          error instanceof TargetRefused &&
          error.message.includes("COUNTERSIGN_TARGET_CRM_TOKEN_FILE"),
      );
    }
  });
});

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
