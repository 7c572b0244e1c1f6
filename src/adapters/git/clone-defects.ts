import { readFile, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { runGit } from "./git-client.ts";
import { gitEnvironment } from "./git-environment.ts";

/** Something about a clone that lets git show less, or something else, than the repository holds. */
export interface CloneDefect {
  readonly code: "not-a-repository" | "shallow" | "partial" | "replaced" | "grafted";
  /** What is the matter and how to mend it. */
  readonly detail: string;
}

/** A clone that cannot prove anything: `defects` says why. */
export class CloneUnfit extends Error {
  override readonly name = "CloneUnfit";
  readonly defects: readonly CloneDefect[];
  constructor(folder: string, defects: readonly CloneDefect[]) {
    super(`${folder}: ${defects.map(({ detail }) => detail).join("; ")}`);
    this.defects = defects;
  }
}

/** Lists what is wrong with a clone as evidence; an empty list means that all of history can be read. */
export async function cloneDefects(folder: string): Promise<readonly CloneDefect[]> {
  const found = await findGitDir(folder);
  if (typeof found !== "string") return [found];
  const environment = gitEnvironment(found, "none");
  const ask = async (...args: string[]) =>
    (await runGit(environment, args)).stdout.toString("utf8").trim();
  const common = resolve(found, await ask("rev-parse", "--git-common-dir"));
  const defects: CloneDefect[] = [];
  if ((await ask("rev-parse", "--is-shallow-repository")) !== "false") defects.push(shallow);
  const promised = await ask(
    "config",
    "--get-regexp",
    "^(remote\\..*\\.promisor|extensions\\.partialclone)$",
  );
  if (promised !== "" || (await hasPromisorPack(common))) defects.push(partial);
  if ((await ask("for-each-ref", "refs/replace")) !== "") defects.push(replaced);
  if (await hasGrafts(common)) defects.push(grafted);
  return defects;
}

/** Finds the git folder of an unharmed clone. Throws CloneUnfit. */
export async function requireWholeClone(folder: string): Promise<string> {
  const defects = await cloneDefects(folder);
  const gitDir = await findGitDir(folder);
  if (defects.length === 0 && typeof gitDir === "string") return gitDir;
  throw new CloneUnfit(folder, defects);
}

/** `folder` itself must be the repository: git must not climb to another one that happens to be around it. */
async function findGitDir(folder: string): Promise<string | CloneDefect> {
  const path = resolve(folder);
  const environment = { ...gitEnvironment(null, "none"), GIT_CEILING_DIRECTORIES: dirname(path) };
  const answer = await runGit(environment, ["-C", path, "rev-parse", "--absolute-git-dir"]);
  if (answer.code === 0) return answer.stdout.toString("utf8").trimEnd();
  const detail = answer.stderr.includes("dubious ownership")
    ? "the folder belongs to another user of this machine: clone it yourself"
    : "this is not the top folder of a git repository: name a clone";
  return { code: "not-a-repository", detail };
}

async function hasPromisorPack(common: string): Promise<boolean> {
  const packs = await readdir(join(common, "objects", "pack")).catch(() => []);
  return packs.some((name) => name.endsWith(".promisor"));
}

async function hasGrafts(common: string): Promise<boolean> {
  const text = await readFile(join(common, "info", "grafts"), "utf8").catch(() => "");
  return text.split("\n").some((line) => line.trim() !== "" && !line.startsWith("#"));
}

const shallow: CloneDefect = {
  code: "shallow",
  detail:
    "the clone is shallow, so history is cut off: run `git fetch --unshallow` or clone without --depth",
};
const partial: CloneDefect = {
  code: "partial",
  detail: "the clone is partial, so objects are left out: clone without --filter",
};
const replaced: CloneDefect = {
  code: "replaced",
  detail:
    "refs/replace shows other objects than were recorded: look at `git replace -l`, then take a fresh clone",
};
const grafted: CloneDefect = {
  code: "grafted",
  detail: "info/grafts shows other parents than were recorded: take a fresh clone",
};
