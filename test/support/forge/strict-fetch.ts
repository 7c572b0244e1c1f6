/** One request as the fake server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string;
  readonly body: unknown;
}

/** An answer: a JSON body with its status and headers. */
export interface FakeReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type FakeRoute = (request: SeenRequest) => FakeReply | Promise<FakeReply>;

export interface StrictFetch {
  readonly fetch: typeof fetch;
  readonly requests: readonly SeenRequest[];
  /** Requests that no route answers, also those of another host: a test ends by finding none. */
  readonly unknown: readonly string[];
}

/** Where the fake server says it lives. */
export const fakeApiUrl = "http://github.test";

/**
 * Makes a `fetch` that answers the named routes (`GET /repos/acme/access/pulls`) of one host and refuses
 * every other request. It honours abort signals as the real one does.
 */
export function strictFetch(routes: Readonly<Record<string, FakeRoute>>): StrictFetch {
  const requests: SeenRequest[] = [];
  const unknown: string[] = [];
  const known = new Map(Object.entries(routes));
  const fake: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const seen: SeenRequest = {
      method: request.method,
      url,
      authorization: request.headers.get("authorization") ?? "",
      body: jsonOf(await request.text()),
    };
    requests.push(seen);
    const route = known.get(`${request.method} ${url.pathname}`);
    if (route === undefined || url.origin !== new URL(fakeApiUrl).origin) {
      unknown.push(`${request.method} ${request.url}`);
      return replyOf({ status: 400, body: { message: "the fake knows no such route" } });
    }
    return replyOf(await orAborted(Promise.resolve(route(seen)), request.signal));
  };
  return { fetch: fake, requests, unknown };
}

function jsonOf(text: string): unknown {
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}

function replyOf(reply: FakeReply): Response {
  return new Response(JSON.stringify(reply.body), {
    status: reply.status ?? 200,
    headers: { "content-type": "application/json; charset=utf-8", ...reply.headers },
  });
}

function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
    answer.then(resolve, reject);
  });
}
