import type { IncomingMessage, ServerResponse } from "node:http";

/** GitHub sends at most 25 MB; ours are far smaller. A larger or unannounced body is not read. */
const mostBytes = 5_000_000;

/**
 * Lets a webhook through only if it announces a body of acceptable size: the library behind reads whatever
 * comes before it checks the signature.
 */
export function cappedBody(
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
): void {
  const length = Number(request.headers["content-length"] ?? "NaN");
  if (request.method !== "POST" || length <= mostBytes) {
    next();
    return;
  }
  response.writeHead(413, { "content-type": "text/plain", connection: "close" });
  response.end(`The body must announce its length, at most ${mostBytes} bytes.\n`);
}
