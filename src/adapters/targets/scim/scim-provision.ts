import { TargetRefused } from "../../../ports/target.ts";
import type { Ask } from "../http/http-system.ts";
import { groupsNamed } from "./scim-groups.ts";
import type { ScimResource } from "./scim-list.ts";
import { addMember } from "./scim-members.ts";
import { findUser } from "./scim-users.ts";
import type { ScimUser } from "./scim-users.ts";

/** Makes the user a member of the group. Repeatable. Refuses what the service would accept and nobody should have. */
export async function provisionMembership(
  ask: Ask,
  identity: string,
  permission: string,
): Promise<void> {
  const user = await requireUser(ask, identity);
  const group = await requireGroup(ask, permission);
  await addMember(ask, group, user);
}

async function requireUser(ask: Ask, identity: string): Promise<ScimUser> {
  const user = await findUser(ask, identity);
  if (user === null) {
    throw new TargetRefused(
      `The SCIM service has no user with the userName ${JSON.stringify(identity)}: correct people.yaml, or add the user ` +
        "there.",
    );
  }
  if (user.userName !== identity) {
    throw new TargetRefused(
      `The SCIM service spells the userName ${JSON.stringify(user.userName)}: write it so in people.yaml.`,
    );
  }
  if (user.isActive) return user;
  // Services take them as members all the same, and the access is there on the day that they are activated.
  throw new TargetRefused(
    `${identity} is not active at the SCIM service, and is given no access: activate the user there first.`,
  );
}

async function requireGroup(ask: Ask, permission: string): Promise<ScimResource> {
  const [group, ...others] = await groupsNamed(ask, permission);
  const name = JSON.stringify(permission);
  if (group === undefined) {
    throw new TargetRefused(
      `The SCIM service has no group with the displayName ${name}: correct the catalogue, or add the group there.`,
    );
  }
  if (others.length === 0) return group;
  throw new TargetRefused(
    `The SCIM service has ${others.length + 1} groups with the displayName ${name}: rename all but one, so that the ` +
      "catalogue names one.",
  );
}
