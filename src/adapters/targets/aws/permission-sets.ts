import { TargetRefused } from "../../../ports/target.ts";
import { askAws, askAwsIfThere } from "./ask-aws.ts";
import type { AwsSession } from "./aws-session.ts";
import { readAwsPages } from "./read-pages.ts";

/** Asks for the name of a permission set; `null` when it no longer exists. */
export async function nameOfSet(session: AwsSession, arn: string): Promise<string | null> {
  const { access, sso, options } = session;
  const found = await askAwsIfThere("sso:DescribePermissionSet", null, () =>
    sso.describePermissionSet({ InstanceArn: access.instanceArn, PermissionSetArn: arn }, options),
  );
  return found?.PermissionSet?.Name ?? null;
}

/**
 * Finds a permission set by its name, which only each set itself tells. One after the other: AWS allows few of these
 * questions in a second. Throws TargetRefused when there is none.
 */
export async function requireSet(session: AwsSession, name: string): Promise<string> {
  const { access, sso, options } = session;
  const arns = await readAwsPages("permission sets", async (next) => {
    const { PermissionSets, NextToken } = await askAws("sso:ListPermissionSets", () =>
      sso.listPermissionSets({ InstanceArn: access.instanceArn, NextToken: next }, options),
    );
    return { items: PermissionSets, next: NextToken };
  });
  for (const arn of arns) {
    if ((await nameOfSet(session, arn)) === name) return arn;
  }
  throw new TargetRefused(
    `The instance has no permission set ${name}: create it, or correct the catalogue.`,
  );
}
