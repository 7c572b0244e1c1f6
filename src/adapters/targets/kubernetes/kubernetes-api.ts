import { request as requestHttp } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";

/** How to reach an API server. `token` is a secret. */
export interface KubernetesAccess {
  /** `https://host:6443`, maybe with a path before `/apis`. */
  readonly url: string;
  readonly token: string;
  /** Certificate authorities in PEM, instead of those that Node.js knows; `null` for none. */
  readonly ca: string | null;
  /** The only namespaces to look at; `null`: all of them, and the whole cluster. */
  readonly namespaces: readonly string[] | null;
  readonly timeoutSeconds: number;
}

/** One request; `path` begins after the address of the server. */
export interface ApiRequest {
  readonly method: "GET" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
  /** What the executor's service account needs for it, told where it is refused. */
  readonly needs: string;
  /** Statuses that the caller reads as an answer, beside 200, 201 and 202. */
  readonly alsoAnswers?: readonly number[];
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Asks the API server. */
export type AskApi = (request: ApiRequest) => Promise<ApiAnswer>;

/**
 * Makes the way to ask one API server within one question, which `signal` ends. No redirect is followed, and nothing of an
 * answer is repeated in a message: a server can echo the token. Throws TargetUnreachable for whatever may pass, and for
 * what is no answer of such a server; TargetRefused for what a person has to mend.
 */
export function kubernetesApi(access: KubernetesAccess, signal: AbortSignal): AskApi {
  return async (request) => {
    const { status, text } = await exchange(access, request, signal);
    const isAnswer = [200, 201, 202, ...(request.alsoAnswers ?? [])].includes(status);
    if (!isAnswer) throw problem(status, request);
    return { status, body: parse(text, request) };
  };
}

interface Received {
  readonly status: number;
  readonly text: string;
}

function exchange(
  access: KubernetesAccess,
  asked: ApiRequest,
  signal: AbortSignal,
): Promise<Received> {
  const url = addressOf(access, asked);
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  const body = asked.body === undefined ? null : JSON.stringify(asked.body);
  return new Promise((resolve, reject) => {
    const outgoing = send(
      url,
      {
        method: asked.method,
        // A connection of its own for each: nothing is left open when the target is closed.
        agent: false,
        signal,
        ...(access.ca === null ? {} : { ca: access.ca }),
        headers: {
          accept: "application/json",
          "user-agent": "countersign",
          authorization: `Bearer ${access.token}`,
          ...(body === null ? {} : bodyHeaders(body, asked)),
        },
      },
      (incoming) => {
        receive(incoming).then(resolve, (error: unknown) => reject(lost(error)));
      },
    );
    outgoing.once("error", (error) => reject(lost(error)));
    outgoing.end(body);
  });
}

/** Node.js sends no length with the body of a DELETE by itself. */
function bodyHeaders(body: string, { contentType = "application/json" }: ApiRequest) {
  return { "content-type": contentType, "content-length": Buffer.byteLength(body) };
}

function addressOf({ url }: KubernetesAccess, { path, query }: ApiRequest): URL {
  const address = new URL(`${url.replace(/\/$/u, "")}${path}`);
  for (const [name, value] of Object.entries(query ?? {})) address.searchParams.set(name, value);
  return address;
}

async function receive(incoming: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += (chunk as Buffer).byteLength;
    if (length > mostBytes) throw new TargetUnreachable("The API server answered without an end.");
    chunks.push(chunk as Buffer);
  }
  return { status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") };
}

const mostBytes = 32 * 1024 * 1024;

function lost(error: unknown): TargetUnreachable {
  if (error instanceof TargetUnreachable) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "no reason given";
  return new TargetUnreachable(
    `The Kubernetes API server could not be reached (${code}): what the target holds is unknown; check that it runs, ` +
      "that the target's URL names it and that CA_FILE has the authority of its certificate.",
  );
}

function problem(status: number, { method, path, needs }: ApiRequest): Error {
  const answered = `The Kubernetes API server answered ${status} to ${method} ${path}`;
  if (status === 401) {
    return new TargetRefused(`${answered}: the executor's token is wrong or has ended.`);
  }
  if (status === 403) {
    return new TargetRefused(`${answered}. Give the executor's service account ${needs}.`);
  }
  const isFinal = status >= 300 && status < 500 && ![408, 410, 425, 429].includes(status);
  if (isFinal)
    return new TargetRefused(`${answered}: check the target's URL and the server's log.`);
  return new TargetUnreachable(`${answered}: what the target holds is unknown; try again.`);
}

function parse(text: string, { method, path }: ApiRequest): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new TargetUnreachable(
      `What answered ${method} ${path} is not JSON: check that the target's URL names the API server itself.`,
    );
  }
}
