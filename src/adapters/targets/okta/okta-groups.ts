import { oddAnswer } from "../http/http-problems.ts";
import type { Ask } from "../http/http-system.ts";
import { listOf, objectOf, textOf } from "../http/json-fields.ts";
import { nextPage } from "../http/next-page.ts";
import { pathSegment } from "../http/names-in-systems.ts";
import { requireSight } from "./okta-sight.ts";
import type { OktaUser } from "./okta-users.ts";

/** A group as Okta describes it; `type` says who keeps its members: OKTA_GROUP, APP_GROUP or BUILT_IN. */
export interface OktaGroup {
  /** The id, written for a path. */
  readonly segment: string;
  readonly name: string;
  readonly type: string;
}

const okta = { name: "Okta" };
const purpose = "reading groups";

/** Lists the names of the groups kept in Okta itself that the user is a member of, sorted, each once. */
export async function groupsOfUser(ask: Ask, user: OktaUser): Promise<readonly string[]> {
  const groups = await allGroups(ask, `api/v1/users/${user.segment}/groups?limit=200`);
  if (groups.length === 0) await requireSight(ask, "groups");
  const names = groups.filter(({ type }) => type === "OKTA_GROUP").map(({ name }) => name);
  return [...new Set(names)].sort();
}

/** Finds every group of exactly this name, of whatever type. Okta's search itself compares loosely. */
export async function groupsNamed(ask: Ask, name: string): Promise<readonly OktaGroup[]> {
  if (name === "") return [];
  const query = new URLSearchParams({ q: name, limit: "200" });
  const groups = await allGroups(ask, `api/v1/groups?${query.toString()}`);
  return groups.filter((group) => group.name === name);
}

/** Reads all pages or none: half of a list would say that somebody does not hold what they do. */
async function allGroups(ask: Ask, path: string): Promise<readonly OktaGroup[]> {
  const groups: OktaGroup[] = [];
  const seen = new Set<string>();
  let page: string | null = path;
  while (page !== null) {
    if (seen.has(page))
      throw oddAnswer(okta, { purpose }, "with pages that lead back to themselves");
    seen.add(page);
    const answer = await ask({ method: "GET", path: page, purpose, json: [200], done: [] });
    groups.push(...readGroups(answer.body));
    page = nextPage(answer.link);
  }
  return groups;
}

function readGroups(body: unknown): readonly OktaGroup[] {
  const list = listOf(body);
  if (list === null) throw oddAnswer(okta, { purpose }, "with something that is no list");
  return list.map((value) => {
    const fields = objectOf(value);
    const id = textOf(fields["id"]);
    const segment = id === null ? null : pathSegment(id);
    const name = textOf(objectOf(fields["profile"])["name"]);
    const type = textOf(fields["type"]);
    if (segment !== null && name !== null && type !== null) return { segment, name, type };
    throw oddAnswer(okta, { purpose }, "with a group without id, name or type");
  });
}
