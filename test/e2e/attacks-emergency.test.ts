import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, checkSays, merged } from "../../src/bin/demo/forge-view.ts";
import { waitFor } from "../../src/bin/demo/wait-for.ts";
import { giveCommand } from "../support/e2e/give-command.ts";
import { ledgerEntries } from "../support/e2e/ledger-entries.ts";
import { role, startLiveWorld } from "../support/e2e/live-world.ts";
import type { LiveWorld } from "../support/e2e/live-world.ts";
import { exampleFiles } from "../support/snapshot/example-files.ts";
import { emergencyText, ordinaryText } from "../support/snapshot/request-text.ts";

let world: LiveWorld;
let on: { readonly owner: string; readonly repo: string };
beforeAll(async () => {
  world = await startLiveWorld();
  on = { owner: world.view.owner, repo: world.view.repo };
  await world.startExecutor();
});
afterAll(() => world.stop());

const pathOf = (name: string): string => `access-requests/payments-db/${name}.yaml`;
const ask = (name: string, incident: number) =>
  world.openPull({ [pathOf(name)]: emergencyText(name, incident) });

async function openIncident(login: string): Promise<number> {
  const { data } = await world.as(login).github.issues.create({ ...on, title: "Stuck" });
  return data.number;
}

async function close(incident: number, state: "open" | "closed"): Promise<void> {
  await world.as("heidi").github.issues.update({ ...on, issue_number: incident, state });
}

describe("emergencies through the gate and the executor", { timeout: 240_000 }, () => {
  it("a policy asks for a review within a second, and lets nobody have more than two emergencies", async () => {
    const path = "governance/policy/break-glass.yaml";
    const text = exampleFiles.find((file) => file.path === path)?.text ?? "";
    const { pull } = await world.openPull({
      [path]: text
        .replace("reviewWithin: P2D", "reviewWithin: PT1S")
        .replace("count: 3", "count: 2"),
    });
    for (const login of ["erin", "carol"]) await approve(world.view, world.as(login), pull);
    await merged(world.view, pull, 25);
  });

  it("J4: nobody but one of the chain approves it, for an incident that somebody else reported", async () => {
    const own = await openIncident("alice");
    const { pull, head } = await ask("j4", own);
    await checkSays(world.view, head, "failure", "Nobody beside those who ask");
    for (const login of ["alice-admin", "bob", "mike", "quinn"]) {
      await approve(world.view, world.as(login), pull);
    }
    await world.as("heidi").github.issues.createComment({
      ...{ ...on, issue_number: own, body: "/access confirm" },
    });
    const { text } = await checkSays(world.view, head, "action_required", "SOD-CHAIN");
    expect(text).toContain("| alice-admin | APPROVED | no | SOD-REQUESTER |");
    expect(text).toContain("| bob | APPROVED | no | SOD-ROLE |");
    expect(text).toContain("| mike | APPROVED | no | SOD-INDEPENDENCE |");
    expect(text).toContain("| quinn | APPROVED | no | SOD-CHAIN |");
    await approve(world.view, world.as("grace"), pull);
    await merged(world.view, pull, 25);
    await world.aliceHolds(role);

    await close(own, "closed");
    await world.aliceHolds("nothing");
    await close(own, "open");
    const endings = (await ledgerEntries(world, "audit/decisions")).flatMap((entry) =>
      entry.type === "ending" ? [entry.result.cause] : [],
    );
    expect(endings).toEqual(["incident-closed"]);
    expect(await world.roles("alice")).toEqual([]);
  });

  it("J1: nobody makes it longer by a small fix of its file", async () => {
    const text = emergencyText("j4", 1).replace("PT1H", "PT2H");
    const { head } = await world.openPull({ [pathOf("j4")]: text });
    await checkSays(world.view, head, "failure", "SOD-PULL-KIND");
  });

  it("J2: an end without a zone, or in months, is none", async () => {
    const files = ["activateBy: 2026-11-22T00:00:00+02:00", "activateBy: 9999-12-31"];
    for (const [index, line] of files.entries()) {
      const name = `j2-${index}`;
      const text = ordinaryText(name).replace("duration: PT4H", `duration: PT4H\n  ${line}`);
      const { head } = await world.openPull({ [pathOf(name)]: text });
      await checkSays(world.view, head, "failure", `${name}.yaml:13:15`);
    }
  });

  it("J5: the next one waits for the review of the last, and a third is one too many", async () => {
    const first = await waitFor("the review to be asked for", 25, async () => {
      const all = await ledgerEntries(world, "audit/decisions");
      const found = all.find((entry) => entry.type === "review-opened");
      return found === undefined ? { seen: `${all.length} entries` } : { found };
    });
    const incident = await openIncident("heidi");
    const { pull, head } = await ask("j5", incident);
    await approve(world.view, world.as("grace"), pull);
    await checkSays(world.view, head, "failure", "SOD-REVIEW-OVERDUE");
    const reviewed = first.inputs.pull;
    const command = (login: string, code: string): Promise<number> =>
      giveCommand(world, reviewed, {
        ...{ login, text: "/access review outcome=justified", code },
      });
    await command("alice", "CMD-ROLE");
    await command("grace", "CMD-ROLE");
    await command("frank", "CMD-REVIEWED");
    await merged(world.view, pull, 40);

    const third = await ask("j5-more", incident);
    await checkSays(world.view, third.head, "failure", "SOD-BUDGET");
  });
});
