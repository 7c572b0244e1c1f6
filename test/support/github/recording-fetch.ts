import { validateRequest, validateResponse } from "./description.ts";

/** One request that reached its host, and the answer. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** Empty when nothing was sent or answered. */
  readonly requestBody: string;
  readonly status: number;
  readonly contentType: string;
  readonly responseBody: string;
}

/** A `fetch` for tests, with what it saw. */
export interface RecordingFetch {
  readonly fetch: typeof fetch;
  /** In the order of the answers. */
  readonly exchanges: readonly Exchange[];
  /** Everything that GitHub's description refuses, in requests and in responses. */
  problems(): readonly string[];
  /** The requests to other hosts. Each was refused before anything was sent. */
  foreign(): readonly string[];
}

/** Allows these origins and no other; a redirect to another is refused as well. */
export interface RecordingFetchOptions {
  readonly allowedOrigins: readonly string[];
}

/**
 * Wraps `fetch` to keep every exchange, hold each REST exchange against GitHub's published
 * description, and throw on a request to an origin that is not allowed, so that a test sees that
 * nothing leaves the configured hosts. Keeps no headers, so a recording holds no token of them.
 */
export function recordingFetch({ allowedOrigins }: RecordingFetchOptions): RecordingFetch {
  const exchanges: Exchange[] = [];
  const problems: string[] = [];
  const foreign: string[] = [];
  const guarded: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    refuseForeign(request);
    const sent = await request.clone().text();
    const redirect = request.redirect === "follow" ? "manual" : request.redirect;
    const response = await fetch(new Request(request, { redirect }));
    const exchange = await exchangeOf(request, sent, response);
    exchanges.push(exchange);
    problems.push(...exchangeProblems(exchange, request.headers.get("accept") ?? ""));
    const next = nextHop(request, sent, response);
    return next === undefined ? response : guarded(next);
  };
  const refuseForeign = (request: Request): void => {
    const { origin } = new URL(request.url);
    if (allowedOrigins.includes(origin)) return;
    foreign.push(`${request.method} ${request.url}`);
    throw new Error(`${origin} is not one of the configured hosts: ${allowedOrigins.join(", ")}.`);
  };
  return {
    fetch: guarded,
    exchanges,
    problems: () => [...problems],
    foreign: () => [...foreign],
  };
}

async function exchangeOf(request: Request, sent: string, response: Response): Promise<Exchange> {
  return {
    method: request.method,
    url: request.url,
    requestBody: sent,
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    responseBody: await response.clone().text(),
  };
}

/** GraphQL is held against its own schema, where it is executed. */
function exchangeProblems(exchange: Exchange, accept: string): readonly string[] {
  const { pathname } = new URL(exchange.url);
  if (/\/graphql$/u.test(pathname)) return [];
  return [
    ...validateRequest(exchange.method, pathname, jsonOf(exchange.requestBody)),
    ...responseProblems(exchange, pathname, accept),
  ];
}

/** Raw files, differences and the HTML of a broken gateway are not JSON, and not in the description. */
function responseProblems(exchange: Exchange, path: string, accept: string): readonly string[] {
  const { method, status, contentType, responseBody } = exchange;
  if (/^application\/json\b/u.test(contentType)) {
    return validateResponse(method, path, status, jsonOf(responseBody));
  }
  const asked = /\.(?:diff|html|patch|raw|sha)\b/u.test(accept);
  if (asked || status >= 500) return [];
  if (responseBody === "") return validateResponse(method, path, status, undefined);
  return [`${method} ${path} ${status}: answered ${contentType || "without a type"}, not JSON`];
}

function jsonOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The request that follows a redirect as `fetch` itself would send it, without the token elsewhere. */
function nextHop(request: Request, sent: string, response: Response): Request | undefined {
  const location = response.headers.get("location");
  if (location === null || request.redirect !== "follow") return undefined;
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const url = new URL(location, request.url);
  const headers = new Headers(request.headers);
  if (url.origin !== new URL(request.url).origin) headers.delete("authorization");
  const keepsBody = response.status >= 307 || request.method === "GET";
  if (keepsBody) {
    return new Request(url, { method: request.method, headers, body: sent === "" ? null : sent });
  }
  headers.delete("content-type");
  return new Request(url, { headers });
}
