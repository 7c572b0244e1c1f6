import type { Ask } from "../http/http-system.ts";
import { textOf } from "../http/json-fields.ts";
import { findResources, oddScim } from "./scim-list.ts";
import type { ScimResource } from "./scim-list.ts";

/** Finds every group of exactly this displayName, which the service's filter compares loosely or not at all. */
export async function groupsNamed(ask: Ask, displayName: string): Promise<readonly ScimResource[]> {
  if (displayName === "") return [];
  const groups = await findResources(ask, {
    endpoint: "Groups",
    attribute: "displayName",
    value: displayName,
    attributes: "displayName",
  });
  return groups.filter((group) => nameOf(group) === displayName);
}

/** Reads a group's name, which every group must have. */
export function nameOf(group: ScimResource): string {
  const name = textOf(group.fields["displayName"]);
  if (name !== null) return name;
  throw oddScim("with a group without displayName");
}
