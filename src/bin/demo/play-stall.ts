import { approve, checkSays, ledgerSays, merged } from "./forge-view.ts";
import { demoRequest, demoScene, target } from "./scene.ts";
import type { DemoPlace, Opened } from "./scene.ts";
import type { Stage } from "./step.ts";
import { nextSecond } from "./wait-for.ts";
import type { DemoWorld } from "./world.ts";

/**
 * Plays a request that stalls: it is rerouted by two people without a part in it, approved by a stand-in of the same role, and
 * its access is ended early by who asked. The example's policy is first changed to call it stalled after a second.
 */
export async function playStall(stage: Stage, world: DemoWorld, place: DemoPlace): Promise<void> {
  const scene = demoScene(world, place);
  const { view } = scene;
  const name = `${place.stamp}-alice-stalled`;
  const path = `access-requests/${target}/${name}.yaml`;
  let asked: Opened = { pull: 0, head: "" };
  let reroute = 0;
  const text = (to: string): string =>
    `/access reroute approver from @bob to @${to} reason=no-answer ticket=OPS-7 basis=privileged for=PT1H`;

  await stage.step("a change of policy, by two administrators: stalled after one second", () =>
    scene.changePolicy({
      title: "Call requests stalled sooner",
      path: "governance/policy/privileged.yaml",
      from: /stalledAfter: \S+/u,
      to: "stalledAfter: PT1S",
    }),
  );

  await stage.step(
    "alice asks, and nobody answers: the check says that it is stalled, and who may help",
    async () => {
      asked = await scene.open("Fix the stuck settlement batch", {
        path,
        text: demoRequest(name, "PT30M"),
      });
      const { text: rules } = await checkSays(view, asked.head, "action_required", "SOD-STALLED");
      return rules.split("\n").find((line) => line.includes("SOD-STALLED")) ?? "";
    },
  );

  await stage.step("alice reroutes it to a friend: refused", async () => {
    const { answer } = await scene.command(asked.pull, {
      login: "alice",
      text: text("oscar"),
      code: "CMD-ROLE",
    });
    return answer;
  });

  await stage.step("dave, of operations, reroutes it to another role: refused", async () => {
    const { answer } = await scene.command(asked.pull, {
      login: "dave",
      text: text("judy"),
      code: "CMD-SAME-ROLE",
    });
    return answer;
  });

  await stage.step(
    "dave reroutes it to oscar, a listed substitute: a second person has to agree",
    async () => {
      const { id, answer } = await scene.command(asked.pull, {
        login: "dave",
        text: text("oscar"),
        code: "CMD-REROUTED",
      });
      reroute = id;
      return answer;
    },
  );

  await stage.step(
    "paula, of operations too, confirms: the reroute is in force, for an hour",
    async () => {
      const confirm = `/access confirm ${reroute}`;
      const { answer } = await scene.command(asked.pull, {
        login: "paula",
        text: confirm,
        code: "CMD-CONFIRMED",
      });
      await checkSays(view, asked.head, "action_required", "confirmed by paula");
      await nextSecond();
      return answer;
    },
  );

  await stage.step(
    "oscar approves in bob's place, carol as control: green, and merged",
    async () => {
      await approve(view, scene.as("oscar"), asked.pull);
      await approve(view, scene.as("carol"), asked.pull);
      const { commit } = await merged(view, asked.pull, 25);
      return `merged as ${commit.slice(0, 8)}`;
    },
  );

  await stage.step("the executor grants, and the database itself shows it", () =>
    scene.database("role"),
  );

  await stage.step("alice is done, and ends it early: the role is gone at once", async () => {
    const { answer } = await scene.command(asked.pull, {
      ...{ login: "alice", text: "/access revoke reason=done", code: "CMD-REVOKED" },
    });
    return `${answer}\n${await scene.database("nothing")}`;
  });

  await stage.step("the revert pull request is merged after the read-back", async () => {
    const reverted = await scene.reverted(name);
    await ledgerSays(view, "audit/decisions", `${reverted.replace("pull request ", "")}: merged`);
    return reverted;
  });
}
