import { providerFacts } from "../../../core/model/providers.ts";
import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";
import type { Target } from "../../../ports/target.ts";
import { withinTime } from "../within-time.ts";
import { parseAccountPermission, spellAccountPermission } from "./account-permission.ts";
import { assignmentsOf, operationsUnderWay } from "./assignments.ts";
import type { Assignment } from "./assignments.ts";
import { withAws } from "./aws-session.ts";
import type { AwsSdk, AwsSession, IdentityCenterAccess } from "./aws-session.ts";
import { createAssignment, deleteAssignment } from "./change-assignment.ts";
import { findUser, requireUser } from "./find-user.ts";
import { nameOfSet, requireSet } from "./permission-sets.ts";
import { usableAccess } from "./usable-access.ts";

/**
 * Opens the accounts of an instance of AWS IAM Identity Center: a permission is `<account>/<permission set>`, an identity
 * the name of a user in the identity store, and holding one is being assigned it as a user. What a group of theirs is
 * assigned is not of this target.
 *
 * AWS creates and deletes by and by: both verbs wait for the end, and what is still being deleted is held. A session that
 * was begun before a revoke goes on, for twelve hours at most.
 */
export function openIdentityCenterTarget(options: IdentityCenterAccess, sdk: AwsSdk): Target {
  let access: IdentityCenterAccess | null = usableAccess(options);
  const ask = async <T>(work: (session: AwsSession) => Promise<T>): Promise<T> => {
    if (access === null) {
      throw new TargetRefused("The target was closed and its credential dropped: open it again.");
    }
    const opened = access;
    return withinTime("AWS IAM Identity Center", opened.timeoutSeconds, (signal) =>
      withAws(sdk, opened, signal, work),
    );
  };
  return {
    capabilities: providerFacts["aws-identity-center"],
    observe: async (identity) => {
      const at = new Date().toISOString();
      const permissions = await ask((session) => heldPermissions(session, identity));
      return { at, identity, permissions };
    },
    provision: (identity, permission) => ask((session) => give(session, identity, permission)),
    revoke: (identity, permission) => ask((session) => take(session, identity, permission)),
    sessions: () => Promise.resolve(null),
    close: () => {
      access = null;
      return Promise.resolve();
    },
  };
}

async function heldPermissions(session: AwsSession, name: string): Promise<readonly string[]> {
  const userId = await findUser(session, name);
  if (userId === null) return [];
  // Asked first: what ends between the two questions is shown once too often, and never too seldom.
  const leaving = await operationsUnderWay(session, "deletion", userId);
  const held = [...leaving, ...(await assignmentsOf(session, userId))];
  return namesOf(session, held);
}

async function namesOf(
  session: AwsSession,
  held: readonly Assignment[],
): Promise<readonly string[]> {
  const names = new Map<string, string | null>();
  for (const { arn } of held) {
    if (!names.has(arn)) names.set(arn, await nameOfSet(session, arn));
  }
  const spelled = held.flatMap(({ account, arn }) => {
    const permissionSet = names.get(arn) ?? null;
    return permissionSet === null ? [] : [spellAccountPermission({ account, permissionSet })];
  });
  return [...new Set(spelled)].sort();
}

async function give(session: AwsSession, name: string, permission: string): Promise<void> {
  const asked = parseAccountPermission(permission);
  if (asked === null) {
    throw new TargetRefused(
      `${JSON.stringify(permission)} names no permission set on an account: write it as 111122223333/ReadOnly.`,
    );
  }
  const userId = await requireUser(session, name);
  const arn = await requireSet(session, asked.permissionSet);
  const wanted = { account: asked.account, arn };
  const leaving = await operationsUnderWay(session, "deletion", userId);
  if (leaving.some((one) => isSame(one, wanted))) {
    throw new TargetUnreachable(`${permission} is still being taken from ${name}: try again.`);
  }
  const held = await assignmentsOf(session, userId);
  if (held.some((one) => isSame(one, wanted))) return;
  await createAssignment(session, userId, wanted);
}

async function take(session: AwsSession, name: string, permission: string): Promise<void> {
  const asked = parseAccountPermission(permission);
  const userId = asked === null ? null : await findUser(session, name);
  if (asked === null || userId === null) return;
  const isAsked = async ({ account, arn }: Assignment): Promise<boolean> =>
    account === asked.account && (await nameOfSet(session, arn)) === asked.permissionSet;
  // Before the list: what is created in between is in it. A creation that goes on would give the access after the end.
  for (const one of await operationsUnderWay(session, "creation", userId)) {
    if (!(await isAsked(one))) continue;
    throw new TargetUnreachable(`${permission} is still being given to ${name}: try again.`);
  }
  for (const one of await assignmentsOf(session, userId)) {
    if (await isAsked(one)) await deleteAssignment(session, userId, one);
  }
}

function isSame(one: Assignment, other: Assignment): boolean {
  return one.account === other.account && one.arn === other.arn;
}
