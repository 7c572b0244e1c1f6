import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, checkSays, merged } from "../../src/bin/demo/forge-view.ts";
import { commitFile } from "../../src/bin/demo/person.ts";
import { waitFor } from "../../src/bin/demo/wait-for.ts";
import { startGateWorld } from "../support/e2e/gate-world.ts";
import type { GateWorld, OpenedPull } from "../support/e2e/gate-world.ts";
import { giveCommand } from "../support/e2e/give-command.ts";
import { ledgerEntries } from "../support/e2e/ledger-entries.ts";
import { exampleFiles } from "../support/snapshot/example-files.ts";
import { ordinaryText } from "../support/snapshot/request-text.ts";

let world: GateWorld;
let on: { readonly owner: string; readonly repo: string };
beforeAll(async () => {
  world = await startGateWorld();
  on = { owner: world.view.owner, repo: world.view.repo };
});
afterAll(() => world.stop());

/** Rows of the check's tables: codes stay, sentences are reworded. */
const counted = (login: string): string => `| ${login} | APPROVED | yes |`;
const missingApprover = "pending | step-filled | SOD-STEP-APPROVER";
const pathOf = (name: string): string => `access-requests/payments-db/${name}.yaml`;
const analyticsPath = (name: string): string => `access-requests/analytics-db/${name}.yaml`;
/** Alice's request to run reports: ken alone may approve it, and it conflicts with nothing. */
const analyticsText = (name: string): string =>
  ordinaryText(name)
    .replace("target: payments-db", "target: analytics-db")
    .replace("entitlement: readwrite", "entitlement: report");
/** Alice's privileged request, approved by bob: carol's approval is all that is missing. */
async function halfApproved(name: string): Promise<OpenedPull> {
  const opened = await world.openPull({ [pathOf(name)]: ordinaryText(name) });
  await approve(world.view, world.as("bob"), opened.pull);
  await checkSays(world.view, opened.head, "action_required", counted("bob"));
  return opened;
}

/** Pushes other bytes of the same request and returns the new head. */
async function pushOther({ git, work, branch }: OpenedPull, name: string): Promise<string> {
  const text = ordinaryText(name).replace("batch 8841", "batch 9999");
  await commitFile(git, { folder: work, path: pathOf(name), text, message: "Say it better" });
  await git.push("origin", branch);
  return (await git.revparse(["HEAD"])).trim();
}

/**
 * The check must say why bob's approval does not count, and also after carol gave the last one. She waits a
 * second first: the forge's times are whole ones, and what happened in the same second counts as later.
 */
async function stillRefused(pull: number, head: string, bobs: string): Promise<void> {
  await checkSays(world.view, head, "action_required", bobs);
  const seen = Math.floor(Date.now() / 1000);
  await waitFor("the next second", 25, () => {
    const now = Math.floor(Date.now() / 1000);
    return Promise.resolve(now > seen ? { found: now } : { seen: String(now) });
  });
  await approve(world.view, world.as("carol"), pull);
  const { text } = await checkSays(world.view, head, "action_required", counted("carol"));
  expect(text).toMatch(new RegExp(`\\| bob \\| \\w+ \\| no \\| ${bobs} \\|`, "u"));
  expect(text).toContain(missingApprover);
  expect(await isMerged(pull)).toBe(false);
}

async function isMerged(pull: number): Promise<boolean> {
  const { data } = await world.as("alice").github.pulls.get({ ...on, pull_number: pull });
  return data.merged;
}

/** A person presses the merge button; returns the forge's status. */
async function pressMerge(pull: number, sha: string): Promise<number> {
  const { pulls } = world.as("dave").github;
  return pulls.merge({ ...on, pull_number: pull, sha }).then(
    ({ status }) => status,
    (error: unknown) => (error as { status: number }).status,
  );
}

describe("an approval is for what its reviewer saw", () => {
  it("B1: a push after the approval", async () => {
    const opened = await halfApproved("b1");
    const head = await pushOther(opened, "b1");
    await stillRefused(opened.pull, head, "SOD-OTHER-CONTENT");
  });

  it("B2: a force-push back to a commit that the gate knows from before the approval", async () => {
    const opened = await world.openPull({ [pathOf("b2")]: ordinaryText("b2") });
    await checkSays(world.view, opened.head, "action_required", missingApprover);
    const other = await pushOther(opened, "b2");
    await approve(world.view, world.as("bob"), opened.pull);
    await checkSays(world.view, other, "action_required", counted("bob"));
    await opened.git.reset(["--hard", opened.head]);
    await opened.git.push("origin", opened.branch, ["--force"]);
    await stillRefused(opened.pull, opened.head, "SOD-VOIDED");
  });

  it("B4: a review that names the old head, submitted after a push", async () => {
    const opened = await world.openPull({ [pathOf("b4")]: ordinaryText("b4") });
    const head = await pushOther(opened, "b4");
    await world.as("bob").github.pulls.createReview({
      ...on,
      pull_number: opened.pull,
      event: "APPROVE",
      commit_id: opened.head,
    });
    await stillRefused(opened.pull, head, "SOD-OTHER-CONTENT");
  });

  it("B5: GitHub moves the approval to a patch-identical force-push", async () => {
    const opened = await halfApproved("b5");
    await opened.git.raw(["commit", "--amend", "--message", "The same patch, another commit"]);
    await opened.git.push("origin", opened.branch, ["--force"]);
    const head = (await opened.git.revparse(["HEAD"])).trim();
    const { data } = await world
      .as("bob")
      .github.pulls.listReviews({ ...on, pull_number: opened.pull });
    expect(data.map(({ state, commit_id }) => [state, commit_id])).toEqual([["APPROVED", head]]);
    await stillRefused(opened.pull, head, "SOD-VOIDED");
  });

  it("B9: a new head has no successful check, and the old one cannot be merged", async () => {
    const opened = await world.openPull({ "docs/b9.md": "harmless\n" });
    await checkSays(world.view, opened.head, "success", "");
    world.sandbox.faults.loseDeliveries("pull_request", 1);
    const head = await pushOther(opened, "b9");
    expect(await pressMerge(opened.pull, opened.head)).toBe(409);
    expect(await pressMerge(opened.pull, head)).toBe(405);
    await checkSays(world.view, head, "failure", "SOD-PULL-KIND");
    expect(await pressMerge(opened.pull, head)).toBe(405);
  });

  it("B10: moved to another base branch and back", async () => {
    const { pull, head, git } = await halfApproved("b10");
    await git.push("origin", "HEAD~1:refs/heads/elsewhere");
    const { pulls } = world.as("alice").github;
    await pulls.update({ ...on, pull_number: pull, base: "elsewhere" });
    await checkSays(world.view, head, "failure", "violated | pull-open | SOD-PULL-OPEN");
    await pulls.update({ ...on, pull_number: pull, base: "main" });
    await stillRefused(pull, head, "SOD-VOIDED");
  });

  it("closed and reopened", async () => {
    const { pull, head } = await halfApproved("reopened");
    const { pulls } = world.as("alice").github;
    await pulls.update({ ...on, pull_number: pull, state: "closed" });
    await pulls.update({ ...on, pull_number: pull, state: "open" });
    await stillRefused(pull, head, "SOD-VOIDED");
  });

  it("turned into a draft and back", async () => {
    const { pull, head } = await halfApproved("drafted");
    const { github } = world.as("alice");
    const { data } = await github.pulls.get({ ...on, pull_number: pull });
    for (const turn of ["convertPullRequestToDraft", "markPullRequestReadyForReview"]) {
      await github.graphql(
        `mutation ($id: ID!) { ${turn}(input: { pullRequestId: $id }) { clientMutationId } }`,
        { id: data.node_id },
      );
    }
    await stillRefused(pull, head, "SOD-VOIDED");
  });
});

describe("reviews and comments", () => {
  it("C3, C4, C5: no text approves, whoever writes it and wherever", async () => {
    const name = "c3";
    const { pull, head } = await world.openPull({ [pathOf(name)]: ordinaryText(name) });
    const { issues, pulls } = world.as("bob").github;
    for (const body of [":+1:", "approve", "LGTM", "/access approve", "> approve\n\n:+1:"]) {
      await issues.createComment({ ...on, issue_number: pull, body });
      await pulls.createReview({ ...on, pull_number: pull, event: "COMMENT", body });
    }
    const { data } = await issues.createComment({ ...on, issue_number: pull, body: "Hm." });
    await world
      .as("alice")
      .github.issues.updateComment({ ...on, comment_id: data.id, body: "approve" });
    await stillRefused(pull, head, "SOD-COMMENT");
  });

  it("J7: the same signed review twice and again leaves one observation", async () => {
    world.sandbox.faults.doubleDeliveries("pull_request_review", 1);
    const { pull, head } = await halfApproved("j7");
    const sent = world.sandbox.deliveries.filter(
      ({ event, payload }) =>
        event === "pull_request_review" &&
        (payload["pull_request"] as { number?: number } | undefined)?.number === pull,
    );
    expect(sent.map(({ id }) => id)).toEqual([sent[0]?.id, sent[0]?.id]);
    const again = await fetch(sent[0]?.url ?? "", {
      method: "POST",
      body: JSON.stringify(sent[0]?.payload),
      headers: {
        "content-type": "application/json",
        "x-github-event": "pull_request_review",
        "x-github-delivery": randomUUID(),
        "x-hub-signature-256": sent[0]?.signature ?? "",
      },
    });
    expect(again.status).toBe(200);
    // What heidi sends now is looked at after all of that.
    await approve(world.view, world.as("heidi"), pull);
    await checkSays(world.view, head, "action_required", counted("heidi"));
    const observed = (await ledgerEntries(world, "audit/decisions")).flatMap((entry) =>
      entry.type === "approval-observed" && entry.inputs.pull === pull ? [entry.inputs] : [],
    );
    expect(observed.map(({ reviewer }) => reviewer.login)).toEqual(["bob", "heidi"]);
  });
});

describe("approver shopping", () => {
  it("D1: one pull request that asks for access and says who may approve it", async () => {
    const roles = exampleFiles.find(({ path }) => path === "governance/ROLES")?.text ?? "";
    expect(roles).toContain("@acme/payments-owners");
    const { pull, head } = await world.openPull({
      [pathOf("d1")]: ordinaryText("d1"),
      "governance/ROLES": roles.replace("@acme/payments-owners", "@acme/payments-dev"),
    });
    await checkSays(world.view, head, "failure", "violated | pull-kind | SOD-PULL-KIND");
    for (const login of ["bob", "carol", "erin", "nora"]) {
      await approve(world.view, world.as(login), pull);
    }
    await checkSays(world.view, head, "failure", "SOD-PULL-KIND");
    expect(await pressMerge(pull, head)).toBe(405);
    expect(await isMerged(pull)).toBe(false);
  });

  it("I1: closed after a denial and asked for again in another pull request", async () => {
    const first = await world.openPull({ [analyticsPath("i1-first")]: analyticsText("i1-first") });
    const { pulls } = world.as("ken").github;
    const body = "Ask the team for the numbers instead.";
    await pulls.createReview({ ...on, pull_number: first.pull, event: "REQUEST_CHANGES", body });
    await checkSays(world.view, first.head, "failure", "violated | no-denial | SOD-DENIAL");
    await world
      .as("alice")
      .github.pulls.update({ ...on, pull_number: first.pull, state: "closed" });
    const again = await world.openPull({ [analyticsPath("i1-again")]: analyticsText("i1-again") });
    const { summary } = await checkSays(world.view, again.head, "failure", "SOD-DENIAL");
    expect(summary).toMatch(new RegExp(`on \\\\#\\W?${first.pull}, for the same access`, "u"));
    expect(await pressMerge(again.pull, again.head)).toBe(405);
    // Its giver lifts it, and nothing else was in the way.
    await approve(world.view, world.as("ken"), again.pull);
    await merged(world.view, again.pull, 25);
  });

  it("I3: who is asked for a review decides nothing, and who is not may still give one", async () => {
    const { pull, head } = await world.openPull({ [pathOf("i3")]: ordinaryText("i3") });
    const { pulls } = world.as("alice").github;
    await pulls.requestReviewers({ ...on, pull_number: pull, reviewers: ["heidi", "frank"] });
    await pulls.removeRequestedReviewers({ ...on, pull_number: pull, reviewers: ["heidi"] });
    await approve(world.view, world.as("frank"), pull);
    const { text } = await checkSays(
      world.view,
      head,
      "action_required",
      "| frank | APPROVED | no |",
    );
    expect(text).toContain("SOD-ROLE");
    expect(text).toContain(missingApprover);
    await approve(world.view, world.as("heidi"), pull);
    await checkSays(world.view, head, "action_required", counted("heidi"));
  });
});

describe("the check itself", () => {
  it("E2: a person's status of the check's name makes nothing mergeable", async () => {
    const { pull, head } = await halfApproved("e2");
    await world.as("ivan").github.repos.createCommitStatus({
      ...on,
      sha: head,
      state: "success",
      context: "countersign",
    });
    expect(await pressMerge(pull, head)).toBe(405);
    await checkSays(world.view, head, "action_required", counted("bob"));
    await approve(world.view, world.as("carol"), pull);
    // Nor is it forgotten: nothing is merged until a post-reviewer without a part in it says so.
    const { summary, text } = await checkSays(world.view, head, "failure", "FOREIGN-CHECK");
    const entry = /access clear (\d+)/u.exec(`${summary}\n${text}`)?.[1] ?? "";
    const clear = `/access clear ${entry} reason=known ticket=SEC-2`;
    await giveCommand(world, pull, { login: "frank", text: clear, code: "CMD-CLEARED" });
    await merged(world.view, pull, 25);
  });
});

// Last: what is open while a denial stands takes it over, and keeps it until its giver approves that too.
describe("a denial", () => {
  it("C1: who approves and then requests changes denies", async () => {
    const { pull, head } = await halfApproved("c1");
    await world.as("bob").github.pulls.createReview({
      ...on,
      pull_number: pull,
      event: "REQUEST_CHANGES",
      body: "Not today.",
    });
    await approve(world.view, world.as("carol"), pull);
    await approve(world.view, world.as("heidi"), pull);
    const { text } = await checkSays(world.view, head, "failure", counted("heidi"));
    expect(text).toContain("violated | no-denial | SOD-DENIAL");
    expect(text).toContain("| bob | APPROVED | no | SOD-SUPERSEDED |");
    expect(await isMerged(pull)).toBe(false);
    // The denial would stand against every later request for the same: its giver lifts it.
    await approve(world.view, world.as("bob"), pull);
    await checkSays(world.view, head, "success", counted("bob"));
  });
});
