/** Within what a `fetch` stays. */
export interface FetchBounds {
  /** The only origin that requests may go to. */
  readonly origin: string;
  readonly timeoutMilliseconds: number;
  /** Makes the error for a request that would have gone to another origin. */
  readonly outside: (origin: string) => Error;
}

/**
 * Wraps a `fetch` so that no request leaves the configured origin, no redirect is followed (it would carry the
 * credential or a repository's name to another place) and no request, its body included, outlasts the time-out.
 */
export function boundedFetch(inner: typeof fetch, bounds: FetchBounds): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== bounds.origin) throw bounds.outside(url.origin);
    return inner(input, { ...init, redirect: "manual", signal: signalFor(init, bounds) });
  };
}

function signalFor(init: RequestInit | undefined, bounds: FetchBounds): AbortSignal {
  const timeout = AbortSignal.timeout(bounds.timeoutMilliseconds);
  if (init?.signal === undefined || init.signal === null) return timeout;
  return AbortSignal.any([init.signal, timeout]);
}
