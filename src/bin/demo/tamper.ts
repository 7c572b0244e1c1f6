import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const branch = "refs/heads/audit/decisions";
/** How a decision names carol; the newest that does is the one that approves. */
const approval = '"login":"carol","person":"carol"';

/** Which entry was changed. */
export interface Tampered {
  readonly seq: number;
  readonly type: string;
  /** The commit that carries the changed entry. */
  readonly commit: string;
}

/**
 * Changes one byte of the newest decision that rests on carol's approval, in a bare clone, and rewrites the branch behind
 * it so that git itself sees nothing wrong: what a person with write access to a clone could do.
 */
export async function tamper(repo: string): Promise<Tampered> {
  const git = async (...args: string[]): Promise<string> =>
    (await run("git", ["-C", repo, ...args], { maxBuffer: 64e6 })).stdout.trim();
  const commits = (await git("rev-list", "--reverse", branch)).split("\n");
  const entries = await Promise.all(
    commits.map(async (commit) => ({
      commit,
      envelope: JSON.parse(await git("show", `${commit}:entry.dsse.json`)) as { payload: string },
      message: await git("show", "-s", "--format=%B", commit),
    })),
  );
  const at = entries.findLastIndex(({ envelope }) => text(envelope).includes(approval));
  const chosen = entries[at];
  if (chosen === undefined) throw new Error("There is no approval by carol to change.");
  const payload = text(chosen.envelope).replace(approval, approval.replace("carol", "carom"));
  const envelope = { ...chosen.envelope, payload: Buffer.from(payload).toString("base64") };
  const blob = await store(repo, JSON.stringify(envelope));
  const tree = await store(repo, `100644 blob ${blob}\tentry.dsse.json\n`, ["mktree"]);

  let parent = await git("rev-parse", `${chosen.commit}^`);
  let changed = "";
  for (const entry of entries.slice(at)) {
    const own = entry === chosen ? tree : await git("rev-parse", `${entry.commit}^{tree}`);
    const identity = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.invalid"];
    parent = await git(...identity, "commit-tree", own, "-p", parent, "-m", entry.message);
    if (entry === chosen) changed = parent;
  }
  await git("update-ref", branch, parent);
  return { seq: at, type: "decision", commit: changed };
}

function text({ payload }: { readonly payload: string }): string {
  return Buffer.from(payload, "base64").toString("utf8");
}

function store(
  repo: string,
  input: string,
  command: readonly string[] = ["hash-object", "-w", "--stdin"],
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["-C", repo, ...command], { stdio: ["pipe", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output.trim());
      else reject(new Error(`git ${command.join(" ")} exited ${code ?? "by a signal"}`));
    });
    child.stdin.end(input);
  });
}
