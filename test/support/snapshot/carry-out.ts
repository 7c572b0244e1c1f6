import { judgeCommand } from "../../../src/core/decide/judge-command.ts";
import type { CommandOutcome } from "../../../src/core/model/command.ts";
import type { Snapshot } from "../../../src/core/model/snapshot.ts";
import { buildSnapshot } from "./build-snapshot.ts";
import type { Given } from "./build-snapshot.ts";
import { account } from "./cast.ts";

/** Nine hours after alice's privileged request was opened: it is stalled by its policy, and not over. */
export const stalledAt = new Date("2026-11-21T17:00:00Z");

/** One command, as somebody writes it. */
export interface Commanded {
  readonly by: string;
  readonly text: string;
  readonly at?: string;
  readonly now?: Date;
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
