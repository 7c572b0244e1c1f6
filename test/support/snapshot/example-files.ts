import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { GovernanceFile } from "../../../src/core/model/snapshot.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));

/** The project's own governance: the fixed cast of every test. */
export const exampleFiles: readonly GovernanceFile[] = readdirSync(join(project, "governance"), {
  recursive: true,
  withFileTypes: true,
})
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({
    path: relative(project, path),
    mode: "100644",
    text: readFileSync(path, "utf8"),
  }))
  .sort((a, b) => (a.path < b.path ? -1 : 1));
