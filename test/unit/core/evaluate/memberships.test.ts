import { describe, expect, it } from "vitest";
import { isOnForge, rosterMemory, teamsOf } from "../../../../src/core/evaluate/memberships.ts";
import { roleHolders } from "../../../../src/core/evaluate/role-holders.ts";
import type { Account } from "../../../../src/core/model/account.ts";
import type { TeamFacts } from "../../../../src/core/model/snapshot.ts";
import { buildSnapshot } from "../../../support/snapshot/build-snapshot.ts";
import { exampleGovernance } from "../../../support/snapshot/cast.ts";

const snapshot = buildSnapshot({});
const path = "access-requests/payments-db/fix.yaml";
const owners = "payments-owners";

function approversWith(teams: readonly TeamFacts[], owner = "acme"): readonly string[] {
  const given = { teams, repository: { ...snapshot.repository, owner } };
  return roleHolders(exampleGovernance, given, "approver", path);
}

/** The teams as they are, with the members of one of them changed. */
function withOwners(members: readonly Account[] | null): readonly TeamFacts[] {
  return snapshot.teams.map((team) => (team.slug === owners ? { ...team, members } : team));
}

const members = snapshot.teams.find(({ slug }) => slug === owners)?.members ?? [];

describe("what is remembered of teams", () => {
  it("is asked again for every difference that counts", () => {
    expect(approversWith(snapshot.teams)).toContain("bob");
    const withoutBob = members.filter(({ login }) => login !== "bob");
    expect(approversWith(withOwners(withoutBob))).not.toContain("bob");
    const strangers = members.map((one) => ({ ...one, id: one.id + 70_000 }));
    expect(approversWith(withOwners(strangers))).toEqual([]);
    expect(approversWith(withOwners([]))).toEqual([]);
    expect(approversWith(withOwners(null))).toContain("bob");
    expect(approversWith([])).toEqual([]);
    expect(approversWith(snapshot.teams, "other")).toEqual([]);
    expect(approversWith(snapshot.teams)).toContain("bob");
  });

  it("is what it was, whatever becomes of the list it was read from", () => {
    const list: TeamFacts[] = [{ slug: "guild", members: [...members] }];
    expect(isOnForge(exampleGovernance, list, { team: "guild", person: "bob" })).toBe("yes");
    list[0] = { slug: "guild", members: [] };
    const same = [{ slug: "guild", members: [...members] }];
    expect(isOnForge(exampleGovernance, same, { team: "guild", person: "bob" })).toBe("yes");
    const none = [{ slug: "guild", members: [] }];
    expect(isOnForge(exampleGovernance, none, { team: "guild", person: "bob" })).toBe("no");
  });

  it("is of whoever people.yaml names, and of nobody else", () => {
    expect([...teamsOf(exampleGovernance, snapshot.teams, "nobody")]).toEqual([]);
    const team = [{ slug: "guild", members: [...members] }];
    expect(teamsOf(exampleGovernance, team, "bob").has("guild")).toBe(true);
    expect(teamsOf(exampleGovernance, [], "bob").has("guild")).toBe(false);
  });

  it("answers each question once, and goes on after more than it remembers", () => {
    const memory = rosterMemory<string>();
    const asked: string[] = [];
    const ask = (question: string): string =>
      memory(exampleGovernance, snapshot.teams, question, () => {
        asked.push(question);
        return `answer to ${question}`;
      });
    expect([ask("a"), ask("a")]).toEqual(["answer to a", "answer to a"]);
    expect(asked).toEqual(["a"]);
    const many = Array.from({ length: 1_100 }, (_, at) => String(at));
    expect(many.map(ask)).toEqual(many.map((question) => `answer to ${question}`));
    expect(ask("a")).toBe("answer to a");
  });
});
