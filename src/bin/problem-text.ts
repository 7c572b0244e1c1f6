import { join, relative } from "node:path";
import type { Problem } from "../core/model/problem.ts";

/** Says a problem in two lines. Its path is shown from where the command was started, so that it can be clicked. */
export function problemText(root: string, { path, line, column, message, fix }: Problem): string {
  return `${relative("", join(root, path))}:${line}:${column}: ${message}\n  fix: ${fix}\n`;
}
