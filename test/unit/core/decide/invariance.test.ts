import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { decide } from "../../../../src/core/decide/decide.ts";
import type { Decision } from "../../../../src/core/model/decision.ts";
import { recordedOnly } from "../../../support/snapshot/changes/after-decision.ts";
import { disqualifying } from "../../../support/snapshot/changes/disqualifying.ts";
import { doubled } from "../../../support/snapshot/changes/doubled.ts";
import { hostile } from "../../../support/snapshot/changes/hostile.ts";
import { meaningless } from "../../../support/snapshot/changes/outside.ts";
import { reordered } from "../../../support/snapshot/changes/reordered.ts";
import { deepFreeze } from "../../../support/snapshot/deep-freeze.ts";
import { drawFrom } from "../../../support/snapshot/draw.ts";
import {
  floors,
  pool,
  runs,
  seed,
  tell,
  timeout,
  told,
  tryProperty,
} from "../../../support/snapshot/properties.ts";
import type { Property } from "../../../support/snapshot/properties.ts";
import { decided, ofSnapshot } from "../../../support/snapshot/tried.ts";
import type { Compared } from "../../../support/snapshot/tried.ts";
import { whatIsWrongWith } from "../../../support/snapshot/wrong-approval.ts";

const properties: readonly Property[] = [
  {
    name: "does not care what is doubled, nor which of their accounts people use",
    changes: ofSnapshot(doubled),
    expected: sameApproval,
  },
  {
    name: "does not care in which order reviews, webhooks, commits and everything else arrived",
    changes: ofSnapshot(reordered),
    expected: sameApproval,
  },
  {
    name: "does not care about comments, names, logins and what the forge moves",
    changes: ofSnapshot(meaningless),
    expected: sameApproval,
  },
  {
    name: "decides the same again with what it remembers of itself, and hands on the same",
    changes: recordedOnly,
    expected: (compared) => sameApproval(compared) && sameMemory(compared),
  },
];

describe("decide, whatever does not matter", { timeout }, () => {
  for (const property of properties) {
    it(property.name, () => {
      expect(tryProperty(property).decidedOtherwise).toBe(0);
    });
  }

  afterAll(() => console.info(told()));
});

describe("decide, whatever it is given", { timeout }, () => {
  it("approves only what distinct and independent people saw and approved", () => {
    const approved = pool.filter((world) => decided(world).verdict === "approved");
    for (const world of approved) {
      const wrong = whatIsWrongWith(world, decided(world));
      expect(wrong, wrong === null ? "" : fc.stringify(world)).toBeNull();
    }
    tell(`${approved.length} approvals of ${pool.length} worlds examined`);
    expect(approved.length / pool.length).toBeGreaterThan(floors.approved);
  });

  it("does not count the approval of whoever may not give it", () => {
    const { idle } = tryProperty({
      name: "does not count the approval of whoever may not give it",
      changes: disqualifying,
      expected: ({ before, after, changed }) =>
        changed.without == null
          ? sameApproval({ before, after, changed })
          : after.approvals.every(({ person }) => person !== changed.without),
    });
    expect(idle).toEqual([]);
  });

  it("neither throws on anything of the right shape nor changes it, and decides its copy the same", () => {
    fc.assert(
      fc.property(fc.constantFrom(...pool), fc.nat(), ({ snapshot, now }, drawn) => {
        const given = deepFreeze(hostile(snapshot, drawFrom(drawn)));
        // Not the governance, which is long and is not what is hostile here.
        const copy = JSON.parse(JSON.stringify({ ...given, governance: null })) as typeof given;
        const first = decide(given, now);
        const second = decide({ ...copy, governance: given.governance }, now);
        expect(JSON.stringify(second)).toBe(JSON.stringify(first));
      }),
      { numRuns: runs, seed },
    );
  });

  it("approves nothing that a request file says by chance", () => {
    const [world] = pool.filter(
      (one) => decided(one).kind === "request" && decided(one).verdict === "approved",
    );
    if (world === undefined) throw new Error("No request was approved.");
    const { snapshot, now } = world;
    const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), almostYaml);
    fc.assert(
      fc.property(text, (given) => {
        const changes = snapshot.pull.changes.map((change) => ({ ...change, text: given }));
        const pull = { ...snapshot.pull, changes };
        expect(decide({ ...snapshot, pull }, now).verdict).toBe("denied");
      }),
      { numRuns: runs, seed },
    );
  });
});

const bits = [
  "apiVersion: countersign/v1",
  "kind: AccessRequest",
  "metadata:",
  "  name: 2026-11-21-alice-settlement",
  "spec:",
  "  requester: bob",
  "- &a",
  "<<: *a",
  "? !!js/function",
  "---",
  "{[\t",
];

/** Bits of a request in any order. */
const almostYaml = fc
  .array(fc.constantFrom(...bits), { maxLength: 20 })
  .map((lines) => lines.join("\n"));

function sameApproval({ before, after }: Compared): boolean {
  return before.verdict === after.verdict && filled(before) === filled(after);
}

function filled({ approvals }: Decision): string {
  return approvals
    .map(({ person, role }) => `${person} as ${role}`)
    .sort()
    .join();
}

function sameMemory({ before, after }: Compared): boolean {
  const memory = ({ denials, excluded, fingerprint }: Decision): string =>
    JSON.stringify({
      denials,
      excluded: excluded.map(({ person, from }) => `${person} ${from}`),
      fingerprint,
    });
  return memory(before) === memory(after);
}
