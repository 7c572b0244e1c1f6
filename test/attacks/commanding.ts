import { judgeCommand } from "../../src/core/decide/judge-command.ts";
import { decide } from "../../src/core/decide/decide.ts";
import type { CommandOutcome } from "../../src/core/model/command.ts";
import type { Snapshot } from "../../src/core/model/snapshot.ts";
import { buildSnapshot } from "../support/snapshot/build-snapshot.ts";
import type { Given } from "../support/snapshot/build-snapshot.ts";
import { account } from "../support/snapshot/cast.ts";
import type { Outcome, Try } from "./refused-by.ts";

/** Nine hours after alice's privileged request was opened: it is stalled by its policy, and not over. */
export const stalledAt = new Date("2026-11-21T17:00:00Z");

/** One command, as somebody writes it. */
export interface Commanded {
  readonly by: string;
  readonly text: string;
  readonly at?: string;
  readonly now?: Date;
}

/** Carries out commands one after the other on one PR, each on what the ones before led to. */
export function commanding(commands: readonly Commanded[], given: Given = {}): Try {
  return () => toOutcome(carryOut(commands, given).last);
}

/** Decides a PR at an instant after commands were carried out, with reviews that were given then. */
export function decidedAfter(
  commands: readonly Commanded[],
  {
    given = {},
    asked = {},
    now = stalledAt,
  }: {
    given?: Given;
    /** What differed when the commands were given. */ asked?: Given;
    now?: Date;
  },
): Try {
  return () => {
    const { ledger } = carryOut(commands, { ...given, ...asked, reviews: [] }).snapshot;
    const reviewed = buildSnapshot(given);
    const { reroutes, requests } = ledger;
    const snapshot = { ...reviewed, ledger: { ...reviewed.ledger, reroutes, requests } };
    const { verdict, findings, reviews } = decide(snapshot, now);
    return {
      outcome: verdict === "approved" ? "passed" : "refused",
      codes: [
        ...findings.filter(({ outcome }) => outcome !== "satisfied").map(({ code }) => code),
        ...reviews.filter(({ counts }) => counts === "no").map(({ code }) => code),
      ],
    };
  };
}

interface Carried {
  readonly last: CommandOutcome | null;
  readonly snapshot: Snapshot;
}

/** What the gate does with commands, in memory: judge, remember, go on. */
export function carryOut(commands: readonly Commanded[], given: Given = {}): Carried {
  let snapshot = buildSnapshot({
    reviews: [],
    ...given,
    record: { firstPull: 7, ...given.record },
  });
  let last: CommandOutcome | null = null;
  for (const [index, { by, text, at, now = stalledAt }] of commands.entries()) {
    const actor = account(by);
    if (actor === null) throw new Error("A ghost gives no command.");
    const asked = { comment: 9001 + index, actor, at: at ?? now.toISOString(), text };
    last = judgeCommand(snapshot, asked, now);
    snapshot = remembering(snapshot, last, { by, at: asked.at });
  }
  return { last, snapshot };
}

function remembering(
  snapshot: Snapshot,
  outcome: CommandOutcome | null,
  { by, at }: { readonly by: string; readonly at: string },
): Snapshot {
  const { ledger } = snapshot;
  const effect = outcome?.effect ?? null;
  switch (effect?.kind) {
    case undefined:
      return snapshot;
    case "reroute": {
      const record = { reroute: effect.reroute, confirmed: null };
      return { ...snapshot, ledger: { ...ledger, reroutes: [...ledger.reroutes, record] } };
    }
    case "confirmation": {
      const reroutes = ledger.reroutes.map((one) =>
        one.reroute.comment === effect.reroute ? { ...one, confirmed: { by: effect.by, at } } : one,
      );
      return { ...snapshot, ledger: { ...ledger, reroutes } };
    }
    case "review":
    case "clearing":
      return snapshot;
    case "ending": {
      const ending = { cause: effect.cause, by, at };
      const requests = ledger.requests.map((one) => ({ ...one, ending }));
      return { ...snapshot, ledger: { ...ledger, requests } };
    }
  }
}

function toOutcome(outcome: CommandOutcome | null): Outcome {
  if (outcome === null) return { outcome: "refused", codes: ["no-command"] };
  if (outcome.outcome === "refused") return { outcome: "refused", codes: [outcome.code] };
  return { outcome: "passed", codes: [] };
}
