import { approve, checkSays, ledgerSays, merged } from "./forge-view.ts";
import { demoRequest, demoScene, target } from "./scene.ts";
import type { DemoPlace, Opened, Scene } from "./scene.ts";
import type { Stage } from "./step.ts";
import { waitFor } from "./wait-for.ts";
import type { DemoWorld } from "./world.ts";

/**
 * Plays an emergency: one of the fallback chain approves in place of owners and control, the access ends with the incident, and
 * somebody without a part in it says afterwards whether it was justified. The example's policy is first changed to open the
 * second step of the chain after three seconds.
 */
export async function playBreakGlass(
  stage: Stage,
  world: DemoWorld,
  place: DemoPlace,
): Promise<void> {
  const scene = demoScene(world, place);
  const { view } = scene;
  const on = { owner: view.owner, repo: view.repo };
  const name = `${place.stamp}-alice-emergency`;
  let incident = 0;
  let asked: Opened = { pull: 0, head: "" };

  await stage.step(
    "a change of policy, by two administrators: the second step of the chain opens after three seconds",
    () =>
      scene.changePolicy({
        title: "Open the chain sooner",
        path: "governance/policy/break-glass.yaml",
        from: /chainStep: \S+/u,
        to: "chainStep: PT3S",
      }),
  );

  await stage.step("heidi, of the payments owners, opens an incident", async () => {
    const { data } = await scene.as("heidi").github.issues.create({
      ...{ ...on, title: "Settlements are stuck since 02:40", body: "Batch 8841 blocks the rest." },
    });
    incident = data.number;
    return `issue #${incident}`;
  });

  await stage.step(
    "alice asks in an emergency: the check names the fallback chain, and from when on each may approve",
    async () => {
      asked = await scene.open("Emergency: stuck settlement batch", {
        path: `access-requests/${target}/${name}.yaml`,
        text: demoRequest(name, "PT30M", { kind: "BreakGlassRequest", incident }),
      });
      const { text } = await checkSays(view, asked.head, "action_required", "SOD-CHAIN");
      return lineWith(text, "SOD-CHAIN");
    },
  );

  await stage.step(
    "alice approves it with her other account, bob as an owner of the database: neither counts",
    async () => {
      await approve(view, scene.as("alice-admin"), asked.pull);
      await approve(view, scene.as("bob"), asked.pull);
      const { text } = await checkSays(view, asked.head, "action_required", "SOD-ROLE");
      if (!text.includes("SOD-REQUESTER")) throw new Error("The check does not name alice-admin.");
      return [lineWith(text, "SOD-REQUESTER"), lineWith(text, "SOD-ROLE")].join("\n");
    },
  );

  await stage.step("grace, who is on call, does not answer: the next step is open", async () => {
    // The check is Markdown: its parentheses are escaped.
    const words = String.raw`Step 2 \(mike, quinn\) is open`;
    const { text } = await checkSays(view, asked.head, "action_required", words);
    return lineWith(text, "SOD-CHAIN");
  });

  await stage.step("quinn, of the next step, approves: green, and merged", async () => {
    await approve(view, scene.as("quinn"), asked.pull);
    const { commit } = await merged(view, asked.pull, 25);
    return `merged as ${commit.slice(0, 8)}`;
  });

  await stage.step("the executor grants, and the database itself shows it", () =>
    scene.database("role"),
  );

  await stage.step("heidi closes the incident: the access ends with it", async () => {
    await scene.as("heidi").github.issues.update({
      ...{ ...on, issue_number: incident, state: "closed" as const },
    });
    return scene.database("nothing");
  });

  await stage.step("the revert pull request is merged after the read-back", async () => {
    const reverted = await scene.reverted(name);
    await ledgerSays(view, "audit/decisions", `${reverted.replace("pull request ", "")}: merged`);
    return reverted;
  });

  await stage.step("a review is due: the gate opened an issue for it", async () => {
    const { title, body } = await reviewIssue(scene, name);
    return [title, ...body.split("\n").filter((line) => line.startsWith("| "))].join("\n");
  });

  await stage.step("quinn, who approved it, reviews it: refused", async () => {
    const { answer } = await scene.command(asked.pull, {
      ...{ login: "quinn", text: "/access review outcome=justified", code: "CMD-ROLE" },
    });
    return answer;
  });

  await stage.step("frank, of audit, reviews it: the issue is closed", async () => {
    const { answer } = await scene.command(asked.pull, {
      ...{ login: "frank", text: "/access review outcome=justified", code: "CMD-REVIEWED" },
    });
    await waitFor("the issue to be closed", 25, async () => {
      const { state } = await reviewIssue(scene, name);
      return state === "closed" ? { found: state } : { seen: state };
    });
    return answer;
  });
}

function lineWith(text: string, words: string): string {
  return text.split("\n").find((line) => line.includes(words)) ?? "";
}

async function reviewIssue(
  { view: { owner, repo, by } }: Scene,
  name: string,
): Promise<{ readonly title: string; readonly body: string; readonly state: string }> {
  return waitFor(`the review of ${name}`, 25, async () => {
    const { data } = await by.github.issues.listForRepo({ owner, repo, state: "all" });
    const found = data.find(({ title }) => title.startsWith(`Review ${name} `));
    if (found === undefined) return { seen: `${data.length} issues` };
    return { found: { title: found.title, body: found.body ?? "", state: found.state } };
  });
}
