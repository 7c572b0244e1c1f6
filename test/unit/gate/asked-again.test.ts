import { describe, expect, it } from "vitest";
import type { Decision } from "../../../src/core/model/decision.ts";
import type { PushSighting } from "../../../src/gate/sighting.ts";
import { look } from "../../../src/gate/look.ts";
import { sweep } from "../../../src/gate/sweep.ts";
import { account } from "../../support/snapshot/cast.ts";
import { requestChange } from "../../support/snapshot/request-text.ts";
import { gateScene } from "./gate-scene.ts";
import type { GateScene } from "./gate-scene.ts";

/** The file of a request of alice's under a name of its own. */
function ask(name: string, spec: Readonly<Record<string, unknown>> = {}) {
  const { target = "payments-db" } = spec as { readonly target?: string };
  const path = `access-requests/${target}/${name}.yaml`;
  return { [path]: requestChange({ path, spec }).text ?? "" };
}

function newest(scene: GateScene, pull: number): Decision {
  const entry = scene.entries("decision").findLast(({ result }) => result.decision.pull === pull);
  if (entry === undefined) throw new Error(`#${pull} was not decided`);
  return entry.result.decision;
}

function outcome(decision: Decision, code: string): string | undefined {
  return decision.findings.find((finding) => finding.code === code)?.outcome;
}

function close(scene: GateScene, pull: number): void {
  Object.assign(scene.world.pulls.get(pull) ?? {}, { state: "closed" });
}

async function approve(scene: GateScene, pull: number): Promise<void> {
  await scene.look(pull, [scene.review(pull, "bob"), scene.review(pull, "carol")]);
}

describe("asking again", () => {
  it("I1 a copy of a denied request inherits the denial, until its giver approves the copy", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, files: ask("first") });
    await scene.look(7, [scene.review(7, "judy", "CHANGES_REQUESTED")]);
    close(scene, 7);
    await scene.look(7);

    scene.open({ number: 8, files: ask("second", { reason: "Something else entirely, please" }) });
    await approve(scene, 8);
    expect(newest(scene, 8).verdict).toBe("denied");
    expect(newest(scene, 8).denials).toMatchObject([{ pull: 7, person: "judy" }]);
    expect(scene.entries("merge")).toEqual([]);

    await scene.look(8, [scene.review(8, "judy")]);
    expect(newest(scene, 8).verdict).toBe("approved");
    expect(scene.entries("merge")).toHaveLength(1);
  });

  it("remembers a denial that was dismissed, and whose giver lost the role since", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, files: ask("first") });
    await scene.look(7, [scene.review(7, "judy", "CHANGES_REQUESTED")]);
    const pull = scene.world.pulls.get(7);
    const dismissal = { at: "2026-11-21T10:00:00Z", by: account("alice"), was: "UNKNOWN" } as const;
    Object.assign(pull ?? {}, {
      reviews: pull?.reviews.map((review) => ({ ...review, state: "DISMISSED", dismissal })),
    });
    const risk = scene.world.teams.get("risk") ?? [];
    scene.world.teams.set(
      "risk",
      risk.filter(({ login }) => login !== "judy"),
    );
    await approve(scene, 7);
    expect(newest(scene, 7).verdict).toBe("denied");
    expect(newest(scene, 7).denials).toMatchObject([{ pull: 7, person: "judy" }]);
  });

  it("records once for each fingerprint whose approval can count, and the name once", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, files: ask("first", { entitlement: "no-such" }) });
    await scene.look(7);
    scene.open({ number: 7, files: ask("first") });
    await scene.look(7);
    await scene.look(7);
    const entries = scene.entries("request");
    expect(entries.map(({ result }) => result.fingerprint?.entitlement ?? null)).toEqual([
      null,
      "readwrite",
    ]);
    expect(entries[1]?.result.route).toContainEqual({
      role: "control",
      people: ["carol", "judy"],
      accounts: [1003, 1010],
    });
  });

  it("of two requests that conflict only the first is merged, though both were approved before", async () => {
    const scene = await gateScene();
    const both = { exceptions: null };
    scene.open({ number: 7, files: ask("pay", both) });
    scene.open({
      number: 8,
      files: ask("read", { target: "analytics-db", entitlement: "readonly" }),
    });
    await scene.look(7);
    await scene.look(8);
    expect(outcome(newest(scene, 7), "SOD-CONFLICT")).toBe("satisfied");
    expect(outcome(newest(scene, 8), "SOD-CONFLICT")).toBe("violated");

    await approve(scene, 7);
    expect(scene.entries("merge").map(({ inputs }) => inputs.pull)).toEqual([7]);
    await scene.look(8, [scene.review(8, "ken"), scene.review(8, "carol")]);
    expect(outcome(newest(scene, 8), "SOD-CONFLICT")).toBe("violated");
  });

  it("what a closed pull request asked for no longer stands in the way, though nobody saw it close", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, files: ask("pay") });
    scene.open({
      number: 8,
      files: ask("read", { target: "analytics-db", entitlement: "readonly" }),
    });
    await scene.look(7);
    await scene.look(8);
    close(scene, 7);
    expect(await sweep(scene.gate, "everything")).toEqual([7, 8]);
    await scene.look(7);
    await scene.look(8);
    expect(outcome(newest(scene, 8), "SOD-CONFLICT")).toBe("satisfied");
    expect(await sweep(scene.gate, "everything")).toEqual([8]);
  });

  it("adds up what was split", async () => {
    const scene = await gateScene();
    for (const number of [1, 2, 3, 4, 5, 6]) {
      scene.open({ number, files: ask(`part-${number}`, { duration: "PT8H" }) });
      await approve(scene, number);
    }
    // Three at the same time are allowed, and six times eight hours in all.
    expect(scene.entries("merge")).toHaveLength(3);
    expect(outcome(newest(scene, 4), "SOD-LIMITS")).toBe("violated");
  });
});

describe("who pushed", () => {
  it("A3 whoever pushed a commit in somebody else's name approves nothing", async () => {
    const scene = await gateScene();
    const head = scene.open({ number: 7 });
    const at = "2026-11-21T08:00:00Z";
    scene.world.pushes?.set("request/7", [
      { before: null, after: head, at, actor: account("carol") },
    ]);
    await approve(scene, 7);
    expect(newest(scene, 7).reviews.find(({ login }) => login === "carol")?.code).toBe(
      "SOD-REQUESTER",
    );
    expect(newest(scene, 7).verdict).toBe("pending");
  });

  it("a head whose pusher nothing shows is judged by nobody, until a webhook shows it", async () => {
    const scene = await gateScene();
    const head = scene.open({ number: 7 });
    scene.world.pushes = null;
    await scene.look(7);
    expect(outcome(newest(scene, 7), "SOD-CONTRIBUTORS")).toBe("indeterminate");

    const actor = account("alice");
    if (actor === null) throw new Error("alice has an account");
    const push: PushSighting = {
      branch: "request/7",
      before: null,
      after: head,
      actor,
      delivery: "p",
    };
    const pushesTo = (branch: string) => (branch === push.branch ? [push] : []);
    await look(scene.gate, 7, { reviews: [], pushesTo });
    expect(outcome(newest(scene, 7), "SOD-CONTRIBUTORS")).toBe("satisfied");
    let reads = 0;
    scene.beforeRead = () => void (reads += 1);
    await look(scene.gate, 7, { reviews: [], pushesTo });
    expect(scene.entries("push-observed")).toHaveLength(1);
    // What the ledger knows already is no reason to read the pull request once more.
    expect(reads).toBe(1);
  });

  it("whoever wrote a commit that was forced away stays a contributor", async () => {
    const scene = await gateScene();
    const carol = account("carol");
    const lost = scene.open({ number: 7, author: "alice" });
    const person = { name: "carol", email: "carol@acme.example", account: carol };
    scene.world.commits.set(lost, {
      oid: lost,
      authors: [person],
      committer: person,
      signedByForge: false,
    });
    scene.open({ number: 7, files: ask("other") });
    await approve(scene, 7);
    const decision = newest(scene, 7);
    expect(decision.reviews.find(({ login }) => login === "carol")?.code).toBe("SOD-REQUESTER");
    expect(decision.excluded).toContainEqual(
      expect.objectContaining({ person: "carol", from: "requester" }),
    );
  });

  it("a head that is gone everywhere leaves the decision open", async () => {
    const scene = await gateScene();
    const head = scene.open({ number: 7 });
    const gone = "d".repeat(40);
    const at = "2026-11-21T07:00:00Z";
    const alice = account("alice");
    scene.world.pushes?.set("request/7", [
      { before: null, after: gone, at, actor: alice },
      { before: gone, after: head, at, actor: alice },
    ]);
    await scene.look(7);
    expect(outcome(newest(scene, 7), "SOD-FACTS")).toBe("indeterminate");
  });
});
