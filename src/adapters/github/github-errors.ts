import { ForgeRefused, ForgeUnavailable } from "../../ports/forge-reader.ts";

/**
 * Runs one conversation with GitHub and turns whatever it throws into the port's two classes:
 * ForgeUnavailable for 5xx, time-outs, broken connections and rate limits, ForgeRefused for every other
 * answer. An error that is not GitHub's is a defect of ours and passes unchanged. No message holds a token.
 * `fix` says what to do about a refusal; what it says for the access repository when left out.
 */
export async function askGitHub<T>(
  doing: string,
  ask: () => Promise<T>,
  fix: FixFor = fixFor,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw forgeError(doing, error, fix);
  }
}

/** Says what to do about a refusal with this status: what follows the message, or nothing. */
export type FixFor = (status: number) => string;

/** Classifies an error that Octokit threw; see `askGitHub`. */
export function forgeError(doing: string, error: unknown, fix: FixFor = fixFor): unknown {
  const known = ownError(error);
  if (known !== null) return known;
  const seen = error as OctokitFailure;
  if (Array.isArray(seen.errors)) return graphqlFailure(doing, seen, seen.errors);
  if (Array.isArray(seen.response?.data?.errors) && seen.status === undefined) {
    return graphqlFailure(doing, { headers: seen.response.headers }, seen.response.data.errors);
  }
  if (typeof seen.status === "number") return httpFailure(doing, seen, seen.status, fix);
  return error;
}

/** One error of a GraphQL answer, in GitHub's form: `type` lies at the top level. */
export interface GraphqlError {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (string | number)[];
}

/** Makes the port's error from a GraphQL answer: RATE_LIMITED is worth a retry, nothing else is. */
export function graphqlFailure(
  doing: string,
  answer: { readonly headers?: Headers | undefined },
  errors: readonly GraphqlError[],
): ForgeUnavailable | ForgeRefused {
  const messages = redact(errors.map((each) => each.message).join("; "));
  if (errors.some((each) => each.type === "RATE_LIMITED")) {
    return new ForgeUnavailable(
      `GitHub's rate limit stops us from ${doing}: ${messages}`,
      retryAfter(answer.headers),
    );
  }
  const status = graphqlStatus(errors[0]?.type);
  return new ForgeRefused(`GitHub refused ${doing} (GraphQL): ${messages}`, status, {
    cause: errors,
  });
}

type Headers = Readonly<Record<string, string | number | undefined>>;

interface OctokitFailure {
  readonly message?: string;
  readonly status?: number;
  readonly headers?: Headers;
  readonly errors?: readonly GraphqlError[];
  readonly response?: {
    readonly headers?: Headers;
    readonly data?: { readonly errors?: readonly GraphqlError[] } | null;
  };
}

function ownError(error: unknown): ForgeUnavailable | ForgeRefused | null {
  if (error instanceof ForgeUnavailable || error instanceof ForgeRefused) return error;
  if (error instanceof Error && error.cause !== undefined) return ownError(error.cause);
  return null;
}

function httpFailure(
  doing: string,
  seen: OctokitFailure,
  status: number,
  fix: FixFor,
): ForgeUnavailable | ForgeRefused {
  const message = redact(seen.message ?? "no message");
  const headers = seen.response?.headers;
  if (isRateLimit(status, message, headers)) {
    return new ForgeUnavailable(
      `GitHub's rate limit stops us from ${doing} (${status}): ${message}`,
      retryAfter(headers),
      { cause: seen },
    );
  }
  if (status >= 400 && status < 500 && status !== 408) {
    const text = `GitHub refused ${doing} (${status}): ${message}${fix(status)}`;
    return new ForgeRefused(text, status, { cause: seen });
  }
  return new ForgeUnavailable(
    `GitHub did not answer while ${doing} (${status}): ${message}`,
    retryAfter(headers),
    { cause: seen },
  );
}

function isRateLimit(status: number, message: string, headers: Headers | undefined): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  if (String(headers?.["x-ratelimit-remaining"]) === "0") return true;
  return headers?.["retry-after"] !== undefined || /\brate limit\b/i.test(message);
}

function retryAfter(headers: Headers | undefined): number | null {
  const wait = Number(headers?.["retry-after"] ?? Number.NaN);
  if (Number.isFinite(wait) && wait >= 0) return wait;
  const reset = Number(headers?.["x-ratelimit-reset"] ?? Number.NaN);
  const spent = String(headers?.["x-ratelimit-remaining"]) === "0";
  if (!spent || !Number.isFinite(reset)) return null;
  return Math.max(1, Math.ceil(reset - Date.now() / 1000) + 1);
}

function graphqlStatus(type: string | undefined): number {
  if (type === "NOT_FOUND") return 404;
  if (type === "FORBIDDEN" || type === "INSUFFICIENT_SCOPES") return 403;
  if (type === "STALE_DATA") return 409;
  return 200;
}

function fixFor(status: number): string {
  if (status === 401) return ". Check APP_ID and the private key.";
  if (status === 403 || status === 404) {
    return ". Check that the App is installed on the repository and has the permissions of app.yml.";
  }
  return "";
}

// Octokit redacts its own headers; a message can still quote what a proxy or a server echoed.
function redact(message: string): string {
  return message
    .replace(/\b(gh[a-z]_|github_pat_)\w+/g, "[token]")
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "[token]")
    .replace(/\b(bearer|token|basic)\s+[\w.~+/=-]{16,}/gi, "$1 [token]");
}
