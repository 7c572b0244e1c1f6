import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { executeGraphql } from "../graphql/execute.ts";
import { serveGit } from "../git/http-backend.ts";
import { routes } from "../rest/routes.ts";
import { authenticate } from "./authenticate.ts";
import { answerControl } from "./control.ts";
import { takeFault } from "./faults.ts";
import { isObject } from "./read-body.ts";
import { notFound, refuse, Refusal } from "./refusal.ts";
import { permit, reaches } from "./permit.ts";
import { findRoute } from "./router.ts";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { World } from "../world/world.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Reply } from "./reply.ts";

/** Makes the HTTP server of a world: control, the forge's public key, git, GraphQL and REST, in that order. */
export function serve(world: World, controlToken: string): Server {
  return createServer((request, response) => {
    const started = performance.now();
    void answer(world, controlToken, request, response).finally(() => {
      const milliseconds = Math.round(performance.now() - started);
      const { method, url } = request;
      world.options.log?.(
        JSON.stringify({ level: "debug", method, url, status: response.statusCode, milliseconds }),
      );
    });
  });
}

async function answer(
  world: World,
  controlToken: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", world.baseUrl);
  try {
    if (url.pathname.startsWith("/_sandbox/")) {
      const body = await readJson(request);
      send(request, response, answerControl(world, controlToken, request, url, body));
      return;
    }
    await applyFaults(world, url.pathname);
    if (url.pathname === "/web-flow.gpg") {
      response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
      response.end(world.forgeKey.armored);
      return;
    }
    if (url.pathname.startsWith(`/${world.options.owner}/${world.options.repository}.git/`)) {
      await serveGit(world, request, response, url);
      return;
    }
    send(request, response, await answerApi(world, request, url));
  } catch (error) {
    send(request, response, refusalReply(request, error));
  }
}

async function answerApi(world: World, request: IncomingMessage, url: URL): Promise<Reply> {
  const body = await readJson(request);
  const actor = authenticate(world, request.headers.authorization);
  if (url.pathname === "/graphql") return executeGraphql(world, actor, body);
  const method = request.method ?? "GET";
  const found = findRoute(routes, method, url.pathname);
  if (found === null) {
    complain(`sandbox: ${method} ${url.pathname} is not served; answered 404`);
    throw notFound();
  }
  const { route, params } = found;
  const owner = params.get("owner") ?? world.options.owner;
  const repository = params.get("repo") ?? world.options.repository;
  const isServed =
    repository === world.options.repository ||
    (route.repositories === "all" && world.holdings.has(repository));
  if (owner !== world.options.owner || !isServed || !reaches(actor, world, repository)) {
    throw notFound();
  }
  permit(actor, route.needs);
  const call = { world, actor, params, query: url.searchParams, body, url };
  if (method === "GET") return route.answer(call);
  return world.exclusively(async () => route.answer(call));
}

async function applyFaults(world: World, path: string): Promise<void> {
  const fits = (prefix: string): boolean => path.startsWith(prefix);
  const delay = takeFault(world.faults, ["delay"], fits);
  if (delay !== null) await new Promise((resolve) => setTimeout(resolve, delay.milliseconds));
  const fault = takeFault(world.faults, ["fail", "rate"], fits);
  if (fault === null) return;
  if (fault.kind === "fail") throw refuse(fault.status, "Server Error");
  throw new RateLimited(fault.retryAfterSeconds);
}

class RateLimited extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super("secondary rate limit");
    this.seconds = seconds;
  }
}

function refusalReply(request: IncomingMessage, error: unknown): Reply {
  if (error instanceof Refusal) return { status: error.status, body: error.body };
  if (error instanceof RateLimited) {
    const message =
      "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    const { body } = refuse(403, message);
    return { status: 403, body, headers: { "retry-after": String(error.seconds) } };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  complain(`sandbox: ${request.method ?? ""} ${request.url ?? ""} failed: ${text}`);
  return { status: 500, body: refuse(500, "Server Error").body };
}

/** Says on stderr what a test would otherwise take for GitHub's own answer. */
function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const headers: Record<string, string> = {
    "x-github-media-type": "github.v3; format=json",
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    "x-ratelimit-used": "1",
    "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + 3600),
    "x-ratelimit-resource": "core",
    ...reply.headers,
  };
  if (reply.body === undefined) {
    response.writeHead(reply.status, headers).end();
    return;
  }
  const body = JSON.stringify(reply.body);
  if (request.method === "GET" && reply.status === 200) {
    headers["etag"] = `W/"${createHash("sha256").update(body).digest("hex")}"`;
    if (request.headers["if-none-match"] === headers["etag"]) {
      response.writeHead(304, headers).end();
      return;
    }
  }
  headers["content-type"] = "application/json; charset=utf-8";
  response.writeHead(reply.status, headers).end(body);
}

async function readJson(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  if (text.trim() === "") return {};
  try {
    const value = JSON.parse(text) as Json;
    if (isObject(value)) return value;
  } catch {
    // Falls through to the refusal: not an object either way.
  }
  throw refuse(400, "Problems parsing JSON");
}
