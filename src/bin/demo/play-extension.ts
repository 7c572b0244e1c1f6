import { checkSays, ledgerSays } from "./forge-view.ts";
import { demoRequest, demoScene, target } from "./scene.ts";
import type { DemoPlace } from "./scene.ts";
import type { Stage } from "./step.ts";
import { patience } from "./wait-for.ts";
import type { DemoWorld } from "./world.ts";

const executions = "audit/executions";
// The second must be approved and granted while the first runs, also where all of it takes longer.
const firstSeconds = Math.round(12 * patience());
const moreSeconds = Math.round(20 * patience());

/** Plays an extension: a new request with full approval while the first access runs, without a gap and without a leftover. */
export async function playExtension(
  stage: Stage,
  world: DemoWorld,
  place: DemoPlace,
): Promise<void> {
  const scene = demoScene(world, place);
  const { view } = scene;
  const first = `${place.stamp}-alice-first`;
  const second = `${place.stamp}-alice-more`;
  const pathOf = (name: string): string => `access-requests/${target}/${name}.yaml`;

  await stage.step("alice asks for more time of what she does not have: refused", async () => {
    const name = `${place.stamp}-alice-early`;
    const text = demoRequest(name, `PT${moreSeconds}S`, {
      kind: "AccessExtension",
      extends: first,
    });
    const { head } = await scene.open("More time", { path: pathOf(name), text });
    const { summary } = await checkSays(view, head, "failure", "SOD-EXTENDS");
    return summary.split("\n")[0] ?? "";
  });

  await stage.step(`alice asks for ${firstSeconds} seconds: approved, granted`, async () => {
    const text = demoRequest(first, `PT${firstSeconds}S`);
    const { pull } = await scene.open("Fix the settlement", { path: pathOf(first), text });
    const merge = await scene.approvedBy(pull, ["bob", "carol"]);
    return `${merge}\n${await scene.database("role")}`;
  });

  await stage.step(
    "she needs longer: a new request that names the first, approved in full again",
    async () => {
      const text = demoRequest(second, `PT${moreSeconds}S`, {
        kind: "AccessExtension",
        extends: first,
      });
      const { pull } = await scene.open("More time", { path: pathOf(second), text });
      return scene.approvedBy(pull, ["bob", "carol"]);
    },
  );

  await stage.step(
    "the first time is over, and is recorded as over: the role is still there",
    async () => {
      await ledgerSays(view, executions, "the access stays");
      return scene.database("role");
    },
  );

  await stage.step("the second time is over: the role is gone, nothing is left", async () => {
    const gone = await scene.database("nothing");
    await ledgerSays(view, executions, "Revoke readwrite");
    return gone;
  });
}
