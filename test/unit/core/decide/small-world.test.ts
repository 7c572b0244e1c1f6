import { describe, expect, it } from "vitest";
import { WorldCount } from "../../../support/snapshot/world-count.ts";
import { every, subsets } from "../../../support/snapshot/every-choice.ts";
import { smallGovernance } from "../../../support/snapshot/small-governance.ts";
import type { SmallTier } from "../../../support/snapshot/small-governance.ts";
import { persons, teamNames } from "../../../support/snapshot/small-people.ts";
import type { Actor, Person, TeamName } from "../../../support/snapshot/small-people.ts";
import { contributions } from "../../../support/snapshot/small-world.ts";

/** Everybody, by each of their accounts. */
const actors: readonly Actor[] = persons.flatMap((person) =>
  (["a", "b"] as const).map((letter) => ({ person, letter })),
);
const timeout = 600_000;

describe("decide, in a world of four people with two accounts each", { timeout }, () => {
  it("approves every assignment of people and accounts to parts that is honest, and no other", () => {
    const count = new WorldCount();
    for (const { approver, control, rescue } of every({
      approver: persons,
      control: persons,
      rescue: persons,
    })) {
      const files = smallGovernance({ approver, control, rescue });
      const approvals = {
        approval: actors.filter(({ person }) => person === approver),
        sign: actors.filter(({ person }) => person === control),
      };
      const asking = { requester: actors, beneficiary: persons, committer: actors };
      for (const { approval, sign, ...asked } of every({ ...asking, ...approvals })) {
        const askers = [asked.requester.person, asked.beneficiary, asked.committer.person];
        const request = { ...asked, approvals: [approval, sign], tier: "standard" as const };
        count.decide(files, request, isHonest({ askers, approver, control, rescue }));
      }
    }
    count.tell("parts");
    expect(count.wrong).toEqual([]);
    // Requester, committer, approver and control are one of four by one of two accounts; beneficiary and rescue one of four.
    expect(count.worlds).toBe(8 ** 4 * 4 ** 2);
    // An approver and another control; nobody of the other two asks with them or rescues; each part by either account.
    expect(count.honest).toBe(4 * 3 * 2 ** 3 * 2 * 2 ** 4);
    expect(count.verdicts.approved).toBe(count.honest);
  });

  it("excludes whoever had a part in it, in whichever way and by whichever account", () => {
    const count = new WorldCount();
    for (const { approver, control } of every({ approver: persons, control: persons })) {
      const files = smallGovernance({ approver, control, rescue: null });
      const asking = { requester: persons, committer: actors, did: contributions };
      for (const { requester, committer, did } of every(asking)) {
        const request = {
          requester: { person: requester, letter: "a" },
          beneficiary: requester,
          committer,
          did,
          approvals: [
            { person: approver, letter: "b" },
            { person: control, letter: "a" },
          ],
          tier: "standard",
        } as const;
        const askers = [requester, committer.person];
        count.decide(files, request, isHonest({ askers, approver, control, rescue: null }));
      }
    }
    count.tell("ways to have a part in it");
    expect(count.wrong).toEqual([]);
    expect(count.worlds).toBe(4 ** 4 * 2 * 5);
    expect(count.honest).toBe(4 * 3 * 2 ** 2 * 2 * 5);
    expect(count.verdicts.approved).toBe(count.honest);
  });

  it("fills each step with a person of its own, whoever holds which roles and whoever approves", () => {
    const count = new WorldCount();
    const sets = { p1: roleSets, p2: roleSets, p3: roleSets, p4: roleSets };
    for (const roles of every(sets)) {
      const holders = (role: "approver" | "control") =>
        persons.filter((person) => roles[person].some((held) => held === role));
      const [approvers, controls] = [holders("approver"), holders("control")];
      const files = smallGovernance({ approver: approvers, control: controls, rescue: null });
      for (const approving of subsets(persons)) {
        const request = {
          requester: { person: "p1", letter: "a" },
          beneficiary: "p1",
          committer: { person: "p1", letter: "b" },
          approvals: approving.map((person) => ({ person, letter: "b" as const })),
          tier: "standard",
        } as const;
        const able = (of: readonly Person[]) =>
          approving.filter((person) => person !== "p1" && of.includes(person));
        const pairs = every({ one: able(approvers), another: able(controls) });
        count.decide(
          files,
          request,
          pairs.some(({ one, another }) => one !== another),
        );
      }
    }
    count.tell("roles");
    expect(count.wrong).toEqual([]);
    expect(count.worlds).toBe(4 ** 4 * 2 ** 4);
    // p1 asks: four sets of roles, and an approval that counts or not for nothing.
    expect(count.honest).toBe(4 * 2 * honestTrios);
    expect(count.verdicts.approved).toBe(count.honest);
  });

  it("excludes the owner of the machine that would receive it, and nobody else for it", () => {
    const count = new WorldCount();
    for (const { approver, control } of every({ approver: persons, control: persons })) {
      const files = smallGovernance({ approver, control, rescue: null });
      for (const { requester, owner } of every({ requester: persons, owner: persons })) {
        const request = {
          requester: { person: requester, letter: "a" },
          beneficiary: `${owner}-bot`,
          committer: { person: requester, letter: "b" },
          approvals: [
            { person: approver, letter: "b" },
            { person: control, letter: "a" },
          ],
          tier: "standard",
        } as const;
        const honest = isHonest({ askers: [requester, owner], approver, control, rescue: null });
        count.decide(files, request, honest);
      }
    }
    count.tell("machines");
    expect(count.wrong).toEqual([]);
    expect(count.worlds).toBe(4 ** 4);
    expect(count.honest).toBe(4 * 3 * 2 ** 2);
    expect(count.verdicts.approved).toBe(count.honest);
  });

  it("keeps colleagues and owners from the independent step, whether people.yaml or the forge says so", () => {
    const count = new WorldCount();
    // p1 and p2 ask, p3 is the approver and owns the database, p4 is control.
    const seats = {
      p1: { dev: memberships, owners: memberships },
      p2: { dev: memberships, owners: memberships },
      p3: { dev: ["none", "listed"], owners: ["listed"] },
      p4: { dev: memberships, owners: memberships },
    } as const;
    const places = every({
      p1dev: seats.p1.dev,
      p1owners: seats.p1.owners,
      p2dev: seats.p2.dev,
      p2owners: seats.p2.owners,
      p3dev: seats.p3.dev,
      p3owners: seats.p3.owners,
      p4dev: seats.p4.dev,
      p4owners: seats.p4.owners,
    });
    const asking = every({
      requester: ["p1", "p2"] as const,
      beneficiary: ["p1", "p2"] as const,
      committer: ["p1", "p2"] as const,
      tier: ["standard", "low-risk"] as const,
    });
    const isIn =
      (place: (typeof places)[number], as: Membership) => (team: TeamName, person: Person) =>
        place[`${person}${team}`] === as;
    const byText = Map.groupBy(places, (place) => textOf(isIn(place, "listed")));
    for (const [, alike] of byText) {
      const [first] = alike;
      if (first === undefined) continue;
      const listed = isIn(first, "listed");
      const files = smallGovernance({ approver: "p3", control: "p4", rescue: null, listed });
      for (const place of alike) {
        const onForge = isIn(place, "forge");
        const member = (team: TeamName, person: Person) =>
          listed(team, person) || onForge(team, person);
        for (const { requester, beneficiary, committer, tier } of asking) {
          const request = {
            requester: { person: requester, letter: "a" },
            beneficiary,
            committer: { person: committer, letter: "b" },
            approvals: [
              { person: "p3", letter: "b" },
              { person: "p4", letter: "a" },
            ],
            tier,
            onForge,
          } as const;
          const askers = [requester, beneficiary, committer];
          count.decide(files, request, isIndependent(tier, askers, member));
        }
      }
    }
    count.tell("teams");
    expect(count.wrong).toEqual([]);
    expect(byText.size).toBe(2 ** 6 * 2);
    expect(count.worlds).toBe(3 ** 6 * 2 * 2 ** 3 * 2);
    // Standard: p4 in no team, then whoever asks may be in any, or in dev alone, then nobody who asks is. Askers: p1, p2 or both.
    const standard = 2 * 2 ** 3 * 3 ** 4 + 2 * 2 * (2 * 27 + 6 * 9);
    // Low-risk: nobody who asks owns the database as p3 does, nor is in dev where p3 is.
    const lowRisk = 9 * (2 * 27 + 6 * 9) + 9 * (2 * 9 + 6 * 1);
    expect(count.honest).toBe(standard + lowRisk);
    expect(count.verdicts.approved).toBe(count.honest);
  });
});

const roleSets = [[], ["approver"], ["control"], ["approver", "control"]] as const;

/**
 * Three people, each approving or silent with one of four sets of roles: eight states, of which five give nothing and one each
 * approver, control and both. All, less those without an approver, those without control, and those where one is both and
 * the others nothing.
 */
const honestTrios = 8 ** 3 - 6 ** 3 - (6 ** 3 - 5 ** 3) - 3 * 5 ** 2;

type Membership = "none" | "listed" | "forge";
const memberships = ["none", "listed", "forge"] as const;

interface Parts {
  readonly askers: readonly Person[];
  readonly approver: Person;
  readonly control: Person;
  readonly rescue: Person | null;
}

/**
 * Nobody of the requester set approves (rule 2); distinct people fill distinct steps (rule 3); who may reroute approves nothing on
 * that path (P2, §1).
 */
function isHonest({ askers, approver, control, rescue }: Parts): boolean {
  if (askers.includes(approver) || askers.includes(control)) return false;
  if (approver === control) return false;
  return rescue !== approver && rescue !== control;
}

/** Control is in no team of the requester set and not in the owning team; in a low-risk tier so is the approver of the former (rule 4). */
function isIndependent(
  tier: SmallTier,
  askers: readonly Person[],
  member: (team: TeamName, person: Person) => boolean,
): boolean {
  const isColleague = (person: Person): boolean =>
    teamNames.some((team) => member(team, person) && askers.some((asker) => member(team, asker)));
  if (tier === "low-risk") return !isColleague("p3");
  return !isColleague("p4") && !member("owners", "p4");
}

function textOf(listed: (team: TeamName, person: Person) => boolean): string {
  return persons
    .flatMap((person) => teamNames.map((team) => (listed(team, person) ? "1" : "0")))
    .join("");
}
