import { symlink, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, checkSays } from "../../src/bin/demo/forge-view.ts";
import { startGateWorld } from "../support/e2e/gate-world.ts";
import type { GateWorld } from "../support/e2e/gate-world.ts";
import { ordinaryText } from "../support/snapshot/request-text.ts";

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

const folder = "access-requests/payments-db";

/** A file, what the check must say about it, and nothing green. */
const refusals: readonly (readonly [string, string, (name: string) => string, string])[] = [
  ["a duplicate key", folder, (name) => `${ordinaryText(name)}  duration: PT1H\n`, "duration"],
  [
    "an alias",
    folder,
    (name) =>
      ordinaryText(name)
        .replace("requester: alice", "requester: &a alice")
        .replace("name: alice", "name: *a"),
    "alias",
  ],
  ["an unknown field", folder, (name) => `${ordinaryText(name)}  approvers: [ivan]\n`, "approvers"],
  ["a wrong duration", folder, (name) => ordinaryText(name).replace("PT4H", "4 hours"), "PT"],
  ["the wrong folder", "access-requests/analytics-db", (name) => ordinaryText(name), "payments-db"],
  [
    "a target that does not exist",
    "access-requests/hr-db",
    (name) => ordinaryText(name).replace("payments-db", "hr-db"),
    "hr-db",
  ],
];

describe("the built gate", () => {
  it.each(refusals)(
    "refuses %s and says what to write instead",
    async (note, where, text, words) => {
      const name = `bad-${note.replaceAll(/[^a-z]+/gu, "-")}`;
      const path = `${where}/${name}.yaml`;
      const { head } = await world.openPull({ [path]: text(name) });
      const { summary } = await checkSays(world.view, head, "failure", words);
      expect(summary).toContain("Refused");
      expect(summary.replaceAll("\\", "")).toContain(path);
    },
  );

  it("refuses a symlink", async () => {
    const alice = world.as("alice");
    const work = join(world.folder, "link");
    const path = `${folder}/link.yaml`;
    const git = await alice.clone(work);
    await git.checkoutLocalBranch("link");
    await mkdir(dirname(join(work, path)), { recursive: true });
    await symlink("../../governance/people.yaml", join(work, path));
    await git.add(path);
    await git.commit("Add a link");
    await git.push("origin", "link");
    const { owner, repo } = world.view;
    const { data } = await alice.github.pulls.create({
      owner,
      repo,
      title: "link",
      head: "link",
      base: "main",
    });
    const { summary } = await checkSays(world.view, data.head.sha, "failure", "120000");
    expect(summary).toContain("regular file");
  });

  it("refuses a request that also changes who may approve it (D1)", async () => {
    const { head } = await world.openPull({
      [`${folder}/with-roles.yaml`]: ordinaryText("with-roles"),
      "governance/ROLES": "[approver]\n* @acme/payments-dev\n",
    });
    await checkSays(world.view, head, "failure", "SOD-PULL-KIND");
  });

  it("judges the next request as if nothing had happened", async () => {
    const { head, pull } = await world.openPull({ [`${folder}/good.yaml`]: ordinaryText("good") });
    await checkSays(world.view, head, "action_required", "SOD-STEP-APPROVER");
    await approve(world.view, world.as("bob"), pull);
    await checkSays(world.view, head, "action_required", "| bob | APPROVED | yes |");
  });

  it("is green at once for what is not governed, and leaves the merge to people", async () => {
    const { head, pull } = await world.openPull({ "docs/notes.md": "hello\n" });
    await checkSays(world.view, head, "success", "nothing that Countersign governs");
    const { data } = await world.as("alice").github.pulls.get({ ...world.view, pull_number: pull });
    expect(data.merged).toBe(false);
  });
});
