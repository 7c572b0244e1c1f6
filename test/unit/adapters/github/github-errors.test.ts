import { describe, expect, it } from "vitest";
import { askGitHub, forgeError } from "../../../../src/adapters/github/github-errors.ts";
import { ForgeRefused, ForgeUnavailable } from "../../../../src/ports/forge-reader.ts";

function failure(status: number, message = "no", headers: object = {}) {
  return Object.assign(new Error(message), { status, response: { headers, data: {} } });
}

describe("forgeError", () => {
  it.each([500, 502, 503, 504, 408, 429])("finds %i worth a retry", (status) => {
    expect(forgeError("asking", failure(status))).toBeInstanceOf(ForgeUnavailable);
  });

  it.each([400, 401, 403, 404, 405, 409, 410, 422])("finds %i final and keeps it", (status) => {
    expect(forgeError("asking", failure(status))).toMatchObject({ name: "ForgeRefused", status });
  });

  it("tells a rate limit from a missing permission, both 403", () => {
    const permission = failure(403, "Resource not accessible by integration");
    expect(forgeError("asking", permission)).toBeInstanceOf(ForgeRefused);
    const secondary = failure(403, "You have exceeded a secondary rate limit", {
      "retry-after": "75",
    });
    expect(forgeError("asking", secondary)).toMatchObject({
      name: "ForgeUnavailable",
      retryAfterSeconds: 75,
    });
  });

  it("computes the wait from the reset of a spent limit, and knows none otherwise", () => {
    const reset = String(Math.floor(Date.now() / 1000) + 3600);
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    const spent = forgeError("asking", failure(403, "no", headers)) as ForgeUnavailable;
    expect(spent.retryAfterSeconds).toBeGreaterThan(3500);
    expect(spent.retryAfterSeconds).toBeLessThan(3610);
    expect(forgeError("asking", failure(502))).toMatchObject({ retryAfterSeconds: null });
  });

  it("keeps the cause and shows no token of a message", () => {
    const echoed =
      "bad ghs_0123456789abcdef, token 0123456789abcdef0123, eyJhbGciOi.eyJpc3MiOjF9.c2ln-bmF0, github_pat_11ABC";
    const seen = failure(401, echoed);
    const error = forgeError("asking", seen) as ForgeRefused;
    expect(error.cause).toBe(seen);
    expect(error.message).not.toMatch(/ghs_|0123456789|eyJ|github_pat/);
    expect(error.message).toContain("Check APP_ID and the private key.");
  });

  it("finds the GraphQL rate limit worth a retry, other GraphQL errors final", () => {
    const limited = { errors: [{ type: "RATE_LIMITED", message: "slow" }], headers: {} };
    expect(forgeError("asking", limited)).toBeInstanceOf(ForgeUnavailable);
    const thrown = {
      message: "GraphQL Rate Limit Exceeded",
      response: { headers: {}, data: limited },
    };
    expect(forgeError("asking", thrown)).toBeInstanceOf(ForgeUnavailable);
    const status = (type: string) => forgeError("asking", { errors: [{ type, message: "no" }] });
    expect(status("NOT_FOUND")).toMatchObject({ name: "ForgeRefused", status: 404 });
    expect(status("FORBIDDEN")).toMatchObject({ name: "ForgeRefused", status: 403 });
    expect(status("STALE_DATA")).toMatchObject({ name: "ForgeRefused", status: 409 });
    expect(status("UNPROCESSABLE")).toMatchObject({ name: "ForgeRefused", status: 200 });
  });
});

describe("askGitHub", () => {
  it("lets a defect of ours pass as it is", async () => {
    const defect = new TypeError("undefined is not a function");
    await expect(askGitHub("asking", () => Promise.reject(defect))).rejects.toBe(defect);
  });

  it("lets the port's own errors pass, also as a cause", async () => {
    const own = new ForgeRefused("moved", 301);
    await expect(askGitHub("asking", () => Promise.reject(own))).rejects.toBe(own);
    const wrapped = Object.assign(failure(500), { cause: own });
    await expect(askGitHub("asking", () => Promise.reject(wrapped))).rejects.toBe(own);
  });
});
