import { askAws } from "./ask-aws.ts";
import type { AwsSession } from "./aws-session.ts";
import { readAwsPages } from "./read-pages.ts";

/** A permission set that a user has on an account. */
export interface Assignment {
  readonly account: string;
  readonly arn: string;
}

/** An operation that AWS carries out by and by. */
export type OperationKind = "creation" | "deletion";

/** How an operation stands; whatever AWS leaves out is missing. */
export interface Operation {
  readonly Status?: string | undefined;
  readonly RequestId?: string | undefined;
  readonly FailureReason?: string | undefined;
  readonly TargetId?: string | undefined;
  readonly PermissionSetArn?: string | undefined;
  readonly PrincipalId?: string | undefined;
}

/**
 * Lists what a user was assigned themself, on every account. AWS answers with what their groups have as well, which is
 * left out: nothing here could take it away.
 */
export async function assignmentsOf(
  session: AwsSession,
  userId: string,
): Promise<readonly Assignment[]> {
  const { access, sso, options } = session;
  const all = await readAwsPages("account assignments", async (next) => {
    const answer = await askAws("sso:ListAccountAssignmentsForPrincipal", () =>
      sso.listAccountAssignmentsForPrincipal(
        {
          InstanceArn: access.instanceArn,
          PrincipalId: userId,
          PrincipalType: "USER",
          NextToken: next,
        },
        options,
      ),
    );
    return { items: answer.AccountAssignments, next: answer.NextToken };
  });
  return all
    .filter((one) => one.PrincipalType === "USER" && one.PrincipalId === userId)
    .map(({ AccountId = "", PermissionSetArn = "" }) => ({
      account: AccountId,
      arn: PermissionSetArn,
    }));
}

/** Lists the operations of one kind that still go on for a user. */
export async function operationsUnderWay(
  session: AwsSession,
  kind: OperationKind,
  userId: string,
): Promise<readonly Assignment[]> {
  const going = await readAwsPages(`${kind}s under way`, (next) => listGoing(session, kind, next));
  const described = await Promise.all(
    going.map(({ RequestId = "" }) => describeOperation(session, kind, RequestId)),
  );
  return described
    .filter((one) => one?.PrincipalId === userId && one.Status === "IN_PROGRESS")
    .map((one) => ({ account: one?.TargetId ?? "", arn: one?.PermissionSetArn ?? "" }));
}

/** Asks how an operation stands. */
export async function describeOperation(
  { access, sso, options }: AwsSession,
  kind: OperationKind,
  requestId: string,
): Promise<Operation | undefined> {
  const { instanceArn: InstanceArn } = access;
  if (kind === "creation") {
    const answer = await askAws("sso:DescribeAccountAssignmentCreationStatus", () =>
      sso.describeAccountAssignmentCreationStatus(
        { InstanceArn, AccountAssignmentCreationRequestId: requestId },
        options,
      ),
    );
    return answer.AccountAssignmentCreationStatus;
  }
  const answer = await askAws("sso:DescribeAccountAssignmentDeletionStatus", () =>
    sso.describeAccountAssignmentDeletionStatus(
      { InstanceArn, AccountAssignmentDeletionRequestId: requestId },
      options,
    ),
  );
  return answer.AccountAssignmentDeletionStatus;
}

async function listGoing(
  { access, sso, options }: AwsSession,
  kind: OperationKind,
  next: string | undefined,
) {
  const question = {
    InstanceArn: access.instanceArn,
    Filter: { Status: "IN_PROGRESS" },
    NextToken: next,
  } as const;
  if (kind === "creation") {
    const answer = await askAws("sso:ListAccountAssignmentCreationStatus", () =>
      sso.listAccountAssignmentCreationStatus(question, options),
    );
    return { items: answer.AccountAssignmentsCreationStatus, next: answer.NextToken };
  }
  const answer = await askAws("sso:ListAccountAssignmentDeletionStatus", () =>
    sso.listAccountAssignmentDeletionStatus(question, options),
  );
  return { items: answer.AccountAssignmentsDeletionStatus, next: answer.NextToken };
}
