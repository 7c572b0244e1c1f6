import { Octokit } from "@octokit/rest";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import Bottleneck from "bottleneck";
import { ForgeRefused } from "../../ports/forge-reader.ts";
import { boundedFetch } from "../http/bounded-fetch.ts";

/** How long to wait for what. Tests and the demo shorten it; production takes the defaults. */
export interface Patience {
  /** One request with its body; 10,000. */
  readonly timeoutMilliseconds: number;
  /** The n-th retry after a 5xx waits n² of these; 1,000. */
  readonly backoffMilliseconds: number;
  /** GitHub's `Retry-After: 1` waits this long; 1,000. */
  readonly retryAfterMilliseconds: number;
  /** Distance between two writes, as GitHub asks for; 1,000. */
  readonly writeIntervalMilliseconds: number;
}

/** What production takes; GitHub's "best practices for using the REST API" ask for the interval. */
export const defaultPatience: Patience = {
  timeoutMilliseconds: 10_000,
  backoffMilliseconds: 1_000,
  retryAfterMilliseconds: 1_000,
  writeIntervalMilliseconds: 1_000,
};

export interface PatientOctokitOptions {
  readonly apiUrl: string;
  readonly fetch: typeof fetch;
  readonly patience: Patience;
  /** `reads`: GraphQL queries do not wait in the lane where writes follow one another slowly. */
  readonly lane: "reads" | "writes";
  readonly authStrategy: unknown;
  readonly auth?: unknown;
}

const retries = 3;
const longestWaitSeconds = 60;
// plugin-retry would repeat these too: GitHub says with them that the answer stays no.
const final = [400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429, 451];

/**
 * Makes an Octokit that retries 5xx and broken connections three times, waits for a rate limit at most
 * twice and at most a minute, never follows a redirect and never leaves `apiUrl`.
 */
export function patientOctokit(options: PatientOctokitOptions): Octokit {
  const { patience } = options;
  const octokit = new PatientOctokit({
    baseUrl: options.apiUrl.replace(/\/$/, ""),
    authStrategy: options.authStrategy,
    ...(options.auth === undefined ? {} : { auth: options.auth }),
    userAgent: "countersign",
    log: silent,
    request: {
      fetch: boundedFetch(options.fetch, {
        origin: new URL(options.apiUrl).origin,
        timeoutMilliseconds: patience.timeoutMilliseconds,
        outside: leftGitHub,
      }),
    },
    retry: { retries, doNotRetry: final, retryAfterBaseValue: patience.backoffMilliseconds },
    throttle: {
      ...lanes(options.lane, patience),
      retryAfterBaseValue: patience.retryAfterMilliseconds,
      onRateLimit: waitIfShort,
      onSecondaryRateLimit: waitIfShort,
    },
  });
  octokit.hook.after("request", refuseRedirect);
  return octokit;
}

const PatientOctokit = Octokit.plugin(throttling, retry);

function leftGitHub(origin: string): ForgeRefused {
  return new ForgeRefused(
    `a request to ${origin} was stopped: it is not the origin that GITHUB_API_URL names`,
    0,
  );
}

// What goes wrong reaches the caller as an exception; Octokit's own lines would name it twice.
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {
  return;
}

function lanes(lane: "reads" | "writes", patience: Patience) {
  const slow = { maxConcurrent: 1, minTime: patience.writeIntervalMilliseconds };
  if (lane === "reads") {
    return {
      id: "reads",
      write: new Bottleneck.Group({ maxConcurrent: 10 }),
      notifications: new Bottleneck.Group(slow),
    };
  }
  return {
    id: "writes",
    write: new Bottleneck.Group(slow),
    notifications: new Bottleneck.Group(slow),
  };
}

function waitIfShort(seconds: number, _options: unknown, _octokit: unknown, count: number) {
  return count < 2 && seconds <= longestWaitSeconds;
}

function refuseRedirect(response: { readonly status: number }): void {
  if (response.status < 300) return;
  throw new ForgeRefused(
    `GitHub answered ${response.status}, a redirect: the repository was renamed or moved. ` +
      "Set the new name in the configuration.",
    response.status,
  );
}
