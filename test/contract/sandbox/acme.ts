import { createSign } from "node:crypto";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { startSandbox } from "../../../src/sandbox/start-sandbox.ts";
import { validateResponse, validateWebhook } from "../../support/github/description.ts";
import type { AddressInfo } from "node:net";
import type { IncomingHttpHeaders } from "node:http";
import type { Sandbox } from "../../../src/sandbox/start-sandbox.ts";
import type { SandboxOptions } from "../../../src/sandbox/sandbox-options.ts";

const run = promisify(execFile);

/** One answer; `at` reads a value by its path in the body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  at(path: string): unknown;
}

/** What the webhook's receiver got. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A sandbox with the cast of the tests, whose every answer is held against GitHub's description. */
export interface Acme {
  readonly sandbox: Sandbox;
  readonly received: readonly Received[];
  /** Asks as a person (by login) or with any token. A REST answer must fit the description. */
  ask(who: string, method: string, path: string, body?: object): Promise<Answer>;
  /** Asks without holding the answer against the description: for what GitHub does not serve. */
  askAnything(token: string | null, method: string, path: string, body?: object): Promise<Answer>;
  query(who: string, query: string, variables?: object): Promise<Answer>;
  /** Issues an installation token, narrowed by `body`. */
  token(slug: string, body?: object): Promise<string>;
  jwt(slug: string, claims?: object, key?: string): string;
  /** Runs git in the clone of a person, which is made when it is first needed. */
  git(login: string, ...args: string[]): Promise<string>;
  /** Commits files on a branch that starts at `from` and pushes it; returns the head. */
  push(
    login: string,
    branch: string,
    files: Record<string, string>,
    options?: PushOptions,
  ): Promise<string>;
  /** Pushes a branch with one request file and opens a pull request; returns its number. */
  open(
    login: string,
    branch: string,
    files: Record<string, string>,
    base?: string,
  ): Promise<number>;
  /** Lets the gate's App publish its check on a head. */
  check(head: string, conclusion: string, slug?: string): Promise<Answer>;
  close(): Promise<void>;
}

/** How to push. */
export interface PushOptions {
  readonly from?: string;
  readonly force?: "yes";
  readonly message?: string;
}

/** Base of every path of the repository. */
export const repo = "/repos/acme/access";

const every = [
  ...["pull_request", "pull_request_review", "push"],
  ...["issues", "issue_comment", "check_run"],
];
const most = {
  checks: "write",
  contents: "write",
  issues: "write",
  members: "read",
  pull_requests: "write",
  statuses: "write",
};

/** Starts the small GitHub with its cast. */
export async function startAcme(more: Partial<SandboxOptions> = {}): Promise<Acme> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  const received: Received[] = [];
  const hook = await listen(received);
  const sandbox = await startSandbox({
    owner: "acme",
    repository: "access",
    repositoryId: 700_001,
    folder: join(folder, "access.git"),
    port: 0,
    files: [
      { path: "README.md", content: "access\n" },
      { path: "governance/ROLES", content: "approver bob\n" },
    ],
    people: [
      { login: "alice", id: 1001, access: "write", email: "alice@acme.example" },
      { login: "bob", id: 1002, access: "write", email: "bob@acme.example" },
      { login: "carol", id: 1003, access: "admin" },
      { login: "mallory", id: 1066, access: "read" },
    ],
    teams: [{ slug: "risk", members: ["carol"] }],
    apps: [
      { slug: "gate", id: 101, permissions: most, webhookUrl: hook.url, events: every },
      { slug: "other", id: 102, permissions: most, webhookUrl: null, events: every },
    ],
    protection: [{ branch: "main", requiredCheck: { context: "countersign", app: "gate" } }],
    ...more,
  });
  return bind(sandbox, folder, received, hook.close);
}

function bind(
  sandbox: Sandbox,
  folder: string,
  received: readonly Received[],
  closeHook: () => void,
): Acme {
  const tokenOf = (who: string): string => sandbox.tokens[who] ?? who;
  const appOf = (slug: string) => {
    const app = sandbox.apps.find((one) => one.slug === slug);
    if (app === undefined) throw new Error(`no App ${slug}`);
    return app;
  };
  const acme: Acme = {
    sandbox,
    received,
    ask: async (who, method, path, body) => {
      const answer = await request(sandbox, tokenOf(who), method, path, body);
      const [bare = ""] = path.split("?");
      expect(validateResponse(method, bare, answer.status, answer.body)).toEqual([]);
      return answer;
    },
    askAnything: (token, method, path, body) => request(sandbox, token, method, path, body),
    query: (who, query, variables = {}) =>
      request(sandbox, tokenOf(who), "POST", "/graphql", { query, variables }),
    jwt: (slug, claims = {}, key) => signJwt(key ?? appOf(slug).privateKey, appOf(slug).id, claims),
    token: async (slug, body) => {
      const path = `/app/installations/${appOf(slug).installationId}/access_tokens`;
      const answer = await acme.ask(acme.jwt(slug), "POST", path, body);
      expect(answer.status).toBe(201);
      return String(answer.at("token"));
    },
    git: async (login, ...args) => {
      const clone = join(folder, login);
      if (args[0] === "clone") {
        const url = new URL(`${sandbox.serverUrl}/acme/access.git`);
        url.username = login;
        url.password = tokenOf(login);
        await run("git", ["clone", "--quiet", url.href, clone], { env: quiet });
        return clone;
      }
      return (await run("git", args, { cwd: clone, env: quiet })).stdout.trim();
    },
    push: async (login, branch, files, options = {}) => {
      await acme.git(login, "clone").catch(() => acme.git(login, "fetch", "--quiet", "--prune"));
      await acme.git(login, "checkout", "--quiet", "-B", branch, options.from ?? "origin/main");
      for (const [path, content] of Object.entries(files)) await commitFile(path, content);
      const identity = ["-c", `user.name=${login}`, "-c", `user.email=${login}@acme.example`];
      const message = options.message ?? `Change ${branch}`;
      await acme.git(login, ...identity, "commit", "--quiet", "--allow-empty", "-m", message);
      const force = options.force === "yes" ? ["--force"] : [];
      await acme.git(login, "push", "--quiet", ...force, "origin", branch);
      return acme.git(login, "rev-parse", "HEAD");

      async function commitFile(path: string, content: string): Promise<void> {
        const { mkdir, writeFile } = await import("node:fs/promises");
        const target = join(folder, login, path);
        await mkdir(join(target, ".."), { recursive: true });
        await writeFile(target, content);
        await acme.git(login, "add", path);
      }
    },
    open: async (login, branch, files, base = "main") => {
      await acme.push(login, branch, files);
      const wish = { title: `Ask for ${branch}`, head: branch, base };
      const answer = await acme.ask(login, "POST", `${repo}/pulls`, wish);
      expect(answer.status).toBe(201);
      return Number(answer.at("number"));
    },
    check: async (head, conclusion, slug = "gate") =>
      acme.ask(await acme.token(slug), "POST", `${repo}/check-runs`, {
        name: "countersign",
        head_sha: head,
        status: "completed",
        conclusion,
      }),
    close: async () => {
      await sandbox.settled();
      for (const { event, payload } of sandbox.deliveries) {
        const problems = validateWebhook(event, payload);
        expect(problems.filter((one) => !botAddress.test(one))).toEqual([]);
      }
      closeHook();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return acme;
}

/** A bot's real address, `1+gate[bot]@users.noreply.github.com`, is no e-mail by the letter. */
const botAddress = /\/author\/email must match format "email"$/;

const quiet = {
  PATH: process.env["PATH"],
  HOME: tmpdir(),
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
};

async function request(
  sandbox: Sandbox,
  token: string | null,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await fetch(`${sandbox.apiUrl}${path}`, {
    method,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = text === "" ? undefined : JSON.parse(text);
  const { status, headers } = response;
  return { status, headers, body: parsed, at: (path) => read(parsed, path) };
}

function read(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.split(".")) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Object.entries(found).find(([name]) => name === key)?.[1];
  }
  return found;
}

function signJwt(key: string, appId: number, claims: object): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const payload = { iat: now - 30, exp: now + 300, iss: String(appId), ...claims };
  const signed = `${part({ alg: "RS256", typ: "JWT" })}.${part(payload)}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}

async function listen(received: Received[]): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      response.end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
