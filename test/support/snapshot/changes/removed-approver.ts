import type { Account } from "../../../../src/core/model/account.ts";
import type { Snapshot } from "../../../../src/core/model/snapshot.ts";
import type { Draw } from "../draw.ts";
import { suspendedStates } from "../governance-states.ts";
import { accountsOf, isListed, otherAccount, routeWithout } from "../second-accounts.ts";
import { replaced, withLedger, withPull } from "./change.ts";
import type { Change } from "./change.ts";

/** Somebody who could approve does not, or cannot any more. */
export const removedApprovers: readonly Change[] = [
  {
    name: "somebody gave no approval",
    apply: (snapshot, draw) => {
      const { reviews } = snapshot.pull;
      const person = approverOf(snapshot, draw);
      return withPull(snapshot, {
        reviews: reviews.filter(
          ({ author, state }) => state !== "APPROVED" || !isOf(person, author),
        ),
      });
    },
  },
  {
    name: "an approver's account is deleted",
    apply: (snapshot, draw) => {
      const person = approverOf(snapshot, draw);
      return withPull(snapshot, {
        reviews: snapshot.pull.reviews.map((review) =>
          review.state === "APPROVED" && isOf(person, review.author)
            ? { ...review, author: null }
            : review,
        ),
      });
    },
  },
  {
    name: "somebody left the team on the forge",
    apply: (snapshot, draw) => {
      const person = approverOf(snapshot, draw);
      return {
        ...snapshot,
        teams: snapshot.teams.map((team) => ({
          ...team,
          // Who is in a team on the forge alone has no role by it, and is kept from approving by it.
          members:
            team.members?.filter((one) => !isListed(team.slug, one) || !isOf(person, one)) ?? null,
        })),
      };
    },
  },
  {
    name: "somebody held no role when it was first asked for",
    apply: (snapshot, draw) => {
      const { openings } = snapshot.ledger;
      const person = draw.one(["bob", "heidi", "ivan", "carol", "judy", "ken"]);
      return withLedger(snapshot, {
        openings: replaced(openings, openings[0] ?? null, (one) => ({
          ...one,
          route: routeWithout(one.route, person),
        })),
      });
    },
  },
  {
    name: "an approver is suspended",
    apply: (snapshot, draw) => ({
      ...snapshot,
      governance: {
        ...snapshot.governance,
        files: draw.one([...suspendedStates.values()]) ?? snapshot.governance.files,
      },
    }),
  },
];

/** Somebody whose approval is there, by name; `null` when there is none. */
function approverOf({ pull }: Snapshot, draw: Draw): string | null {
  const approvals = pull.reviews.filter(({ state }) => state === "APPROVED");
  const names = [...accountsOf.keys()].filter((name) =>
    approvals.some(({ author }) => isOf(name, author)),
  );
  return draw.one(names);
}

function isOf(person: string | null, account: Account | null): boolean {
  if (person === null || otherAccount(account) === null) return false;
  return accountsOf.get(person)?.some(({ id }) => id === account?.id) === true;
}
