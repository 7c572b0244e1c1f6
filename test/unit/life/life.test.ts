import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { lifeWorld } from "../../support/life/life-world.ts";
import type { LifeWorld } from "../../support/life/life-world.ts";
import { brokenPromises } from "../../support/life/promises.ts";
import { actions } from "../../support/life/actions.ts";
import { seed, timeout } from "../../support/snapshot/properties.ts";

const runs = Number(process.env["LIFE_RUNS"] ?? 2_000);
const mostActions = 40;
const seen = {
  actions: 0,
  decisions: 0,
  merges: 0,
  grants: 0,
  revokes: 0,
  commands: 0,
  endings: 0,
  reviews: 0,
  violations: 0,
};

describe("people who do as they like", { timeout }, () => {
  it("never bring the gate or the executor to break a promise", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(actions, { minLength: 1, maxLength: mostActions, size: "max" }),
        async (deeds) => {
          const world = await lifeWorld();
          for (const [index, deed] of deeds.entries()) {
            await deed.run(world);
            const broken = brokenPromises(world);
            if (broken.length > 0)
              throw new Error(`After ${index + 1} (${deed.toString()}): ${broken.join(" ")}`);
          }
          count(world, deeds.length);
        },
      ),
      { numRuns: runs, seed },
    );
    // A world in which nothing ever happens keeps every promise.
    expect(Math.min(seen.merges, seen.grants, seen.revokes, seen.endings)).toBeGreaterThan(
      runs / 100,
    );
  });

  afterAll(() => console.info(`PROPERTY_SEED=${seed} LIFE_RUNS=${runs}`, JSON.stringify(seen)));
});

function count(world: LifeWorld, deeds: number): void {
  const { decisions, executions } = world.view();
  const all = [...decisions, ...executions];
  const of = (type: string): number => all.filter((entry) => entry.type === type).length;
  seen.actions += deeds;
  seen.decisions += of("decision");
  seen.merges += of("merge");
  seen.grants += of("grant");
  seen.revokes += of("revoke");
  seen.commands += of("command");
  seen.endings += of("ending");
  seen.reviews += of("review-opened");
  seen.violations += of("violation");
}
