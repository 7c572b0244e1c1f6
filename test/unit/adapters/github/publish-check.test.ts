import { describe, expect, it } from "vitest";
import { checkPublisher } from "../../../../src/adapters/github/publish-check.ts";
import type { Check } from "../../../../src/ports/forge-writer.ts";
import type { FakeReply, FakeRoute } from "../../../support/forge/strict-fetch.ts";
import { strictFetch } from "../../../support/forge/strict-fetch.ts";
import { testOctokit } from "../../../support/forge/test-octokit.ts";

const head = "a".repeat(40);
const green: Check = { conclusion: "success", title: "Approved", summary: "yes", text: "all" };
const waiting: Check = { ...green, conclusion: "in_progress" };

interface Run {
  readonly id: number;
  readonly name: string;
  readonly head_sha: string;
  readonly app: { readonly id: number };
  readonly status: string;
  readonly conclusion: string | null;
  readonly output: { readonly title: string | null };
}

const untitled = { title: null };

/** The check runs of one head, as GitHub keeps them. */
function checks(runs: Run[], over: Readonly<Record<string, FakeRoute>> = {}) {
  const write = (run: Run, body: unknown): FakeReply => {
    const { status = "queued", conclusion = null, output = run.output } = body as Partial<Run>;
    const written = { ...run, status, conclusion, output };
    const place = runs.findIndex(({ id }) => id === run.id);
    runs.splice(place === -1 ? runs.length : place, 1, written);
    return { body: written };
  };
  const server = strictFetch({
    [`GET /repos/acme/access/commits/${head}/check-runs`]: () => ({
      body: { total_count: runs.length, check_runs: runs },
    }),
    "POST /repos/acme/access/check-runs": ({ body }) => {
      const { name } = body as Run;
      const run = {
        id: 100 + runs.length,
        name,
        head_sha: head,
        app: { id: 55 },
        output: untitled,
      };
      return { ...write({ ...run, status: "queued", conclusion: null }, body), status: 201 };
    },
    ...Object.fromEntries(
      runs.map((run) => [
        `PATCH /repos/acme/access/check-runs/${run.id}`,
        ({ body }: { body: unknown }) => write(run, body),
      ]),
    ),
    "PATCH /repos/acme/access/check-runs/100": ({ body }) => write(runs[0] ?? ours(100), body),
    "PATCH /repos/acme/access/check-runs/101": ({ body }) => write(runs[1] ?? ours(101), body),
    ...over,
  });
  const octokit = testOctokit(server.fetch);
  const publish = checkPublisher({ octokit, owner: "acme", repository: "access", appId: 55 });
  const calls = () => server.requests.map(({ method }) => method);
  return { publish, server, runs, calls };
}

function ours(id: number, over: Partial<Run> = {}): Run {
  const state = { status: "completed", conclusion: "failure", output: untitled };
  return { id, name: "countersign", head_sha: head, app: { id: 55 }, ...state, ...over };
}

describe("checkPublisher", () => {
  it("creates the run of a head once and then changes it in place without looking again", async () => {
    const { publish, runs, calls, server } = checks([]);
    await publish(head, waiting);
    await publish(head, green);
    expect(runs).toMatchObject([
      { name: "countersign", status: "completed", conclusion: "success" },
    ]);
    expect(calls()).toEqual(["GET", "POST", "PATCH"]);
    expect(server.requests[1]?.body).toMatchObject({ head_sha: head, status: "in_progress" });
    expect(server.requests[1]?.body).not.toHaveProperty("conclusion");
    expect(server.requests[2]?.body).toMatchObject({
      status: "completed",
      conclusion: "success",
      output: { title: "Approved", summary: "yes", text: "all" },
    });
    expect(server.unknown).toEqual([]);
  });

  it("writes nothing again that still stands there, and everything that does not", async () => {
    const { publish, runs, calls } = checks([]);
    await publish(head, green);
    await publish(head, green);
    expect(calls()).toEqual(["GET", "POST", "GET"]);
    runs[0] = ours(100);
    await publish(head, green);
    expect(calls()).toEqual(["GET", "POST", "GET", "GET", "PATCH"]);
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(["success"]);
    await publish(head, { ...green, summary: "other words" });
    expect(calls().slice(5)).toEqual(["PATCH"]);
  });

  it("finds the run of an earlier process by the App, the newest one", async () => {
    const { publish, runs, calls, server } = checks([ours(3), ours(4)]);
    await publish(head, green);
    expect(calls()).toEqual(["GET", "PATCH"]);
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(["failure", "success"]);
    const query = server.requests[0]?.url.searchParams;
    expect([query?.get("app_id"), query?.get("check_name")]).toEqual(["55", "countersign"]);
  });

  it("never touches a run of our name by another App, nor ours of another name or head", async () => {
    const foreign = ours(3, { app: { id: 66 } });
    const other = ours(4, { name: "lint" });
    const elsewhere = ours(5, { head_sha: "c".repeat(40) });
    const { publish, runs, calls } = checks([foreign, other, elsewhere]);
    await publish(head, green);
    expect(calls()).toEqual(["GET", "POST"]);
    expect(runs.slice(0, 3)).toEqual([foreign, other, elsewhere]);
  });

  it("creates the run again when it is gone", async () => {
    const { publish, calls } = checks([ours(3)], {
      "PATCH /repos/acme/access/check-runs/3": () => ({
        status: 404,
        body: { message: "Not Found" },
      }),
    });
    await publish(head, green);
    expect(calls()).toEqual(["GET", "PATCH", "POST"]);
  });

  it("creates a new run when GitHub keeps the old state", async () => {
    const { publish, calls } = checks([ours(3)], {
      "PATCH /repos/acme/access/check-runs/3": () => ({ body: ours(3) }),
    });
    await publish(head, waiting);
    expect(calls()).toEqual(["GET", "PATCH", "POST"]);
  });

  it("refuses an answer that shows another state than it asked for", async () => {
    const { publish } = checks([], {
      "POST /repos/acme/access/check-runs": () => ({ status: 201, body: ours(9) }),
    });
    await expect(publish(head, green)).rejects.toMatchObject({ name: "ForgeRefused" });
  });

  it("leaves one run when GitHub created it but answered 502", async () => {
    const runs: Run[] = [];
    const { publish, calls } = checks(runs, {
      "POST /repos/acme/access/check-runs": () => {
        runs.push(ours(100, { status: "in_progress", conclusion: null }));
        return { status: 502, body: { message: "Bad Gateway" } };
      },
    });
    await publish(head, green);
    expect(runs).toMatchObject([{ id: 100, conclusion: "success" }]);
    expect(calls()).toEqual(["GET", "POST", "GET", "PATCH"]);
  });

  it("survives 502 three times in a row, and says ForgeUnavailable when it does not end", async () => {
    let failing = 3;
    const { publish, runs } = checks([], {
      "POST /repos/acme/access/check-runs": () => {
        if (failing-- > 0) return { status: 502, body: { message: "Bad Gateway" } };
        runs.push(ours(100, { conclusion: "success" }));
        return { status: 201, body: runs[0] };
      },
    });
    await publish(head, green);
    expect(runs).toHaveLength(1);
    const down = checks([], {
      "POST /repos/acme/access/check-runs": () => ({
        status: 502,
        body: { message: "Bad Gateway" },
      }),
    });
    await expect(down.publish(head, green)).rejects.toMatchObject({ name: "ForgeUnavailable" });
    expect(down.calls().filter((method) => method === "POST")).toHaveLength(4);
  });

  it("does not repeat a refusal", async () => {
    const { publish, calls } = checks([], {
      "POST /repos/acme/access/check-runs": () => ({ status: 422, body: { message: "No commit" } }),
    });
    await expect(publish(head, green)).rejects.toMatchObject({ name: "ForgeRefused", status: 422 });
    expect(calls()).toEqual(["GET", "POST"]);
  });

  it("writes one run when two callers publish the same head at once, the later one last", async () => {
    const { publish, runs } = checks([]);
    await Promise.all([publish(head, waiting), publish(head, green)]);
    expect(runs).toMatchObject([{ conclusion: "success" }]);
  });

  it("goes on after a publication that failed", async () => {
    let first = true;
    const { publish, runs } = checks([], {
      "POST /repos/acme/access/check-runs": () => {
        if (first) {
          first = false;
          return { status: 422, body: { message: "No commit" } };
        }
        runs.push(ours(100, { conclusion: "success" }));
        return { status: 201, body: runs[0] };
      },
    });
    const [refused, written] = await Promise.allSettled([
      publish(head, green),
      publish(head, green),
    ]);
    expect([refused.status, written.status]).toEqual(["rejected", "fulfilled"]);
  });

  it("cuts what GitHub would refuse for its length", async () => {
    const { publish, server } = checks([]);
    await publish(head, { ...green, summary: "x".repeat(70_000), text: "y".repeat(65_535) });
    const { output } = server.requests[1]?.body as { output: { summary: string; text: string } };
    expect([output.summary.length, output.text.length]).toEqual([65_535, 65_535]);
    expect(output.summary).toContain("Cut here");
    expect(output.text).not.toContain("Cut here");
  });
});
