import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";
import type { HttpRequest, HttpSystem } from "./http-system.ts";

/** An answer that cannot be one of the system; `message` goes on after "Okta answered". Never quotes the answer. */
export class OddAnswer extends Error {
  override readonly name = "OddAnswer";
}

type Question = Pick<HttpRequest, "purpose">;
type Asked = Pick<HttpSystem, "name" | "remedy" | "timeoutSeconds">;

/**
 * Names the port's error for a status that the caller did not expect. Nothing of the body is repeated, here or in any
 * other message: a server can echo the credential, in as many spellings as it likes.
 */
export function statusProblem(
  system: Asked,
  request: Question,
  response: Pick<Response, "status" | "headers">,
): TargetRefused | TargetUnreachable {
  const { status } = response;
  const answered = `${system.name} answered ${status} to ${request.purpose}`;
  if (status === 401 || status === 403) return new TargetRefused(`${answered}. ${system.remedy}`);
  if (status >= 300 && status < 400) {
    return new TargetRefused(
      `${answered}: redirects are never followed. Write the address that it leads to in the target's URL.`,
    );
  }
  if (isFinal(status)) {
    return new TargetRefused(`${answered}: check the target's URL, and its log for the reason.`);
  }
  return new TargetUnreachable(
    `${answered}${waitOf(response.headers)}: what the target holds is unknown.`,
  );
}

/**
 * Names the port's error for whatever ended a request; errors of the port pass unchanged. The cause is left out on
 * purpose: Node's own errors quote headers and raw answers.
 */
export function unreachable(system: Asked, request: Question, error: unknown): Error {
  if (error instanceof TargetRefused || error instanceof TargetUnreachable) return error;
  if (error instanceof OddAnswer) return oddAnswer(system, request, error.message);
  return new TargetUnreachable(
    `${system.name} could not be reached for ${request.purpose} (${reasonOf(system, error)}): what the target holds ` +
      "is unknown; check that it runs and that the target's URL names it.",
  );
}

/** Words an answer that cannot be believed, which leaves the state unknown. `what` goes on after "answered". */
export function oddAnswer(
  system: Pick<HttpSystem, "name">,
  request: Question,
  what: string,
): TargetUnreachable {
  return new TargetUnreachable(
    `${system.name} answered ${what} to ${request.purpose}: what the target holds is unknown; check that the target's ` +
      "URL names it, and nothing that stands before it.",
  );
}

function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

// The executor has a back-off of its own: the wish is passed on for whoever reads the log.
function waitOf(headers: Headers): string {
  const seconds = headers.get("retry-after") ?? "";
  return /^\d{1,6}$/u.test(seconds) ? ` and asks to wait ${seconds} seconds` : "";
}

function reasonOf(system: Asked, error: unknown): string {
  if (!(error instanceof Error)) return "no reason given";
  if (error.name === "TimeoutError") return `no whole answer in ${system.timeoutSeconds} seconds`;
  const cause: unknown = error.cause;
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  return typeof code === "string" && /^[A-Z\d_]+$/u.test(code) ? code : "the connection broke";
}
