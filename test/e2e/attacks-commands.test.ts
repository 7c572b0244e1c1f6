import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, checkSays, merged } from "../../src/bin/demo/forge-view.ts";
import { nextSecond, waitFor } from "../../src/bin/demo/wait-for.ts";
import { startGateWorld } from "../support/e2e/gate-world.ts";
import type { GateWorld } from "../support/e2e/gate-world.ts";
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

const pathOf = (name: string): string => `access-requests/payments-db/${name}.yaml`;

const command = (pull: number, login: string, text: string, code: string): Promise<number> =>
  giveCommand(world, pull, { login, text, code });

async function closed(pull: number): Promise<void> {
  await waitFor(`#${pull} to be closed`, 25, async () => {
    const { data } = await world.as("alice").github.pulls.get({ ...on, pull_number: pull });
    return data.state === "closed" ? { found: data.merged } : { seen: data.state };
  });
}

const reroute = (from: string, to: string): string =>
  `/access reroute approver from @${from} to @${to} reason=no-answer ticket=OPS-7 basis=privileged for=PT4H`;

describe("commands through the gate", { timeout: 240_000 }, () => {
  it("a policy says that requests are stalled after a second", async () => {
    const path = "governance/policy/privileged.yaml";
    const text = exampleFiles.find((file) => file.path === path)?.text ?? "";
    const { pull } = await world.openPull({
      [path]: text.replace("stalledAfter: PT8H", "stalledAfter: PT1S"),
    });
    for (const login of ["erin", "carol"]) await approve(world.view, world.as(login), pull);
    await merged(world.view, pull, 25);
  });

  it("I5, I6, I7, I8: a reroute is for two uninvolved rescuers, once, within the same role", async () => {
    const { pull, head } = await world.openPull({ [pathOf("i5")]: ordinaryText("i5") });
    await checkSays(world.view, head, "action_required", "SOD-STEP-APPROVER");
    await command(pull, "alice", reroute("bob", "oscar"), "CMD-ROLE");
    await command(pull, "dave", reroute("bob", "dave"), "CMD-SAME-PERSON");
    await command(pull, "dave", reroute("bob", "judy"), "CMD-SAME-ROLE");
    await command(pull, "dave", "/access approve", "CMD-MALFORMED");
    const id = await command(pull, "dave", reroute("bob", "oscar"), "CMD-REROUTED");
    await command(pull, "dave", `/access confirm ${id}`, "CMD-SECOND-PERSON");
    await command(pull, "paula", reroute("heidi", "oscar"), "CMD-REROUTED-BEFORE");
    // Not confirmed yet: the stand-in approves in vain, and has to again.
    await nextSecond();
    await approve(world.view, world.as("oscar"), pull);
    await checkSays(world.view, head, "action_required", "| oscar | APPROVED | no |");
    await command(pull, "paula", `/access confirm ${id}`, "CMD-CONFIRMED");
    const { text } = await checkSays(world.view, head, "action_required", "confirmed by paula");
    expect(text).toContain("oscar stands in for bob as approver");
    expect(text).toContain("before the reroute was in force");
    await approve(world.view, world.as("bob"), pull);
    await checkSays(world.view, head, "action_required", "replaced by oscar");
    await approve(world.view, world.as("oscar"), pull);
    await checkSays(world.view, head, "action_required", "| oscar | APPROVED | yes |");
    await approve(world.view, world.as("carol"), pull);
    await merged(world.view, pull, 25);
    const codes = (await ledgerEntries(world, "audit/decisions")).flatMap((entry) =>
      entry.type === "command" && entry.inputs.pull === pull ? [entry.result.code] : [],
    );
    expect(codes).toContain("CMD-REROUTED-BEFORE");
    expect(codes.filter((code) => code === "CMD-REROUTED")).toHaveLength(1);
  });

  it("I9: only the process owners cancel, only who asked withdraws, and both are final", async () => {
    const { pull, head } = await world.openPull({ [pathOf("i9")]: ordinaryText("i9") });
    await checkSays(world.view, head, "action_required", "SOD-STEP-APPROVER");
    await command(pull, "alice", "/access cancel reason=duplicate ticket=OPS-8", "CMD-ROLE");
    await command(pull, "erin", "/access withdraw", "CMD-NOT-REQUESTER");
    await command(pull, "erin", "/access cancel reason=duplicate ticket=OPS-8", "CMD-CANCELLED");
    await checkSays(world.view, head, "failure", "SOD-ENDED");
    await closed(pull);
    await world.as("alice").github.pulls.update({ ...on, pull_number: pull, state: "open" });
    for (const login of ["bob", "carol"]) await approve(world.view, world.as(login), pull);
    await closed(pull);
  });

  it("I12: nobody asks for what makes approvers", async () => {
    for (const [name, from, to] of [
      ["i12-role", "entitlement: readwrite", "entitlement: approver"],
      ["i12-folder", "target: payments-db", "target: governance"],
    ] as const) {
      const { head } = await world.openPull({
        [pathOf(name)]: ordinaryText(name).replace(from, to),
      });
      await checkSays(world.view, head, "failure", `${name}.yaml:`);
    }
  });

  it("C4: a comment that somebody edited into a command is none", async () => {
    const { pull, head } = await world.openPull({ [pathOf("c4")]: ordinaryText("c4") });
    await checkSays(world.view, head, "action_required", "SOD-STEP-APPROVER");
    const { issues } = world.as("alice").github;
    const { data } = await issues.createComment({ ...on, issue_number: pull, body: "Hm." });
    await world
      .as("dave")
      .github.issues.updateComment({ ...on, comment_id: data.id, body: "/access withdraw" });
    await command(pull, "frank", "/access withdraw", "CMD-NOT-REQUESTER");
    const { data: now } = await world.as("alice").github.pulls.get({ ...on, pull_number: pull });
    expect(now.state).toBe("open");
  });
});
