import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppPermissions } from "../../../src/adapters/github/app-permissions.ts";
import { githubApp } from "../../../src/adapters/github/github-client.ts";
import type { GitHubApp } from "../../../src/adapters/github/github-client.ts";
import { githubReader } from "../../../src/adapters/github/github-reader.ts";
import { githubWriter } from "../../../src/adapters/github/github-writer.ts";
import { startSandbox } from "../../../src/sandbox/start-sandbox.ts";
import type { Sandbox } from "../../../src/sandbox/start-sandbox.ts";
import { recordingFetch } from "../github/recording-fetch.ts";
import type { RecordingFetch } from "../github/recording-fetch.ts";
import type { ForgeScene } from "./forge-contract.ts";
import { gitIn } from "../git/git-in.ts";
import { impatient } from "./test-octokit.ts";

/** The contract's scene on a running sandbox, with the doors to its other sides. */
export interface SandboxScene extends ForgeScene {
  readonly sandbox: Sandbox;
  readonly app: GitHubApp;
  readonly recording: RecordingFetch;
  /** Signs in once more, with other permissions. */
  signIn(permissions: AppPermissions): Promise<GitHubApp>;
  /** Asks as a person; `method` and path as GitHub documents them. */
  as(login: string, method: string, path: string, body?: object): Promise<Answer>;
}

type Answer = Readonly<Record<string, unknown>>;

const base = "/repos/acme/access";
const place = { owner: "acme", repository: "access" };
const gatePermissions = {
  checks: "write",
  contents: "write",
  issues: "write",
  pull_requests: "write",
  statuses: "read",
  metadata: "read",
  members: "read",
} as const;

/** Starts a sandbox with `acme/access`, its people and the gate's App, and signs in as the App. */
export async function sandboxScene(): Promise<SandboxScene> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-forge-"));
  const sandbox = await startSandbox({
    ...place,
    ...{ repositoryId: 700001, folder: join(folder, "access.git"), port: 0 },
    files: [{ path: "governance/ROLES", content: "[approver]\n* @acme/risk\n" }],
    people: people.map(([login, id]) => ({ login, id, access: "write" })),
    teams: [{ slug: "risk", members: ["carol", "judy"] }],
    apps: [
      {
        slug: "countersign-gate",
        id: 55,
        botId: 900001,
        permissions: gatePermissions,
        webhookUrl: null,
        events: [],
      },
    ],
    protection: [
      {
        branch: "main",
        requiredCheck: { context: "countersign", app: "countersign-gate" },
        pullRequestOnly: "yes",
      },
    ],
  });
  const recording = recordingFetch({ allowedOrigins: [new URL(sandbox.apiUrl).origin] });
  const gate = sandbox.apps[0];
  if (gate === undefined) throw new Error("the sandbox has no App");
  const signIn = (permissions: AppPermissions) =>
    githubApp({
      ...place,
      ...{ appId: gate.id, privateKey: gate.privateKey, apiUrl: sandbox.apiUrl, permissions },
      ...{ fetch: recording.fetch, patience: impatient },
    });
  const app = await signIn(gatePermissions);
  const as = (login: string, method: string, path: string, body?: object) =>
    ask(recording.fetch, sandbox, { login, method, path, body });
  return {
    ...{ sandbox, app, recording, signIn, as },
    reader: githubReader({ octokit: app.reads, ...place, governedBranch: "main" }),
    writer: githubWriter({
      octokit: app.octokit,
      reads: app.reads,
      ...place,
      governedBranch: "main",
      appId: gate.id,
    }),
    ...acts(as),
    async forcePush(number) {
      const pull = await as("bob", "GET", `${base}/pulls/${number}`);
      return replaceHead(sandbox, folder, textIn(pull["head"], "ref"));
    },
    async stop() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const people: readonly (readonly [string, number])[] = [
  ["alice", 1001],
  ["bob", 1002],
  ["carol", 1003],
  ["judy", 1010],
];

function acts(
  as: SandboxScene["as"],
): Omit<ForgeScene, "reader" | "writer" | "forcePush" | "stop"> {
  const addFile = async (branch: string, path: string): Promise<string> => {
    const content = Buffer.from(`${path}\n`).toString("base64");
    const body = { message: `Add ${path}`, content, branch };
    const { commit } = await as("alice", "PUT", `${base}/contents/${path}`, body);
    return textIn(commit, "sha");
  };
  return {
    async openPull(branch, path) {
      const main = await as("alice", "GET", `${base}/git/ref/heads/main`);
      const sha = textIn(main["object"], "sha");
      await as("alice", "POST", `${base}/git/refs`, { ref: `refs/heads/${branch}`, sha });
      const head = await addFile(branch, path);
      const body = { title: `Add ${path}`, head: branch, base: "main" };
      const { number } = await as("alice", "POST", `${base}/pulls`, body);
      return { number: Number(number), head };
    },
    async push(number) {
      const pull = await as("alice", "GET", `${base}/pulls/${number}`);
      return addFile(textIn(pull["head"], "ref"), `notes/${number}.md`);
    },
    async approve(number) {
      await as("bob", "POST", `${base}/pulls/${number}/reviews`, { event: "APPROVE" });
    },
    async dismiss(number) {
      const reviews = await as("carol", "GET", `${base}/pulls/${number}/reviews`);
      const { id } = (reviews as unknown as readonly { id: number }[])[0] ?? { id: 0 };
      const path = `${base}/pulls/${number}/reviews/${id}/dismissals`;
      await as("carol", "PUT", path, { message: "Not any more" });
    },
    async deleteBranch(branch) {
      await as("alice", "DELETE", `${base}/git/refs/heads/${branch}`);
    },
    async closePull(number) {
      await as("alice", "PATCH", `${base}/pulls/${number}`, { state: "closed" });
    },
    async conclusions(head) {
      const query = "check_name=countersign&filter=all";
      const { check_runs } = await as("bob", "GET", `${base}/commits/${head}/check-runs?${query}`);
      return (check_runs as readonly { conclusion: string | null }[]).map((run) => run.conclusion);
    },
  };
}

/** Lets bob push a commit of his own over the head of a branch, with git. */
async function replaceHead(sandbox: Sandbox, folder: string, branch: string): Promise<string> {
  const clone = await mkdtemp(join(folder, "clone-"));
  const url = new URL(`${sandbox.serverUrl}/${sandbox.repository}.git`);
  url.username = "bob";
  url.password = sandbox.tokens["bob"] ?? "";
  await gitIn(clone, ["clone", "--quiet", "--branch", branch, url.href, "."]);
  const author = "bob <1002+bob@users.noreply.github.com>";
  await gitIn(clone, ["commit", "--quiet", "--amend", "--author", author, "-m", "Bob's own"]);
  await gitIn(clone, ["push", "--quiet", "--force", "origin", branch]);
  return gitIn(clone, ["rev-parse", "HEAD"]);
}

interface Asked {
  readonly login: string;
  readonly method: string;
  readonly path: string;
  readonly body: object | undefined;
}

async function ask(fetching: typeof fetch, sandbox: Sandbox, asked: Asked): Promise<Answer> {
  const { login, method, path, body } = asked;
  const response = await fetching(`${sandbox.apiUrl}${path}`, {
    method,
    headers: {
      authorization: `token ${sandbox.tokens[login] ?? ""}`,
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = response.status === 204 ? {} : ((await response.json()) as Answer);
  if (response.ok) return answer;
  throw new Error(
    `${login}: ${method} ${path} was answered ${response.status} ${JSON.stringify(answer)}`,
  );
}

function textIn(value: unknown, key: string): string {
  const found = (value as Answer | null)?.[key];
  if (typeof found === "string") return found;
  throw new Error(`the sandbox answered no ${key}`);
}
