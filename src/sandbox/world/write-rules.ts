import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requiredCheckPasses } from "./required-check.ts";
import type { World } from "./world.ts";

/** Writes what the hook of the bare repository must know: protections, and the heads that pass. */
export async function writeRules(world: World): Promise<void> {
  const rules = world.protection.map((one) =>
    [one.branch, one.onlyApp ?? "-", one.pullRequestOnly ?? "-", one.requiredCheck?.context ?? "-"]
      .map((field) => field.replaceAll(" ", "_"))
      .join(" "),
  );
  await writeFile(join(world.git.folder, "sandbox-rules"), lines(rules));
  await writeFile(join(world.git.folder, "sandbox-green"), lines(passing(world)));
}

function passing(world: World): readonly string[] {
  const heads = new Set(world.checkRuns.map((run) => run.headSha));
  for (const status of world.statuses) heads.add(status.sha);
  return world.protection.flatMap((rule) => {
    const green = [...heads]
      .filter((head) => requiredCheckPasses(world, rule.branch, head) === "yes")
      .map((head) => `${rule.branch} ${head}`);
    const open = [...world.pulls.values()]
      .filter((pull) => pull.state === "open" && !pull.draft && pull.baseRef === rule.branch)
      .filter((pull) => requiredCheckPasses(world, rule.branch, pull.headOid) === "yes")
      .map((pull) => `${rule.branch} ${pull.headOid} open`);
    return [...green, ...open];
  });
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}
