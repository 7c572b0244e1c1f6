import { boundedFetch } from "../../http/bounded-fetch.ts";
import { TargetRefused } from "../../../ports/target.ts";
import { statusProblem, unreachable } from "./http-problems.ts";
import type { Ask, HttpAnswer, HttpRequest, HttpSystem } from "./http-system.ts";
import { readJson } from "./read-json.ts";
import type { ByteBudget } from "./read-json.ts";

/**
 * Starts one question to a system, of one request or several. All of them together take at most the system's time-out
 * and a bounded number of bytes, so that pages without end are no way to keep the executor busy. No request leaves the
 * origin of the base, follows a redirect or is answered from a cache.
 */
export function startQuestion(system: HttpSystem): Ask {
  const timeoutMilliseconds = system.timeoutSeconds * 1000;
  const scope: QuestionScope = {
    deadline: AbortSignal.timeout(timeoutMilliseconds),
    budget: { left: mostBytes },
    fetch: boundedFetch(fetch, {
      origin: system.base.origin,
      timeoutMilliseconds,
      outside: () => leftOrigin(system),
    }),
  };
  return async (request) => {
    try {
      return await exchange(system, scope, request);
    } catch (error) {
      throw unreachable(system, request, error);
    }
  };
}

interface QuestionScope {
  readonly deadline: AbortSignal;
  readonly budget: ByteBudget;
  readonly fetch: typeof fetch;
}

/** A group of 100,000 members with their names fits in it. */
const mostBytes = 32 * 1024 * 1024;

async function exchange(
  system: HttpSystem,
  scope: QuestionScope,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const response = await scope.fetch(new URL(request.path, system.base), {
    method: request.method,
    headers: { ...usualHeaders, ...system.headers, ...request.headers },
    body: request.body ?? null,
    signal: scope.deadline,
    cache: "no-store",
  });
  const { status } = response;
  const link = response.headers.get("link");
  if (request.json.includes(status)) {
    return { status, link, body: await readJson(response, scope.budget) };
  }
  await response.body?.cancel();
  if (request.done.includes(status)) return { status, link, body: null };
  throw statusProblem(system, request, response);
}

const usualHeaders = { accept: "application/json", "user-agent": "countersign" };

// The other origin came from the system itself, and may carry what it was sent.
function leftOrigin(system: HttpSystem): TargetRefused {
  return new TargetRefused(
    `${system.name} pointed to an address outside ${system.base.origin}, which was not asked: ` +
      "write in the target's URL the address that the system itself uses.",
  );
}
