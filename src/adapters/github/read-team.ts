import type { Account } from "../../core/model/account.ts";
import type { TeamFacts } from "../../core/model/snapshot.ts";
import { accountOfUser } from "./accounts.ts";
import type { MemberAnswer, PageAnswer, TeamAnswer } from "./pull-answer.ts";
import type { ReadFact } from "./read-fact.ts";
import { readPages } from "./read-pages.ts";

/** Reads one team's members to the end; `members` is `null` when the forge has no such team. */
export async function readTeam(
  slug: string,
  team: TeamAnswer | null,
  next: (after: string) => Promise<PageAnswer<MemberAnswer> | null>,
): Promise<ReadFact<TeamFacts>> {
  if (team === null) return { value: { slug, members: null }, missing: [] };
  const { items, lacking } = await readPages(team.members, next);
  const members = items.map(accountOfUser).filter((each): each is Account => each !== null);
  const reason = lacking ?? (members.length === items.length ? null : "a member has no id");
  return {
    value: { slug, members },
    missing: reason === null ? [] : [{ fact: `team ${slug}`, reason }],
  };
}
