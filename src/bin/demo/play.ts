import { join } from "node:path";
import { approve, checkSays, ledgerSays, merged } from "./forge-view.ts";
import type { ForgeView } from "./forge-view.ts";
import { commitFile, person } from "./person.ts";
import { rolesOf } from "./read-role.ts";
import { demoRequest, role, target } from "./scene.ts";
import type { Stage } from "./step.ts";
import { waitFor } from "./wait-for.ts";
import type { DemoWorld } from "./world.ts";

const secondsOfAccess = 8;

/** What the audit at the end needs. */
export interface Played {
  readonly request: string;
}

/**
 * Plays the life of one privileged request as the people in it: everything they do goes through GitHub's API
 * and git with their own tokens. The access is short (eight seconds on the real clock), nothing else is.
 */
export async function play(
  stage: Stage,
  world: DemoWorld,
  { stamp, folder }: { readonly stamp: string; readonly folder: string },
): Promise<Played> {
  const [owner = "", repo = ""] = world.repository.split("/");
  const alice = person(world, "alice", 1001);
  const view: ForgeView = { owner, repo, by: alice };
  const name = `${stamp}-alice-settlement`;
  const path = `access-requests/${target}/${name}.yaml`;
  const branch = `request/${name}`;
  const work = join(folder, "people", stamp);
  let pull = 0;
  let head = "";

  await stage.step("alice asks: a request file, a branch, a pull request", async () => {
    const clone = join(work, "alice");
    const git = await alice.clone(clone);
    await git.checkoutLocalBranch(branch);
    await commitFile(git, {
      folder: clone,
      path,
      text: demoRequest(name, `PT${secondsOfAccess}S`),
      message: `Ask for ${role}`,
    });
    await git.push("origin", branch);
    const { data } = await alice.github.pulls.create({
      owner,
      repo,
      title: "Fix the stuck settlement batch",
      head: branch,
      base: "main",
    });
    pull = data.number;
    head = data.head.sha;
    const { summary } = await checkSays(
      view,
      head,
      "action_required",
      "approver approval is needed",
    );
    return `pull request #${pull} in ${world.repository}\ncheck: ${firstLine(summary)}`;
  });

  await stage.step("ivan helps: he pushes a commit to alice's branch", async () => {
    const clone = join(work, "ivan");
    const ivan = person(world, "ivan", 1009);
    const git = await ivan.clone(clone);
    await git.checkout(branch);
    const text = demoRequest(name, `PT${secondsOfAccess}S`).replace(
      "batch 8841",
      "batch 8841, see the runbook",
    );
    await commitFile(git, { folder: clone, path, text, message: "Name the runbook" });
    await git.push("origin", branch);
    head = (await git.revparse(["HEAD"])).trim();
    await checkSays(view, head, "action_required", "approver approval is needed");
    return `head is now ${head.slice(0, 8)}`;
  });

  await stage.step("alice approves her own request: refused", async () => {
    const own = await approve(view, alice, pull);
    if (own.status !== 422) throw new Error(`GitHub answered ${own.status} to her own approval.`);
    const second = person(world, "alice-admin", 1011);
    await approve(view, second, pull);
    const { text } = await checkSays(view, head, "action_required", "SOD-REQUESTER");
    return `GitHub refuses the author (422); the check refuses her second account:\n${rowOf(text, "alice-admin")}`;
  });

  await stage.step("ivan, who wrote a part of it, approves: refused", async () => {
    await approve(view, person(world, "ivan", 1009), pull);
    const { text } = await checkSays(view, head, "action_required", "| ivan |");
    return rowOf(text, "ivan");
  });

  await stage.step("bob, who owns the database, approves: not enough for this tier", async () => {
    await approve(view, person(world, "bob", 1002), pull);
    const { summary } = await checkSays(view, head, "action_required", "1 of 1 approver approvals");
    return `check: ${firstLine(summary)}`;
  });

  await stage.step("carol, of risk, approves as control: green", async () => {
    await approve(view, person(world, "carol", 1003), pull);
    const { summary } = await checkSays(view, head, "success", "Approved");
    return `check: ${firstLine(summary)}`;
  });

  await stage.step("the gate merges, and anchors its ledger in the merge", async () => {
    const { commit, message } = await merged(view, pull, 25);
    const trailer = message.split("\n").find((line) => line.startsWith("Access-Decision:"));
    if (trailer === undefined) throw new Error(`The merge has no trailer: ${message}`);
    return `${commit.slice(0, 8)} ${trailer}`;
  });

  await stage.step("the executor grants, and the database itself shows it", async () => {
    const roles = await waitFor(`alice to hold ${role}`, 25, async () => {
      const held = await rolesOf(world.databaseUrl, "alice");
      return held.includes(role) ? { found: held } : { seen: held.join(", ") || "no role" };
    });
    return `pg_auth_members: alice → ${roles.join(", ")}`;
  });

  await stage.step(
    `the time ends (${secondsOfAccess} seconds, on the real clock): the role is gone`,
    async () => {
      await waitFor(`alice to lose ${role}`, secondsOfAccess + 20, async () => {
        const held = await rolesOf(world.databaseUrl, "alice");
        return held.includes(role) ? { seen: held.join(", ") } : { found: "gone" };
      });
      return "pg_auth_members: alice → no role";
    },
  );

  await stage.step("the revert pull request is merged after the read-back", async () => {
    const revert = await waitFor("the revert pull request", 25, async () => {
      const { data } = await alice.github.pulls.list({ owner, repo, state: "all" });
      const found = data.find(({ head: { ref } }) => ref.startsWith(`revert/${name}/`));
      return found === undefined ? { seen: `${data.length} pull requests` } : { found };
    });
    await merged(view, revert.number, 25);
    const gone = await alice.github.repos.getContent({ owner, repo, path }).then(
      () => false,
      (error: unknown) => (error as { status?: number }).status === 404,
    );
    if (!gone) throw new Error(`${path} is still on main.`);
    await ledgerSays(view, "audit/decisions", `#${revert.number}: merged`);
    return `pull request #${revert.number}; ${path} is gone from main`;
  });
  return { request: name };
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

function rowOf(table: string, who: string): string {
  return table.split("\n").find((line) => line.replaceAll("\\", "").startsWith(`| ${who} |`)) ?? "";
}
