import { isLoopback } from "../loopback.ts";
import type { GitSetting } from "./git-environment.ts";

/** Where a repository is and how to be let in; a fresh token a call, because installation tokens live an hour. */
export interface GitRemote {
  /** An `http(s)` URL without user information, a `file` URL or an absolute path. */
  readonly url: string;
  /** Gives a token for Basic authentication as `x-access-token`; `null` for remotes that need none. */
  readonly credential: (() => Promise<string>) | null;
}

/**
 * Requires a remote that git reaches without a secret in the address. Throws RangeError with the fix: the
 * address comes from configuration, so it is a mistake of the operator and no retry mends it.
 */
export function requireRemote(remote: GitRemote): GitRemote {
  if (remote.url.startsWith("/")) return withoutCredential(remote);
  const url = URL.canParse(remote.url) ? new URL(remote.url) : null;
  if (url === null) throw new RangeError(`the git remote must be a URL or an absolute path`);
  if (url.username !== "" || url.password !== "") {
    throw new RangeError("the git remote must not contain a user or password: give a credential");
  }
  if (url.protocol === "file:") return withoutCredential(remote);
  if (url.protocol === "https:") return remote;
  if (url.protocol === "http:" && (remote.credential === null || isLoopback(url.hostname)))
    return remote;
  throw new RangeError(
    `the git remote ${url.protocol}//${url.host} must be https: a token is sent in clear to this machine alone`,
  );
}

/** Returns the settings that let git in, scoped to the remote's own server. Rejects as `credential` does. */
export async function accessSettings(
  remote: GitRemote,
): Promise<{ settings: readonly GitSetting[]; secrets: readonly string[] }> {
  if (remote.credential === null) return { settings: [], secrets: [] };
  const token = await remote.credential();
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  const key = `http.${new URL(remote.url).origin}/.extraHeader`;
  return { settings: [{ key, value: `Authorization: Basic ${basic}` }], secrets: [token, basic] };
}

function withoutCredential(remote: GitRemote): GitRemote {
  if (remote.credential === null) return remote;
  throw new RangeError("a git remote on this machine takes no credential: give null");
}
