import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { GovernanceFile } from "../../../src/core/model/snapshot.ts";
import type { Problem } from "../../../src/core/model/problem.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));

/** The request of the design, as committed. */
export const examplePath = "access-requests/payments-db/2026-11-21-alice-settlement.yaml";
export const exampleText = readFileSync(project + examplePath, "utf8");

/** The project's own governance/, as committed. */
export const exampleFiles: readonly GovernanceFile[] = readdirSync(`${project}governance`, {
  recursive: true,
  encoding: "utf8",
})
  .filter((name) => statSync(`${project}governance/${name}`).isFile())
  .sort()
  .map((name) => ({
    path: `governance/${name}`,
    mode: "100644",
    text: readFileSync(`${project}governance/${name}`, "utf8"),
  }));

/** Reads a table of this folder. */
export function table(name: string): unknown {
  return parse(readFileSync(`${project}test/cases/parse/${name}.yaml`, "utf8"));
}

/** Replaces text that must be there exactly once, so that a case can never silently change nothing. */
export function replaceOnce(text: string, [from, to]: readonly [string, string]): string {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`${JSON.stringify(from)} is there ${parts.length - 1} times`);
  return parts.join(to);
}

/** Shows where a problem is and what it is, as the tables write it. */
export function brief({ line, column, code }: Problem): string {
  return `${line}:${column} ${code}`;
}
