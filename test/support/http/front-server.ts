import { createServer, request as send } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request as it came to the front. */
export interface SeenRequest {
  readonly method: string;
  /** With its query, as it was written. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What the front answers in the place of the server behind it. */
export interface FrontAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** How long the answer takes; it comes at once when left out. */
  readonly afterMilliseconds?: number;
}

/** Asks the server behind something else than the front was asked. */
export interface PassAs {
  readonly passAs: string;
}

/** `pass` asks the server behind; `hang` never answers; `stall` stops in the middle of a body; `break` hangs up. */
export type Behaviour = (
  request: SeenRequest,
) => "pass" | "hang" | "stall" | "break" | PassAs | FrontAnswer;

/** An HTTP server that stands before a real one, and on which a test lets things go wrong. */
export interface FrontServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  behave(behaviour: Behaviour): void;
  /** Passes everything on again, and forgets what was seen. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a front; `rewrite` is for servers that read a path otherwise than the system that they stand for. */
export async function startFront(
  upstream: string,
  rewrite: (path: string) => string = (path) => path,
): Promise<FrontServer> {
  let behaviour: Behaviour = () => "pass";
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void text(incoming).then((body) => take(incoming, body, outgoing));
  });
  const take = (incoming: IncomingMessage, body: string, outgoing: ServerResponse): void => {
    const { method = "", url = "", headers } = incoming;
    const request = { method, path: url, headers, body };
    seen.push(request);
    const what = behaviour(request);
    if (what === "pass") passOn(upstream, { ...request, path: rewrite(url) }, outgoing);
    else if (typeof what === "object" && "passAs" in what) {
      passOn(upstream, { ...request, path: what.passAs }, outgoing);
    } else answerWith(what, outgoing);
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    behave: (next) => void (behaviour = next),
    reset: () => {
      behaviour = () => "pass";
      seen.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An answer in JSON. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): FrontAnswer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

function passOn(upstream: string, request: SeenRequest, outgoing: ServerResponse): void {
  const { hostname, port } = new URL(upstream);
  const { method, path, headers, body } = request;
  const onward = send({ hostname, port, path, method, headers, agent: false }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on("error", () => outgoing.destroy());
  onward.end(body);
}

function answerWith(
  what: Exclude<ReturnType<Behaviour>, "pass" | PassAs>,
  outgoing: ServerResponse,
): void {
  if (what === "hang") return;
  if (what === "break") {
    outgoing.destroy();
    return;
  }
  if (what === "stall") {
    outgoing.writeHead(200, { "content-type": "application/json" });
    outgoing.write("[");
    return;
  }
  setTimeout(() => {
    outgoing.writeHead(what.status, what.headers);
    outgoing.end(what.body);
  }, what.afterMilliseconds ?? 0);
}
