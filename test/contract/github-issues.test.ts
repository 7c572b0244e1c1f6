import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { githubIncidents } from "../../src/adapters/github/github-incidents.ts";
import { githubIssues } from "../../src/adapters/github/github-issues.ts";
import type { IncidentFacts } from "../../src/core/model/emergency.ts";
import type { ForgeIssues } from "../../src/ports/forge-issues.ts";
import { ForgeRefused } from "../../src/ports/forge-reader.ts";
import { sandboxScene } from "../support/forge/sandbox-scene.ts";
import type { SandboxScene } from "../support/forge/sandbox-scene.ts";

const base = "/repos/acme/access/issues";

describe("GitHub's issues on the sandbox", () => {
  let scene: SandboxScene;
  let issues: ForgeIssues;
  beforeAll(async () => {
    scene = await sandboxScene();
    const { octokit } = scene.app;
    const appId = scene.sandbox.apps[0]?.id ?? 0;
    issues = githubIssues({
      octokit,
      appId,
      ...{ owner: "acme", repository: "access", governedBranch: "main" },
    });
  });
  afterAll(() => scene.stop());

  const report = async (login: string): Promise<number> => {
    const { number } = await scene.as(login, "POST", base, { title: "Stuck", body: "Help" });
    return Number(number);
  };
  const read = (number: number): Promise<IncidentFacts | null> =>
    githubIncidents(scene.app.issues).read({ owner: "acme", repository: "access", number });
  const change = (number: number, state: "open" | "closed") =>
    scene.as("alice", "PATCH", `${base}/${number}`, { state });
  const comment = (login: string, number: number, body: string) =>
    scene.as(login, "POST", `${base}/${number}/comments`, { body });

  it("opens an issue once, whoever wrote the same mark, and closes it as often as asked", async () => {
    const asked = { mark: "<!-- countersign: review of x -->", title: "Review x", body: "Was it?" };
    await scene.as("alice", "POST", base, { title: "Mine", body: `${asked.mark}\nNo.` });
    const { number } = await issues.open(asked);
    expect(await issues.open(asked)).toEqual({ number });
    await issues.close(number);
    await issues.close(number);
    const shown = await scene.as("bob", "GET", `${base}/${number}`);
    expect(shown).toMatchObject({ state: "closed", title: "Review x" });
    // Closed is done: it is not opened again.
    expect(await issues.open(asked)).toEqual({ number });
  });

  it("reads who reported an incident, who confirmed it unedited, and every closing with its hand", async () => {
    const number = await report("alice");
    await comment("bob", number, "I see it as well.");
    await comment("carol", number, "/access confirm\n");
    const { id } = await comment("judy", number, "Hm.");
    await scene.as("alice", "PATCH", `/repos/acme/access/issues/comments/${String(id)}`, {
      body: "/access confirm",
    });
    expect(await read(number)).toMatchObject({
      ...{ reference: `acme/access#${number}`, state: "open", problem: null, closings: [] },
      openedBy: { id: 1001, login: "alice", type: "User" },
      confirmations: [{ by: { id: 1003, login: "carol" } }],
    });
    await change(number, "closed");
    await change(number, "open");
    await change(number, "closed");
    const closed = await read(number);
    expect(closed?.state).toBe("closed");
    expect(closed?.closings).toMatchObject([{ by: { id: 1001 } }, { by: { id: 1001 } }]);
  });

  it("reads a confirmation under more than a hundred comments", { timeout: 60_000 }, async () => {
    const number = await report("alice");
    await comment("carol", number, "/access confirm");
    for (let index = 0; index < 101; index += 1) await comment("bob", number, `${index}`);
    expect((await read(number))?.confirmations).toHaveLength(1);
  });

  it("finds no incident behind a pull request, an unknown number or another repository", async () => {
    const pull = await scene.openPull("alice/no-incident", "notes/no-incident.md");
    expect(await read(pull.number)).toBeNull();
    expect(await read(9_999)).toBeNull();
    const elsewhere = { owner: "acme", repository: "elsewhere", number: 1 };
    expect(await githubIncidents(scene.app.issues).read(elsewhere)).toBeNull();
  });

  it("reads issues with a token that can do nothing else", async () => {
    const number = await report("bob");
    const write = scene.app.issues.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
      ...{ owner: "acme", repo: "access", issue_number: number, state: "closed" as const },
    });
    await expect(write).rejects.toMatchObject({ status: 403 });
  });

  it("says what the App lacks, instead of finding nothing", async () => {
    const narrow = await scene.signIn({ pull_requests: "read" });
    const number = await report("bob");
    const incidents = githubIncidents(narrow.reads);
    await expect(incidents.read({ owner: "acme", repository: "access", number })).rejects.toThrow(
      ForgeRefused,
    );
  });
});
