import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSecret } from "../../../../src/adapters/targets/read-secret.ts";
import { targetSettings } from "../../../../src/adapters/targets/target-settings.ts";
import { TargetRefused } from "../../../../src/ports/target.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";

const read = (variables: Readonly<Record<string, string>>) =>
  readSecret(targetSettings(variables, "crm", 5), "TOKEN", "Give it a token.");

function refusal(variables: Readonly<Record<string, string>>): string {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof TargetRefused) return error.message;
    throw error;
  }
  throw new Error("It was read.");
}

describe("a secret of a target", () => {
  it("comes from its variable or from the file that another one names", async () => {
    const path = join(await temporaryFolder(), "token");
    await writeFile(path, "from-a-file\n");
    expect(read({ COUNTERSIGN_TARGET_CRM_TOKEN: "from-a-variable" })).toBe("from-a-variable");
    expect(read({ COUNTERSIGN_TARGET_CRM_TOKEN_FILE: path })).toBe("from-a-file");
  });

  it("is refused by the name of its variable when it is missing, empty or unreadable", async () => {
    const folder = await temporaryFolder();
    const empty = join(folder, "empty");
    await writeFile(empty, "\n");
    expect(refusal({})).toContain("COUNTERSIGN_TARGET_CRM_TOKEN is not set: Give it a token.");
    for (const path of [empty, join(folder, "absent"), folder]) {
      const message = refusal({ COUNTERSIGN_TARGET_CRM_TOKEN_FILE: path });
      expect(message).toContain("COUNTERSIGN_TARGET_CRM_TOKEN_FILE");
    }
  });

  it("is refused when it is there twice, because nobody could tell which one is in use", () => {
    const message = refusal({
      COUNTERSIGN_TARGET_CRM_TOKEN: "hunter2",
      COUNTERSIGN_TARGET_CRM_TOKEN_FILE: "/run/secrets/token",
    });
    expect(message).toContain("both set");
    expect(message).not.toContain("hunter2");
  });
});
