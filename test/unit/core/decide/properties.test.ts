import { afterAll, describe, expect, it } from "vitest";
import type { World } from "../../../support/snapshot/arbitrary-snapshot.ts";
import { noon } from "../../../support/snapshot/build-snapshot.ts";
import { forgotten } from "../../../support/snapshot/changes/after-decision.ts";
import { contributors } from "../../../support/snapshot/changes/contributor-changes.ts";
import { forbidding } from "../../../support/snapshot/changes/forbidding.ts";
import {
  stricterGovernance,
  stricterMemory,
} from "../../../support/snapshot/changes/governance-changes.ts";
import {
  getsNoEasier,
  later,
  mergedByHand,
} from "../../../support/snapshot/changes/instant-changes.ts";
import { fatalFacts, lostFacts } from "../../../support/snapshot/changes/lost-facts.ts";
import {
  lessRemembered,
  moreHeld,
  moreRemembered,
} from "../../../support/snapshot/changes/memory-changes.ts";
import { forgeTeams } from "../../../support/snapshot/changes/outside.ts";
import { removedApprovers } from "../../../support/snapshot/changes/removed-approver.ts";
import { denials, unheardReviews } from "../../../support/snapshot/changes/review-changes.ts";
import { runs, timeout, told, tryProperty } from "../../../support/snapshot/properties.ts";
import type { Property } from "../../../support/snapshot/properties.ts";
import { isMoreApproved, ofSnapshot } from "../../../support/snapshot/tried.ts";
import type { Compared } from "../../../support/snapshot/tried.ts";

const neverMore = ({ before, after }: Compared): boolean => !isMoreApproved(after, before);
const neverLess = ({ before, after }: Compared): boolean => !isMoreApproved(before, after);

const properties: readonly (Property & {
  readonly bites: "every change" | "some changes" | "none that is known";
})[] = [
  {
    name: "is never more approved with one more contributor, denial, error or missing page",
    changes: ofSnapshot([...contributors, ...denials, ...fatalFacts, ...lostFacts]),
    expected: neverMore,
    bites: "some changes",
  },
  {
    name: "is not approved at all with what forbids it",
    changes: ofSnapshot(forbidding),
    expected: ({ after }) => after.verdict !== "approved",
    of: ({ scene }) => scene.kind === "request",
    bites: "every change",
  },
  {
    name: "is never more approved without an approver",
    changes: ofSnapshot(removedApprovers),
    expected: neverMore,
    bites: "every change",
  },
  {
    name: "is never more approved by what the ledger did not observe, nor by a team of the forge",
    changes: ofSnapshot([...unheardReviews, ...forgeTeams]),
    expected: neverMore,
    bites: "some changes",
  },
  {
    name: "is never more approved when the ledger remembers more or somebody holds more",
    changes: ofSnapshot([...moreRemembered, ...moreHeld]),
    expected: neverMore,
    bites: "every change",
  },
  {
    name: "is never less approved when the ledger remembers less or somebody holds less",
    changes: ofSnapshot(lessRemembered),
    expected: neverLess,
    of: hasHistory,
    bites: "every change",
  },
  {
    name: "is never more approved with a stricter limit or one more step",
    changes: ofSnapshot(stricterGovernance),
    expected: neverMore,
    of: ({ scene }) => scene.kind === "request",
    bites: "every change",
  },
  {
    name: "is never more approved with a stricter total, a longer memory or one more conflict",
    changes: ofSnapshot(stricterMemory),
    expected: neverMore,
    of: (world) => world.scene.kind === "request" && hasHistory(world),
    bites: "every change",
  },
  {
    name: "is never more approved later",
    changes: later,
    expected: neverMore,
    of: getsNoEasier,
    bites: "every change",
  },
  {
    name: "is never more approved for what the forge forgets after it was decided on",
    changes: forgotten,
    expected: (compared) => neverMore(compared) && forgetsNobody(compared),
    bites: "some changes",
  },
  {
    name: "is never more approved because somebody merged it by hand",
    changes: mergedByHand,
    expected: neverMore,
    // What somebody said after the merge is another matter, and before noon not everything has been said.
    of: ({ scene, now }) => scene.kind !== "removal" && now >= noon,
    bites: "none that is known",
  },
];

describe("decide, when something is added or taken away", { timeout }, () => {
  for (const { bites, ...property } of properties) {
    it(property.name, () => {
      const { idle, decidedOtherwise } = tryProperty(property);
      // A shorter run, made by hand, has too few worlds for what seldom matters.
      if (bites === "every change" && runs >= 10_000) expect(idle).toEqual([]);
      if (bites === "some changes") expect(decidedOtherwise).toBeGreaterThan(0);
    });
  }

  afterAll(() => console.info(told()));
});

/** Most worlds have none, so that a good share is approved. */
function hasHistory({ snapshot }: World): boolean {
  const { linked, holdings, remembered } = snapshot.ledger;
  return [linked, holdings, remembered.denials, remembered.excluded].some(
    ({ length }) => length > 0,
  );
}

/** Who was excluded once stays so. */
function forgetsNobody({ before, after }: Compared): boolean {
  const still = new Set(after.excluded.map(({ person, from }) => `${person} ${from}`));
  return before.excluded.every(({ person, from }) => still.has(`${person} ${from}`));
}
