import { TargetRefused } from "../../../ports/target.ts";
import type { Ask } from "../http/http-system.ts";
import { groupsNamed } from "./okta-groups.ts";
import type { OktaGroup } from "./okta-groups.ts";
import { findUser } from "./okta-users.ts";
import type { OktaUser } from "./okta-users.ts";

/** Makes the user a member of the group. Repeatable. Refuses what Okta would accept and nobody should have. */
export async function provisionMembership(
  ask: Ask,
  identity: string,
  permission: string,
): Promise<void> {
  const user = await requireUser(ask, identity);
  const group = await requireGroup(ask, permission);
  await ask({
    method: "PUT",
    path: `api/v1/groups/${group.segment}/users/${user.segment}`,
    purpose: "putting a user into a group",
    json: [],
    done: [200, 204],
  });
}

async function requireUser(ask: Ask, identity: string): Promise<OktaUser> {
  const user = await findUser(ask, identity);
  if (user === null) {
    throw new TargetRefused(
      `Okta has no user with the login ${JSON.stringify(identity)}: write the whole login in people.yaml, or add the ` +
        "user in Okta.",
    );
  }
  if (user.login !== identity) {
    throw new TargetRefused(
      `Okta spells the login ${JSON.stringify(user.login)}: write it so in people.yaml.`,
    );
  }
  if (user.status === "ACTIVE") return user;
  // Okta takes them as members all the same, and the access is there on the day that they are activated.
  throw new TargetRefused(
    `${identity} is ${user.status} in Okta, and only ACTIVE accounts are given access: activate it there first.`,
  );
}

async function requireGroup(ask: Ask, permission: string): Promise<OktaGroup> {
  const named = await groupsNamed(ask, permission);
  const [group, ...others] = named.filter(({ type }) => type === "OKTA_GROUP");
  if (group === undefined) throw unusable(permission, named[0]);
  if (others.length === 0) return group;
  throw new TargetRefused(
    `Okta has ${others.length + 1} groups with the name ${JSON.stringify(permission)}: rename all but one, so that the ` +
      "catalogue names one.",
  );
}

function unusable(permission: string, other: OktaGroup | undefined): TargetRefused {
  const name = JSON.stringify(permission);
  if (other === undefined) {
    return new TargetRefused(
      `Okta has no group with the name ${name}: correct the catalogue, or add the group in Okta.`,
    );
  }
  return new TargetRefused(
    `${name} is a group of the type ${JSON.stringify(other.type)}, whose members Okta or an application keeps: name a ` +
      "group that is kept in Okta itself (OKTA_GROUP).",
  );
}
