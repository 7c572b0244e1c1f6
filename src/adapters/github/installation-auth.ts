import type { InstallationTokens } from "./installation-tokens.ts";

/**
 * Makes the authentication strategy of an Octokit that acts for one narrowed installation token. A token
 * that GitHub no longer accepts (401) is dropped and asked for again, once.
 */
export function installationAuth(tokens: InstallationTokens) {
  return () =>
    Object.assign(() => Promise.resolve({ type: "installation" }), {
      hook: async (request: Request, route: string | object, parameters?: object) => {
        const endpoint = request.endpoint.merge(route, parameters);
        const first = await tokens.current();
        try {
          return await request(withToken(endpoint, first));
        } catch (error) {
          if ((error as { status?: unknown }).status !== 401) throw error;
          tokens.drop(first);
          return await request(withToken(endpoint, await tokens.current()));
        }
      },
    });
}

/** The part of Octokit's request that a strategy sees. */
interface Request {
  (endpoint: Endpoint): Promise<unknown>;
  readonly endpoint: { merge(route: string | object, parameters?: object): Endpoint };
}

interface Endpoint {
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

function withToken(endpoint: Endpoint, token: string): Endpoint {
  return { ...endpoint, headers: { ...endpoint.headers, authorization: `token ${token}` } };
}
