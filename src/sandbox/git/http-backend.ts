import { spawn } from "node:child_process";
import { pipeline } from "node:stream/promises";
import { authenticate } from "../http/authenticate.ts";
import { Refusal } from "../http/refusal.ts";
import { refMoved } from "../acts/ref-moved.ts";
import { listRefs } from "./refs.ts";
import { gitEnvironment } from "./run-git.ts";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";

/**
 * Serves clone, fetch and push through git's own `http-backend`. Only who may write gets to push; what
 * may be pushed where is decided by the repository's hook. What a push moved is told afterwards.
 */
export async function serveGit(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const actor = authenticated(world, request);
  if (actor === null) {
    response.writeHead(401, { "www-authenticate": 'Basic realm="GitHub"' });
    response.end("Authentication required\n");
    return;
  }
  const pushing =
    url.pathname.endsWith("/git-receive-pack") ||
    url.searchParams.get("service") === "git-receive-pack";
  if (!may(actor, pushing ? "write" : "read")) {
    response.writeHead(403).end("Write access to repository not granted.\n");
    return;
  }
  if (!url.pathname.endsWith("/git-receive-pack")) {
    await runBackend(world, actor, request, response, url);
    return;
  }
  await world.exclusively(async () => {
    const before = await listRefs(world.git, "refs/heads");
    const done = await runBackend(world, actor, request, null, url);
    await tellMoves(world, actor, before);
    respond(response, done);
  });
}

function authenticated(world: World, request: IncomingMessage): Actor | null {
  try {
    const actor = authenticate(world, request.headers.authorization);
    return actor.kind === "app" ? null : actor;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function may(actor: Actor, level: "read" | "write"): boolean {
  switch (actor.kind) {
    case "person":
      return level === "read" || actor.person.access !== "read";
    case "installation": {
      const held = actor.permissions.get("contents");
      return held === "write" || (level === "read" && held === "read");
    }
    case "app":
      return false;
  }
}

async function tellMoves(
  world: World,
  actor: Actor,
  before: ReadonlyMap<string, string>,
): Promise<void> {
  const after = await listRefs(world.git, "refs/heads");
  for (const ref of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(ref) ?? null, after.get(ref) ?? null];
    if (was === is) continue;
    await refMoved(world, { ref, before: was, after: is, by: actor.account, how: "push" });
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

async function runBackend(
  world: World,
  actor: Actor,
  request: IncomingMessage,
  response: ServerResponse | null,
  url: URL,
): Promise<Answer> {
  const rest = url.pathname.slice(`/${world.options.owner}/${world.options.repository}.git`.length);
  const child = spawn("git", ["http-backend"], {
    cwd: world.git.folder,
    env: {
      ...gitEnvironment(world.git.folder),
      GIT_PROJECT_ROOT: world.git.folder,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: rest,
      QUERY_STRING: url.searchParams.toString(),
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      REMOTE_USER: actor.kind === "person" ? actor.account.login : `app/${actor.app.slug}`,
      REMOTE_ADDR: "127.0.0.1",
      ...optional("CONTENT_LENGTH", request.headers["content-length"]),
      ...optional("HTTP_CONTENT_ENCODING", request.headers["content-encoding"]),
      ...optional("GIT_PROTOCOL", request.headers["git-protocol"]),
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  // A client that goes away in the middle must not leave git waiting, and everybody behind it.
  pipeline(request, child.stdin).catch(() => undefined);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  const answer = parse(Buffer.concat(chunks));
  if (response !== null) respond(response, answer);
  return answer;
}

function optional(name: string, value: string | string[] | undefined): Record<string, string> {
  return typeof value === "string" ? { [name]: value } : {};
}

function respond(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

function parse(output: Buffer): Answer {
  const end = output.indexOf("\r\n\r\n");
  const headers: Record<string, string> = {};
  let status = 200;
  for (const line of output.subarray(0, Math.max(end, 0)).toString("latin1").split("\r\n")) {
    const colon = line.indexOf(": ");
    const name = line.slice(0, colon).toLowerCase();
    if (name === "status") status = Number(line.slice(colon + 2, colon + 5));
    else if (colon > 0) headers[name] = line.slice(colon + 2);
  }
  return end < 0
    ? { status: 500, headers: {}, body: Buffer.alloc(0) }
    : { status, headers, body: output.subarray(end + 4) };
}
