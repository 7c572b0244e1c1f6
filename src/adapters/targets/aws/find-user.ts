import { TargetRefused } from "../../../ports/target.ts";
import { askAws, askAwsIfThere } from "./ask-aws.ts";
import type { AwsSession } from "./aws-session.ts";

/** Finds the id of a user by name; `null` when the identity store has none. A store that does not exist is no such answer. */
export async function findUser(session: AwsSession, name: string): Promise<string | null> {
  if (!isUserName(name)) return null;
  const { access, store, options } = session;
  const found = await askAwsIfThere("identitystore:GetUserId", "USER", () =>
    store.getUserId(
      {
        IdentityStoreId: access.identityStoreId,
        AlternateIdentifier: {
          UniqueAttribute: { AttributePath: "userName", AttributeValue: name },
        },
      },
      options,
    ),
  );
  return found?.UserId ?? null;
}

/** Requires a user who can log in, under that very name. Throws TargetRefused. */
export async function requireUser(session: AwsSession, name: string): Promise<string> {
  const id = await findUser(session, name);
  if (id === null) {
    throw new TargetRefused(
      `The identity store has no user ${JSON.stringify(name)}: create it there, or correct governance/people.yaml.`,
    );
  }
  const { access, store, options } = session;
  const user = await askAws("identitystore:DescribeUser", () =>
    store.describeUser({ IdentityStoreId: access.identityStoreId, UserId: id }, options),
  );
  if (user.UserName !== name) {
    throw new TargetRefused(
      `The identity store writes the user ${name} as ${String(user.UserName)}: write it so in governance/people.yaml.`,
    );
  }
  if (user.UserStatus === "DISABLED") {
    throw new TargetRefused(
      `The user ${name} is disabled in the identity store: enable them first.`,
    );
  }
  return id;
}

function isUserName(name: string): boolean {
  return /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(name);
}
