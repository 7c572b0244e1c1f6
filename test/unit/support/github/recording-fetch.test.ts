import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordingFetch, type RecordingFetch } from "../../../support/github/recording-fetch.ts";

const json = { "content-type": "application/json; charset=utf-8" };
const merged = { sha: "6dcb", merged: true, message: "Pull Request successfully merged" };
const merge = "/repos/acme/access/pulls/7/merge";
const file = "/repos/acme/access/contents/governance/ROLES";
const elsewhere = "http://elsewhere.invalid";

const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  [`PUT ${merge}`]: (response) => response.writeHead(200, json).end(JSON.stringify(merged)),
  "GET /app": (response) => response.writeHead(200, json).end('{"id":1}'),
  "GET /meta": (response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>"),
  "GET /user": (response) => response.writeHead(502, { "content-type": "text/html" }).end("<p>"),
  "GET /rate_limit": (response) => response.writeHead(200, json).end("{"),
  "POST /graphql": (response) => response.writeHead(200, json).end('{"data":{"any":"thing"}}'),
  [`GET ${file}`]: (response) =>
    response.writeHead(200, { "content-type": "application/vnd.github.raw+json" }).end("[control]"),
  "DELETE /repos/acme/access/git/refs/heads/x": (response) => response.writeHead(204).end(),
  "GET /repos/old/name": (response) =>
    response.writeHead(301, { ...json, location: `${elsewhere}/repos/acme/access` }).end("{}"),
  "GET /repos/moved/name": (response) =>
    response.writeHead(301, { ...json, location: `${otherOrigin}/rate_limit` }).end("{}"),
  "GET /repos/older/name": (response) =>
    response.writeHead(301, { ...json, location: "/rate_limit" }).end("{}"),
};

const served: { readonly request: string; readonly authorization: string | undefined }[] = [];
const server = createServer(answer);
const otherServer = createServer(answer);
let origin = "";
let otherOrigin = "";
let recording: RecordingFetch;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const name = `${request.method ?? ""} ${request.url ?? ""}`;
  served.push({ request: name, authorization: request.headers.authorization });
  request.resume().on("end", () => answers[name]?.(response));
}

async function listening(one: Server): Promise<string> {
  await new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  origin = await listening(server);
  otherOrigin = await listening(otherServer);
});
beforeEach(() => {
  served.length = 0;
  recording = recordingFetch({ allowedOrigins: [origin] });
});
afterAll(() => {
  server.close();
  otherServer.close();
});

describe("recordingFetch", () => {
  test("keeps the exchange, leaves the answer readable, and keeps no header", async () => {
    const response = await recording.fetch(`${origin}${merge}`, {
      method: "PUT",
      headers: { authorization: "Bearer ghs_secret" },
      body: '{"merge_method":"merge"}',
    });
    expect(await response.json()).toEqual(merged);
    expect(served[0]?.authorization).toBe("Bearer ghs_secret");
    expect(recording.exchanges).toEqual([
      {
        method: "PUT",
        url: `${origin}${merge}`,
        requestBody: '{"merge_method":"merge"}',
        status: 200,
        contentType: json["content-type"],
        responseBody: JSON.stringify(merged),
      },
    ]);
    expect(JSON.stringify(recording.exchanges)).not.toContain("ghs_secret");
    expect(recording.problems()).toEqual([]);
  });

  test("takes a Request and a URL as fetch does", async () => {
    await recording.fetch(new Request(`${origin}${merge}`, { method: "PUT", body: "{}" }));
    await recording.fetch(new URL("/repos/acme/access/git/refs/heads/x", origin), {
      method: "DELETE",
    });
    expect(recording.exchanges.map(({ status }) => status)).toEqual([200, 204]);
    expect(recording.problems()).toEqual([]);
  });

  test("tells what the description refuses, in the answer and in the request", async () => {
    await recording.fetch(`${origin}/app`);
    await recording.fetch(`${origin}${merge}`, { method: "PUT", body: '{"heads":"6dcb"}' });
    expect(recording.problems()).toContain("GET /app 200: / must have required property 'events'");
    expect(recording.problems().at(-1)).toMatch(/: \/heads is not in the description$/u);
  });

  test.each([
    ["/meta", /answered text\/html, not JSON/u],
    ["/rate_limit", /must be object/u],
  ])("tells of an answer to %s that is no JSON", async (path, words) => {
    await recording.fetch(`${origin}${path}`);
    expect(recording.problems()).toEqual([expect.stringMatching(words)]);
  });

  test("leaves GraphQL, raw files and a broken gateway's page alone", async () => {
    await recording.fetch(`${origin}/graphql`, { method: "POST", body: '{"query":"{a}"}' });
    await recording.fetch(`${origin}${file}`, {
      headers: { accept: "application/vnd.github.raw" },
    });
    await recording.fetch(`${origin}/user`);
    expect(recording.exchanges).toHaveLength(3);
    expect(recording.problems()).toEqual([]);
  });
});

describe("a request to another host", () => {
  test("is refused before anything is sent, and told", async () => {
    const sent = recording.fetch(`${elsewhere}/app`, { method: "POST", body: "token" });
    await expect(sent).rejects.toThrow("http://elsewhere.invalid is not one of the configured");
    expect(recording.foreign()).toEqual(["POST http://elsewhere.invalid/app"]);
    expect(recording.exchanges).toEqual([]);
  });

  test("is refused on another port of the same host", async () => {
    const [, port = ""] = /:(\d+)$/u.exec(origin) ?? [];
    const other = origin.replace(port, String(Number(port) - 1));
    await expect(recording.fetch(`${other}/app`)).rejects.toThrow("configured hosts");
    expect(recording.foreign()).toEqual([`GET ${other}/app`]);
  });

  test("is refused when a redirect leads there", async () => {
    await expect(recording.fetch(`${origin}/repos/old/name`)).rejects.toThrow("configured hosts");
    expect(recording.foreign()).toEqual([`GET ${elsewhere}/repos/acme/access`]);
  });

  test("is not followed when the caller follows no redirects", async () => {
    const response = await recording.fetch(`${origin}/repos/old/name`, { redirect: "manual" });
    expect(response.status).toBe(301);
    expect(recording.foreign()).toEqual([]);
  });

  test("differs from a redirect on the same host, which is followed with the token", async () => {
    const headers = { authorization: "Bearer ghs_secret" };
    await recording.fetch(`${origin}/repos/older/name`, { headers });
    expect(served).toEqual([
      { request: "GET /repos/older/name", authorization: "Bearer ghs_secret" },
      { request: "GET /rate_limit", authorization: "Bearer ghs_secret" },
    ]);
  });

  test("does not carry the token to another allowed host", async () => {
    recording = recordingFetch({ allowedOrigins: [origin, otherOrigin] });
    const headers = { authorization: "Bearer ghs_secret" };
    await recording.fetch(`${origin}/repos/moved/name`, { headers });
    expect(recording.exchanges.at(-1)?.url).toBe(`${otherOrigin}/rate_limit`);
    expect(served.at(-1)).toEqual({ request: "GET /rate_limit", authorization: undefined });
    expect(recording.foreign()).toEqual([]);
  });
});
