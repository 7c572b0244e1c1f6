import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { githubApp } from "../../../../src/adapters/github/github-client.ts";
import type { GitHubAppOptions } from "../../../../src/adapters/github/github-client.ts";
import type { FakeRoute } from "../../../support/forge/strict-fetch.ts";
import { fakeApiUrl, strictFetch } from "../../../support/forge/strict-fetch.ts";
import { impatient } from "../../../support/forge/test-octokit.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const repository = { id: 700001, full_name: "acme/access" };
const start = Date.parse("2026-11-21T08:00:00Z");

function setUp(
  routes: Readonly<Record<string, FakeRoute>> = {},
  over: Partial<GitHubAppOptions> = {},
) {
  let now = start;
  let issued = 0;
  const server = strictFetch({
    "GET /repos/acme/access/installation": () => ({ body: { id: 42 } }),
    "POST /app/installations/42/access_tokens": () => ({
      status: 201,
      body: {
        token: `ghs_${issued++}`,
        expires_at: new Date(now + 3_600_000).toISOString(),
        repositories: [repository],
      },
    }),
    "GET /repos/acme/access": () => ({ body: repository }),
    ...routes,
  });
  const app = githubApp({
    ...{ appId: 55, privateKey, apiUrl: fakeApiUrl, owner: "acme", repository: "access" },
    permissions: { contents: "write", checks: "write" },
    fetch: server.fetch,
    patience: impatient,
    now: () => new Date(now),
    ...over,
  });
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { app, server, pass };
}

const readRepository = { owner: "acme", repo: "access" };

describe("githubApp", () => {
  it("signs in with the App's JWT at the configured address and narrows every token", async () => {
    const { app, server } = setUp();
    const { installationId, repositoryId, installationToken } = await app;
    expect([installationId, repositoryId]).toEqual([42, 700001]);
    expect(await installationToken()).toBe("ghs_1");
    expect(server.unknown).toEqual([]);
    const [first, discovery, token] = server.requests;
    expect(first?.authorization).toMatch(/^bearer eyJ/);
    expect(discovery?.body).toEqual({
      repositories: ["access"],
      permissions: { metadata: "read" },
    });
    expect(token?.body).toEqual({
      repository_ids: [700001],
      permissions: { contents: "write", checks: "write" },
    });
  });

  it("sends the installation token, never the JWT, to everything else", async () => {
    const { app, server } = setUp();
    const { octokit, reads } = await app;
    await octokit.request("GET /repos/{owner}/{repo}", readRepository);
    await reads.request("GET /repos/{owner}/{repo}", readRepository);
    const seen = server.requests.filter(({ url }) => url.pathname === "/repos/acme/access");
    expect(seen.map(({ authorization }) => authorization)).toEqual(["token ghs_1", "token ghs_1"]);
  });

  it("keeps a token until five minutes before its end", async () => {
    const { app, pass } = setUp();
    const { installationToken } = await app;
    expect(await installationToken()).toBe("ghs_1");
    pass(54 * 60_000);
    expect(await installationToken()).toBe("ghs_1");
    pass(60_000);
    expect(await installationToken()).toBe("ghs_2");
  });

  it("asks for one token when twelve callers need one at once", async () => {
    const { app, server } = setUp();
    const { reads } = await app;
    const calls = Array.from({ length: 12 }, () =>
      reads.request("GET /repos/{owner}/{repo}", readRepository),
    );
    await Promise.all(calls);
    const tokens = server.requests.filter(({ url }) => url.pathname.endsWith("/access_tokens"));
    expect(tokens).toHaveLength(2);
  });

  it("replaces a token that GitHub no longer accepts, once", async () => {
    const { app, server } = setUp({
      "GET /repos/acme/access": ({ authorization }) =>
        authorization === "token ghs_1"
          ? { status: 401, body: { message: "Bad credentials" } }
          : { body: repository },
    });
    const { octokit } = await app;
    await octokit.request("GET /repos/{owner}/{repo}", readRepository);
    expect(server.requests.at(-1)?.authorization).toBe("token ghs_2");
    const dead = setUp({
      "GET /repos/acme/access": () => ({ status: 401, body: { message: "Bad credentials" } }),
    });
    const refused = (await dead.app).octokit.request("GET /repos/{owner}/{repo}", readRepository);
    await expect(refused).rejects.toMatchObject({ status: 401 });
  });

  it("does not keep a failure to get a token", async () => {
    let asked = 0;
    const { app } = setUp({
      "POST /app/installations/42/access_tokens": () => {
        asked += 1;
        if (asked === 2) return { status: 403, body: { message: "suspended" } };
        const expires_at = new Date(start + 3_600_000).toISOString();
        return {
          status: 201,
          body: { token: `ghs_${asked}`, expires_at, repositories: [repository] },
        };
      },
    });
    const { installationToken } = await app;
    await expect(installationToken()).rejects.toMatchObject({ name: "ForgeRefused", status: 403 });
    expect(await installationToken()).toBe("ghs_3");
  });

  it.each([
    [
      "a contradicting GraphQL address",
      { graphqlUrl: "https://api.github.com/graphql" },
      /Remove GITHUB_GRAPHQL_URL/,
    ],
    ["a key that is none", { privateKey: "-----BEGIN secret" }, /PRIVATE_KEY is not a private key/],
  ])("refuses %s before it asks anything", async (_name, over, message) => {
    const { app, server } = setUp({}, over);
    await expect(app).rejects.toMatchObject({ name: "ForgeRefused" });
    await expect(app).rejects.toThrow(message);
    expect(server.requests).toEqual([]);
  });

  it.each([
    ["no repository", []],
    ["two repositories", [repository, { id: 1, full_name: "acme/other" }]],
    ["another repository", [{ id: 1, full_name: "acme/other" }]],
  ])("refuses a token narrowed to %s", async (_name, repositories) => {
    const { app } = setUp({
      "POST /app/installations/42/access_tokens": () => ({
        status: 201,
        body: { token: "ghs_x", expires_at: "2026-11-21T09:00:00Z", repositories },
      }),
    });
    await expect(app).rejects.toMatchObject({ name: "ForgeRefused" });
  });

  it("says that the App is not installed there", async () => {
    const { app } = setUp({
      "GET /repos/acme/access/installation": () => ({
        status: 404,
        body: { message: "Not Found" },
      }),
    });
    await expect(app).rejects.toMatchObject({ name: "ForgeRefused", status: 404 });
  });
});
