import { installationAuth } from "../../../src/adapters/github/installation-auth.ts";
import { patientOctokit } from "../../../src/adapters/github/patient-octokit.ts";
import type { Patience } from "../../../src/adapters/github/patient-octokit.ts";
import type { GitHubOctokit } from "../../../src/adapters/github/github-octokit.ts";
import { fakeApiUrl } from "./strict-fetch.ts";

/** Waits as short as can be; the same number of retries as in production. */
export const impatient: Patience = {
  timeoutMilliseconds: 5_000,
  backoffMilliseconds: 1,
  retryAfterMilliseconds: 1,
  writeIntervalMilliseconds: 0,
};

/** Makes the real Octokit of the adapter over a fake `fetch`, with a token that never changes. */
export function testOctokit(fake: typeof fetch, patience: Partial<Patience> = {}): GitHubOctokit {
  const tokens = { current: () => Promise.resolve("ghs_unit"), drop: () => undefined };
  return patientOctokit({
    apiUrl: fakeApiUrl,
    fetch: fake,
    patience: { ...impatient, ...patience },
    lane: "writes",
    authStrategy: installationAuth(tokens),
  });
}
