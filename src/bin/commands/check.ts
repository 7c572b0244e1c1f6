import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { roleLint } from "../../core/evaluate/role-lint.ts";
import type { Governance } from "../../core/model/governance.ts";
import type { Parsed, Problem } from "../../core/model/problem.ts";
import { checkCatalogue } from "../../core/parse/check-catalogue.ts";
import { governedPath } from "../../core/parse/governed-path.ts";
import { parseGovernance } from "../../core/parse/parse-governance.ts";
import { parseRequest } from "../../core/parse/parse-request.ts";
import type { CommandOutput } from "../command.ts";
import { readPolicyTables } from "../policy-test/read-policy-tables.ts";
import { problemText } from "../problem-text.ts";
import { findRoot, readGovernanceFolder, readTreeFile } from "../working-tree.ts";
import type { TreeFile } from "../working-tree.ts";

const usage = "Usage: countersign check FILE… [--root DIR] [--json]\n";

/**
 * Checks request and governance files of a working tree as the gate would read them. Checking one file of
 * `governance/` checks them all, because they have to fit together. Returns 0 when everything is right, 1
 * when there are problems, 2 when something could not be read, 3 for misuse.
 */
export async function check(args: readonly string[], io: CommandOutput): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") {
    io.stderr(`${options}\n${usage}`);
    return 3;
  }
  const trees = new Map<string, CheckedTree>();
  const checked = new Map<string, CheckedFile>();
  const unread: string[] = [];
  for (const file of options.files) {
    try {
      for (const result of await checkFile(resolve(file), options.root, trees)) {
        checked.set(join(result.root, result.path), result);
      }
    } catch (error) {
      unread.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const files = [...checked.values()];
  io.stdout(options.json === "yes" ? inJson(files) : files.map(inWords).join(""));
  unread.forEach((message) => io.stderr(`${message}\n`));
  if (files.some(({ problems }) => problems.length > 0)) return 1;
  return unread.length === 0 ? 0 : 2;
}

/** The governance of one working tree, and what is wrong with the decision tables beside it. */
interface CheckedTree {
  readonly governance: Parsed<Governance>;
  readonly tableProblems: readonly Problem[];
}

interface CheckedFile {
  readonly root: string;
  readonly path: string;
  readonly problems: readonly Problem[];
}

interface Options {
  readonly files: readonly string[];
  readonly root: string | undefined;
  readonly json: "yes" | "no";
}

function readOptions(args: readonly string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: "boolean" }, root: { type: "string" } },
    });
    if (positionals.length === 0) return "Name at least one file.";
    return { files: positionals, root: values.root, json: values.json === true ? "yes" : "no" };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Throws when the file or the governance it is judged by cannot be read. */
async function checkFile(
  file: string,
  givenRoot: string | undefined,
  trees: Map<string, CheckedTree>,
): Promise<readonly CheckedFile[]> {
  const root = givenRoot === undefined ? await findRoot(dirname(file)) : resolve(givenRoot);
  if (root === null) {
    throw new Error("no folder above it has a governance/; name the repository with --root DIR");
  }
  const tree = await readTreeFile(root, file);
  const { governance, tableProblems } = trees.get(root) ?? (await checkTree(root));
  trees.set(root, { governance, tableProblems });
  const isGovernance = governedPath(tree.path).area === "governance";
  const problems = isGovernance ? [] : fileProblems(tree, governance);
  const own: CheckedFile = { root, path: tree.path, problems };
  if (isGovernance) {
    const lint = governance.ok ? roleLint(governance.value) : [];
    return [
      own,
      ...byFile(root, governance.ok ? [...tableProblems, ...lint] : governance.problems),
    ];
  }
  // Without governance nobody can say that a request is right, so only the reason is shown.
  return governance.ok || problems.length > 0 ? [own] : byFile(root, governance.problems);
}

/** A request is not judged by decision tables, so their problems are kept apart. */
async function checkTree(root: string): Promise<CheckedTree> {
  const files = await readGovernanceFolder(root);
  const tables = readPolicyTables(files);
  return { governance: parseGovernance(files), tableProblems: tables.ok ? [] : tables.problems };
}

/** Problems of governance, file by file; the file that was asked for is replaced by its own. */
function byFile(root: string, problems: readonly Problem[]): readonly CheckedFile[] {
  const paths = [...new Set(problems.map(({ path }) => path))];
  return paths.map((path) => ({
    root,
    path,
    problems: problems.filter((problem) => problem.path === path),
  }));
}

function fileProblems(
  { path, mode, bytes }: TreeFile,
  governance: Parsed<Governance>,
): readonly Problem[] {
  const place = governedPath(path);
  if (place.area === "ungoverned" || place.area === "governance") return [atFile(path, ungoverned)];
  if (mode === "120000") return [atFile(path, link)];
  if (mode !== "100644") return [atFile(path, unusual)];
  if (bytes === null) return [atFile(path, oversize)];
  const request = parseRequest(path, bytes);
  if (!request.ok) return request.problems;
  return governance.ok ? checkCatalogue(request.value, governance.value, path, bytes) : [];
}

type Fault = Pick<Problem, "code" | "message" | "fix">;

const ungoverned: Fault = {
  code: "ungoverned",
  message: "The file is not governed: it asks for nothing and decides nothing.",
  fix: "Name a file under access-requests/ or governance/.",
};
const link: Fault = {
  code: "symbolic-link",
  message: "The file is a symbolic link; it could point anywhere.",
  fix: "Replace the link by an ordinary file with the text itself.",
};
const unusual: Fault = {
  code: "wrong-mode",
  message: "The file is executable, or no file at all; git would not record it with mode 100644.",
  fix: "Make it an ordinary file: `chmod 644`.",
};
const oversize: Fault = {
  code: "too-large",
  message: "The file is larger than any governed file.",
  fix: "Shorten the file to at most 16384 bytes.",
};

function atFile(path: string, fault: Fault): Problem {
  return { path, line: 1, column: 1, ...fault };
}

function inJson(files: readonly CheckedFile[]): string {
  const shown = files.map(({ path, problems }) => ({ path, ok: problems.length === 0, problems }));
  return `${JSON.stringify({ files: shown }, null, 2)}\n`;
}

function inWords({ root, path, problems }: CheckedFile): string {
  if (problems.length === 0) return `${relative("", join(root, path))}: ok\n`;
  return problems.map((problem) => problemText(root, problem)).join("");
}
