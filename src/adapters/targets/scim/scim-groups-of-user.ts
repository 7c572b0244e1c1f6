import type { Ask } from "../http/http-system.ts";
import { nameOf } from "./scim-groups.ts";
import { equals, listAll, listResources, requireSight } from "./scim-list.ts";
import type { ScimResource } from "./scim-list.ts";
import { entriesOf } from "./scim-members.ts";
import type { ScimUser } from "./scim-users.ts";

/**
 * Lists the names of the groups that the user is a direct member of, sorted, each once: by a filter where the service
 * shows that it understands it, and from the members of all groups otherwise.
 */
export async function groupsOfUser(ask: Ask, user: ScimUser): Promise<readonly string[]> {
  const groups = (await filteredGroups(ask, user)) ?? (await groupsWithMember(ask, user));
  return [...new Set(groups.map(nameOf))].sort();
}

/**
 * Services that do not know `members.value` refuse it, ignore it and answer with every group, or answer with none: the
 * last would end a grant that is in effect. So a filter that finds something must find nothing for a member that cannot
 * be, and one that finds nothing must know that there are members at all; `null` otherwise.
 */
async function filteredGroups(ask: Ask, user: ScimUser): Promise<readonly ScimResource[] | null> {
  const found = await withFilter(ask, equals("members.value", user.id));
  if (found === null) return null;
  if (found.length > 0) {
    const nobodys = await withFilter(ask, equals("members.value", crypto.randomUUID()));
    return nobodys?.length === 0 ? found : null;
  }
  const peopled = await withFilter(ask, "members.value pr");
  return peopled !== null && peopled.length > 0 ? found : null;
}

function withFilter(ask: Ask, filter: string): Promise<readonly ScimResource[] | null> {
  return listResources(ask, { endpoint: "Groups", filter, attributes: "displayName" });
}

async function groupsWithMember(ask: Ask, user: ScimUser): Promise<readonly ScimResource[]> {
  const groups = await listAll(ask, "Groups", "displayName,members");
  if (groups.length === 0) await requireSight(ask, "Groups");
  return groups.filter((group) => entriesOf(group.fields, user) > 0);
}
