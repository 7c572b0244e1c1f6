import { decide } from "../../src/core/decide/decide.ts";
import type { CommandOutcome } from "../../src/core/model/command.ts";
import { buildSnapshot } from "../support/snapshot/build-snapshot.ts";
import type { Given } from "../support/snapshot/build-snapshot.ts";
import { carryOut, stalledAt } from "../support/snapshot/carry-out.ts";
import type { Commanded } from "../support/snapshot/carry-out.ts";
import type { Outcome, Try } from "./refused-by.ts";

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

function toOutcome(outcome: CommandOutcome | null): Outcome {
  if (outcome === null) return { outcome: "refused", codes: ["no-command"] };
  if (outcome.outcome === "refused") return { outcome: "refused", codes: [outcome.code] };
  return { outcome: "passed", codes: [] };
}
