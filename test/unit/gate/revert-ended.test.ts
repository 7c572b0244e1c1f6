import { describe, expect, it } from "vitest";
import type { EntryDraft } from "../../../src/core/model/entry.ts";
import { sweep } from "../../../src/gate/sweep.ts";
import { ForgeRefused } from "../../../src/ports/forge-reader.ts";
import { grantOf } from "../../support/ledger/drafts.ts";
import { account } from "../../support/snapshot/cast.ts";
import { ordinaryText } from "../../support/snapshot/request-text.ts";
import { execute, granted, merged, path, readBackGone } from "./ended-scene.ts";
import type { GateScene } from "./gate-scene.ts";

const end = "2026-11-21T14:00:00.000Z";
const names = (many: number): string[] => Array.from({ length: many }, (_, n) => `r${n + 100}`);

/** One request whose time is over and which the target still holds, with its revert PR looked at. */
async function reverted(): Promise<{ scene: GateScene; revert: number }> {
  const scene = await merged("one");
  await execute(scene, granted(scene, "one"));
  scene.clock.set(end);
  const [revert = 0] = await sweepAndLook(scene);
  return { scene, revert };
}

async function sweepAndLook(scene: GateScene): Promise<readonly number[]> {
  const pulls = await sweep(scene.gate, "ends");
  for (const pull of pulls) await scene.look(pull);
  return pulls;
}

function verdictOn(scene: GateScene, pull: number) {
  return scene.entries("decision").findLast(({ inputs }) => inputs.snapshot.pull.number === pull)
    ?.result.decision;
}

function pushTo(scene: GateScene, pull: number, files: Readonly<Record<string, string | null>>) {
  const shown = scene.world.pulls.get(pull);
  if (shown === undefined) throw new Error(`no pull request ${pull}`);
  const head = scene.mirror.commit({ parents: [shown.headOid], files });
  scene.mirror.setPull(pull, head);
  // What is put back as it was is no change any more.
  const pushed = Object.keys(files);
  const paths = [
    ...shown.paths.filter((one) => !pushed.includes(one)),
    ...pushed.filter((one) => !shown.paths.includes(one)),
  ];
  Object.assign(shown, {
    headOid: head,
    paths,
    commits: [...shown.commits, ...shown.commits.map((commit) => ({ ...commit, oid: head }))],
  });
}

function revokeFailed(name: string): EntryDraft {
  return {
    ...{ type: "revoke-failed", idempotencyKey: `revoke-failed:${name}`, summary: name },
    ...{ delivery: null, result: { detail: "unreachable", readBack: null } },
    inputs: { intent: `sha256:${"1".repeat(64)}`, grant: grantOf(name) },
  };
}

const bodyOf = (scene: GateScene, pull: number) =>
  scene.world.comments.get(pull)?.map(({ body }) => body) ?? [];

describe("many ends at once", () => {
  it("opens one pull request a request up to 20", async () => {
    const scene = await merged(...names(20));
    scene.clock.set("2026-11-23T10:00:00.000Z");
    expect(await sweep(scene.gate, "ends")).toHaveLength(20);
    expect(new Set(scene.entries("revert").map(({ result }) => result.pull)).size).toBe(20);
  });

  it("opens one for all of more than 20, once, and merges it when all are over", async () => {
    const scene = await merged(...names(21));
    scene.clock.set("2026-11-23T10:00:00.000Z");
    const pulls = await sweep(scene.gate, "ends");
    expect(pulls).toHaveLength(1);
    expect(await sweep(scene.gate, "ends")).toEqual(pulls);
    expect(scene.entries("revert")).toHaveLength(21);
    expect(scene.entries("lapsed")).toHaveLength(21);
    await scene.look(pulls[0] ?? 0);
    expect(scene.entries("merge").at(-1)?.result.requests).toEqual(names(21));
    expect(await sweep(scene.gate, "ends")).toEqual([]);
  });

  it("opens at most 20 in one sweep, and what failed to be revoked shares none with others", async () => {
    const all = names(22);
    const scene = await merged(...all);
    await execute(scene, ...all.map((name) => granted(scene, name)));
    await execute(scene, ...all.slice(0, 2).map(revokeFailed));
    scene.clock.set(end);
    expect(await sweep(scene.gate, "ends")).toHaveLength(20);
    expect(scene.lines.at(-1)).toContain("more reverts wait");
    expect(await sweep(scene.gate, "ends")).toHaveLength(22);
    expect(
      scene
        .entries("revert")
        .slice(-2)
        .map(({ inputs }) => inputs.request),
    ).toEqual(all.slice(0, 2));
  });

  it("finds the pull request of many again when a crash kept it from the ledger", async () => {
    const scene = await merged(...names(21));
    scene.clock.set("2026-11-23T10:00:00.000Z");
    const { gate } = scene;
    const { ledger } = gate;
    const append = (): Promise<never> => Promise.reject(new Error("crash"));
    const crashing = {
      sync: () => ledger.sync(),
      view: () => ledger.view(),
    };
    Object.assign(gate, { ledger: { ...ledger, ...crashing, append } });
    expect(await sweep(scene.gate, "ends")).toEqual([]);
    Object.assign(gate, { ledger });
    expect(await sweep(scene.gate, "ends")).toHaveLength(1);
    expect(scene.world.pulls.size).toBe(22);
  });

  it("is red while one of them is live, and an hour after the first was gone lets the others go", async () => {
    const all = names(21);
    const scene = await merged(...all);
    await execute(scene, ...all.map((name) => granted(scene, name)));
    scene.clock.set(end);
    const [shared = 0] = await sweepAndLook(scene);
    const [stuck = "", ...gone] = all;
    await execute(scene, ...gone.map(readBackGone), revokeFailed(stuck));
    expect(await sweepAndLook(scene)).toEqual([shared]);
    expect(verdictOn(scene, shared)?.verdict).toBe("denied");

    scene.clock.set("2026-11-21T15:00:01.000Z");
    expect(await sweepAndLook(scene)).toEqual([shared]);
    expect(scene.world.pulls.get(shared)?.state).toBe("closed");
    expect(bodyOf(scene, shared).filter((body) => body.startsWith("Closed, because"))).toEqual([
      expect.stringContaining(stuck),
    ]);
    for (let round = 0; round < 2; round += 1) await sweepAndLook(scene);
    const removed = scene.entries("merge").filter(({ result }) => result.kind === "removal");
    expect(removed.flatMap(({ result }) => result.requests).sort()).toEqual(gone);
    const last = scene.entries("revert").findLast(({ inputs }) => inputs.request === stuck);
    expect(verdictOn(scene, last?.result.pull ?? 0)).toMatchObject({
      verdict: "denied",
      removes: [stuck],
    });
  });
});

describe("what people do to revert pull requests", () => {
  it("opens it again when it is closed, at once and then once a day", async () => {
    const { scene, revert } = await reverted();
    const close = async (pull: number) => {
      Object.assign(scene.world.pulls.get(pull) ?? {}, { state: "closed" });
      await scene.look(pull);
    };
    await close(revert);
    const [second = 0] = await sweepAndLook(scene);
    expect(second).not.toBe(revert);
    await close(second);
    expect(await sweepAndLook(scene)).toEqual([]);
    scene.clock.set("2026-11-22T14:00:00.000Z");
    const [third = 0] = await sweepAndLook(scene);
    await execute(scene, readBackGone("one"));
    await scene.look(third);
    expect(scene.entries("merge").at(-1)?.inputs.pull).toBe(third);
  });

  it("merges a closed one that somebody opened again before the next sweep", async () => {
    const { scene, revert } = await reverted();
    for (const state of ["closed", "open"] as const) {
      Object.assign(scene.world.pulls.get(revert) ?? {}, { state });
      await scene.look(revert);
    }
    await execute(scene, readBackGone("one"));
    expect(await sweepAndLook(scene)).toEqual([revert]);
    expect(scene.entries("merge").at(-1)?.inputs.pull).toBe(revert);
  });

  it("judges one by its content when somebody pushed to it, and opens another", async () => {
    const { scene, revert } = await reverted();
    pushTo(scene, revert, { "governance/ROLES": "[approver]\n* @acme/mallory\n" });
    await execute(scene, readBackGone("one"));
    await scene.look(revert);
    expect(verdictOn(scene, revert)).toMatchObject({ kind: "mixed", verdict: "denied" });
    const [another = 0] = await sweepAndLook(scene);
    expect(another).not.toBe(revert);
    expect(scene.entries("merge").at(-1)?.inputs.pull).toBe(another);
    expect(scene.world.pulls.get(revert)?.state).toBe("open");
  });

  it("does not take a removal of something else on the branch for the record of this end", async () => {
    const scene = await merged("one", "two");
    await execute(scene, granted(scene, "one"), granted(scene, "two"));
    scene.clock.set(end);
    const [first = 0] = await sweepAndLook(scene);
    pushTo(scene, first, { [path("one")]: ordinaryText("one"), [path("two")]: null });
    await scene.look(first);
    expect(verdictOn(scene, first)?.removes).toEqual(["two"]);
    await execute(scene, readBackGone("one"));
    await sweepAndLook(scene);
    expect(scene.entries("merge").at(-1)?.result.requests).toEqual(["one"]);
  });

  it.each(["with other content", "that removes nothing"])(
    "takes another branch when somebody made one of that name first, %s",
    async (content) => {
      const scene = await merged("one");
      await execute(scene, granted(scene, "one"));
      const merge = scene.entries("merge").at(-1);
      const digest = merge?.inputs.decision.replace("sha256:", "").slice(0, 8) ?? "";
      const headRef = `revert/one/${digest}`;
      if (content === "with other content") {
        const files = { [path("mallory")]: ordinaryText("mallory") };
        scene.open({ number: 30, author: "mallory", files, parts: { headRef } });
      } else {
        const { writer } = scene.gate;
        const refusing: typeof writer.openRemoval = (removal) =>
          removal.branch === headRef
            ? Promise.reject(new ForgeRefused("No commits between main and it", 422))
            : writer.openRemoval(removal);
        Object.assign(scene.gate, { writer: { ...writer, openRemoval: refusing } });
      }
      scene.clock.set(end);
      await sweepAndLook(scene);
      await execute(scene, readBackGone("one"));
      await sweepAndLook(scene);
      expect(scene.entries("merge").at(-1)?.result).toEqual({ kind: "removal", requests: ["one"] });
    },
  );

  it("is refused under the violation of a direct edit of the file, and replaced by one that removes the file as it is", async () => {
    const { scene, revert } = await reverted();
    await execute(scene, readBackGone("one"));
    const edited = ordinaryText("one").replace("8841", "8842");
    const tip = scene.mirror.commit({
      parents: [scene.world.tip],
      files: { [path("one")]: edited },
    });
    const before = scene.world.tip;
    await scene.moveMain(tip);
    const actor = account("erin");
    if (actor === null) throw new Error("a ghost does not push");
    const seen = { branch: "main", before, after: tip, actor, delivery: "d-1" };
    expect(await sweep(scene.gate, "ends", [seen])).toEqual([revert]);
    await scene.look(revert);
    expect(scene.entries("violation").at(-1)?.inputs.paths).toEqual([path("one")]);
    expect(scene.entries("merge")).toHaveLength(1);

    await sweepAndLook(scene);
    expect(bodyOf(scene, revert)).toEqual([
      expect.stringMatching(/^Closed, because .* was changed on the governed branch/),
    ]);
    const [another = 0] = await sweepAndLook(scene);
    expect(another).not.toBe(revert);
    expect(verdictOn(scene, another)?.findings).toContainEqual(
      expect.objectContaining({ rule: "no-violation", outcome: "violated" }),
    );
    expect(verdictOn(scene, another)?.findings).toContainEqual(
      expect.objectContaining({ rule: "facts-complete", outcome: "satisfied" }),
    );
    expect(scene.entries("merge")).toHaveLength(1);
  });

  it("refuses a revert of the revert: a name is used once", async () => {
    const { scene } = await reverted();
    await execute(scene, readBackGone("one"));
    await sweepAndLook(scene);
    expect(scene.entries("merge").at(-1)?.result.kind).toBe("removal");
    scene.open({ number: 40, files: { [path("one")]: ordinaryText("one") } });
    await scene.look(40, [scene.review(40, "bob"), scene.review(40, "carol")]);
    const decision = verdictOn(scene, 40);
    expect(decision?.verdict).toBe("denied");
    const found = decision?.findings.find(({ rule }) => rule === "name-unused");
    expect(found?.reason).toMatch(/open a new request/i);
  });
});
