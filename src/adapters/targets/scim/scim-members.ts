import { TargetRefused } from "../../../ports/target.ts";
import type { Ask } from "../http/http-system.ts";
import { listOf, objectOf, textOf } from "../http/json-fields.ts";
import type { JsonObject } from "../http/json-fields.ts";
import { equals, oddScim } from "./scim-list.ts";
import type { ScimResource } from "./scim-list.ts";
import type { ScimUser } from "./scim-users.ts";

/**
 * Counts the user's entries in a group: there can be two, when two writers added one at the same time. Services leave
 * out an empty list.
 */
export function entriesOf(group: JsonObject, user: ScimUser): number {
  const members = listOf(group["members"] ?? []);
  if (members === null) throw oddScim("with members that are no list");
  return members.filter((member) => objectOf(member)["value"] === user.id).length;
}

/** Adds the user to the group unless the group has them. */
export async function addMember(ask: Ask, group: ScimResource, user: ScimUser): Promise<void> {
  if ((await readEntries(ask, group, user)) > 0) return;
  await patch(ask, group, { op: "add", path: "members", value: [{ value: user.id }] });
}

/**
 * Removes all of the user's entries, also from services that take one at a time. It is sent once whatever the service
 * shows: some show no members, and theirs must be taken all the same. It stops where nothing changes any more: the
 * read-back says what is left.
 */
export async function removeMember(ask: Ask, group: ScimResource, user: ScimUser): Promise<void> {
  const path = `members[${equals("value", user.id)}]`;
  let before = await readEntries(ask, group, user);
  for (;;) {
    await patch(ask, group, { op: "remove", path });
    const left = before === 0 ? 0 : await readEntries(ask, group, user);
    if (left === 0 || left >= before) return;
    before = left;
  }
}

async function readEntries(ask: Ask, group: ScimResource, user: ScimUser): Promise<number> {
  const answer = await ask({
    method: "GET",
    path: `Groups/${group.segment}?attributes=members`,
    purpose: "reading the members of a group",
    json: [200],
    done: [404],
  });
  if (answer.status === 404) return 0;
  if (textOf(objectOf(answer.body)["id"]) === group.id) {
    return entriesOf(objectOf(answer.body), user);
  }
  throw oddScim("with another group than the one asked for");
}

type Operation =
  | { readonly op: "add"; readonly path: string; readonly value: readonly unknown[] }
  | { readonly op: "remove"; readonly path: string };

async function patch(ask: Ask, group: ScimResource, operation: Operation): Promise<void> {
  const isRemoval = operation.op === "remove";
  const purpose = isRemoval ? "taking a user out of a group" : "putting a user into a group";
  const answer = await ask({
    method: "PATCH",
    path: `Groups/${group.segment}`,
    purpose,
    json: isRemoval ? [400] : [],
    done: isRemoval ? [200, 204, 404] : [200, 204],
    headers: { "content-type": "application/scim+json" },
    body: JSON.stringify({ schemas: [patchOp], Operations: [operation] }),
  });
  // RFC 7644 lets a service say so where the member is not there.
  if (answer.status !== 400 || objectOf(answer.body)["scimType"] === "noTarget") return;
  throw new TargetRefused(
    `The SCIM service answered 400 to ${purpose}: it must support PATCH with a filter in the path (RFC 7644, 3.5.2).`,
  );
}

const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
