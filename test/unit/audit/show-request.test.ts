import { describe, expect, it } from "vitest";
import { findRequest } from "../../../src/audit/find-request.ts";
import { renderRequest } from "../../../src/audit/render-request.ts";
import { showRequest } from "../../../src/audit/show-request.ts";
import type { ShownRequest } from "../../../src/audit/show-request.ts";
import type { LedgerView } from "../../../src/core/attest/ledger-view.ts";
import type { EntryDraft } from "../../../src/core/model/entry.ts";
import { auditedLife } from "../../support/ledger/audited-life.ts";
import { stableText } from "../../support/ledger/stable-text.ts";
import { lifeWorld } from "../../support/life/life-world.ts";
import type { LifeWorld } from "../../support/life/life-world.ts";

const ordinary = "2026-11-21-alice-settlement";
const reroute =
  "/access reroute approver from @bob to @oscar reason=no-answer ticket=OPS-7 basis=privileged for=PT4H";
const now = new Date("2026-11-22T00:00:00Z");

async function livedView(rewrite?: (draft: EntryDraft) => readonly EntryDraft[]) {
  const life = await auditedLife(rewrite === undefined ? {} : { rewrite });
  await life.decisions.sync();
  return life.decisions.view();
}

function shown(view: LedgerView, request: string, at = now): ShownRequest {
  const story = showRequest(view, request, at);
  if (story === null) throw new Error(`nothing about ${request}`);
  return story;
}

/** Opens an emergency that is refused, rerouted in vain, approved, used, ended with its incident and reviewed. */
async function emergency(): Promise<LifeWorld> {
  const world = await lifeWorld();
  const commands = (login: string, text: string): Promise<void> => {
    world.comment(login, 7, text);
    return world.look(7);
  };
  world.incident("heidi", "opens");
  world.ask("alice", "emergency");
  await world.look(7);
  await commands("dave", reroute);
  world.pass(60);
  world.review("heidi", 7, "APPROVED");
  world.review("grace", 7, "CHANGES_REQUESTED");
  await world.look(7);
  world.pass(600);
  world.review("grace", 7, "APPROVED");
  await world.look(7);
  await world.execute();
  world.pass(900);
  world.incident("heidi", "closes");
  await world.sweep();
  await world.execute();
  await world.sweep();
  await commands("alice", "/access review outcome=justified");
  await commands("frank", "/access review outcome=justified");
  return world;
}

/** Lets an ordinary request stall, and two people put oscar in bob's place. */
async function rerouted(): Promise<LifeWorld> {
  const world = await lifeWorld();
  world.ask("alice", "request");
  await world.look(7);
  world.pass(9 * 3600);
  const asked = world.scene.comment(7, "dave", reroute);
  await world.look(7);
  world.pass(1);
  world.comment("paula", 7, `/access confirm ${asked}`);
  await world.look(7);
  world.pass(1);
  for (const by of ["oscar", "carol"]) world.review(by, 7, "APPROVED");
  await world.look(7);
  return world;
}

describe("the story of a request", () => {
  it("tells an ordinary one from asked to gone, each line with its entry and command", async () => {
    const text = renderRequest(shown(await livedView(), ordinary));
    await expect(stableText(text)).toMatchFileSnapshot("__snapshots__/ordinary-request.txt");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("tells an emergency with its denial, its refused commands and its review", async () => {
    const world = await emergency();
    const text = renderRequest(shown(world.view(), "life-7", world.now()));
    await expect(stableText(text)).toMatchFileSnapshot("__snapshots__/emergency-request.txt");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("says who stood in for whom, by whose command and until when", async () => {
    const world = await rerouted();
    const story = shown(world.view(), "life-7", world.now());
    const text = renderRequest(story);
    expect(story.asked?.approvedBy).toEqual(["oscar (approver)", "carol (control)"]);
    expect(text).toContain("oscar may stand in for bob as approver from 2026-11-21T19:00:00.000Z");
    expect(text).toMatch(/By dave, because of no-answer, ticket OPS-7\./u);
    expect(text).toMatch(/paula confirmed the reroute of comment \d+\./u);
  });

  it("keeps the entries of one request from those of another, whatever pull request they name", async () => {
    const world = await lifeWorld();
    for (const by of ["alice", "alice"]) world.ask(by, "request");
    for (const pull of [7, 8]) await world.look(pull);
    world.review("bob", 8, "APPROVED");
    await world.look(8);
    const first = shown(world.view(), "life-7", world.now());
    expect(first.timeline.map(({ type }) => type)).toEqual(["request", "decision"]);
    expect(first.linked).toEqual([{ request: "life-8", pull: 8 }]);
    const second = shown(world.view(), "life-8", world.now());
    expect(second.timeline.map(({ type }) => type)).toEqual([
      ...["request", "decision", "approval-observed", "decision"],
    ]);
  });

  it("says of a second request under the name that the name is another's", async () => {
    const world = await lifeWorld();
    world.ask("alice", "request");
    await world.look(7);
    const again = {
      type: "request",
      idempotencyKey: "request:9:life-7",
      summary: "again",
      delivery: null,
      inputs: {
        ...{ pull: 9, head: "9".repeat(40), path: "access-requests/other/life-7.yaml" },
        ...{ digest: `sha256:${"9".repeat(64)}`, author: null },
      },
      result: { name: "life-7", fingerprint: null, route: [], governance: "8".repeat(40) },
    } satisfies EntryDraft;
    await world.scene.decisions.append([again]);
    const story = shown(world.view(), "life-7", world.now());
    expect([story.pull, story.path]).toEqual([7, "access-requests/payments-db/life-7.yaml"]);
    const [item] = story.timeline.slice(-1);
    expect(item?.title).toBe("a deleted account asked in #9, under the name life-7.");
    expect(item?.details.at(-1)).toContain("The name belongs to #7");
  });

  it("folds decisions that say the very same, and shows a violation with who cleared it", async () => {
    const view = await livedView((draft) => {
      if (draft.type !== "decision" || draft.result.decision.pull !== 7) return [draft];
      const violation: EntryDraft = {
        ...{ type: "violation", idempotencyKey: "violation:7", summary: "v", delivery: null },
        inputs: { pull: 7, commit: null, request: null, paths: [], by: null },
        result: { code: "SOD-TEST", detail: "Somebody pushed." },
      };
      return [draft, { ...draft, idempotencyKey: "decision:again" }, violation];
    });
    const { timeline } = shown(view, ordinary);
    const decision = timeline.find(({ type }) => type === "decision");
    expect(decision?.again.map(({ seq }) => seq)).toEqual([5]);
    const violation = timeline.find(({ type }) => type === "violation");
    expect(violation?.title).toBe("VIOLATION SOD-TEST (#7).");
    expect(violation?.details).toEqual(["Somebody pushed.", "Nobody has cleared it."]);
  });

  it("lets no text of people pass for a line of its own", async () => {
    const hostile = "ok\u001b[2K\n2026-11-21T00:00:00.000Z  audit/decisions entry 99\u202e\u0007";
    const view = await livedView((draft) =>
      draft.type === "revoke-intent"
        ? [
            draft,
            {
              ...{ type: "revoke-failed", idempotencyKey: "f", summary: "f", delivery: null },
              inputs: { intent: `sha256:${"0".repeat(64)}`, grant: draft.inputs.grant },
              result: { detail: hostile, readBack: null },
            },
          ]
        : [draft],
    );
    const text = renderRequest(shown(view, ordinary));
    expect(text).toContain("FAILED to end the access, which is live");
    expect(text).toContain("REVOKE      failed 1 times on record");
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).not.toMatch(/^2026-11-21T00:00:00\.000Z {2}audit\/decisions entry 99/mu);
  });
});

describe("the request that somebody means", () => {
  it("is found by name, path, pull request and the pull request that removes it", async () => {
    const view = await livedView();
    const path = `access-requests/payments-db/${ordinary}.yaml`;
    for (const meant of [ordinary, path, `./${path}`, "#7", "7", "#8"]) {
      expect(findRequest(view, meant)).toEqual({ found: "yes", request: ordinary });
    }
  });

  it("is not guessed: an unknown one suggests the nearest, an unknown number nothing", async () => {
    const view = await livedView();
    expect(findRequest(view, "2026-11-21-alice-setlement")).toEqual({
      found: "no",
      fix: `Nobody ever asked for "2026-11-21-alice-setlement". Did you mean ${ordinary}?`,
    });
    expect(findRequest(view, "something else")).toMatchObject({ found: "no" });
    expect(findRequest(view, "#9")).toMatchObject({ found: "no" });
    expect(findRequest(view, "")).toMatchObject({ found: "no" });
  });

  it("has to be named where a pull request asked under two names", async () => {
    const view = await livedView((draft) =>
      draft.type === "request"
        ? [
            draft,
            {
              ...draft,
              idempotencyKey: "request:other",
              result: { ...draft.result, name: "other" },
            },
          ]
        : [draft],
    );
    expect(findRequest(view, "#7")).toEqual({
      found: "no",
      fix: `#7 is about ${ordinary}, other: name one of them.`,
    });
  });
});
