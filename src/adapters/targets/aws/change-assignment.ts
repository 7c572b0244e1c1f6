import { setTimeout as sleep } from "node:timers/promises";
import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";
import { askAws } from "./ask-aws.ts";
import { describeOperation } from "./assignments.ts";
import type { Assignment, Operation, OperationKind } from "./assignments.ts";
import type { AwsSession } from "./aws-session.ts";

/** Creates an assignment and waits until AWS has done it. Throws TargetRefused when it could not. */
export async function createAssignment(
  session: AwsSession,
  userId: string,
  assignment: Assignment,
): Promise<void> {
  const { sso, options } = session;
  const answer = await askAws("sso:CreateAccountAssignment", () =>
    sso.createAccountAssignment(inputOf(session, userId, assignment), options),
  );
  await untilDone(session, "creation", answer.AccountAssignmentCreationStatus);
}

/** Deletes an assignment and waits until AWS has done it: until then it is live. Throws TargetRefused when it could not. */
export async function deleteAssignment(
  session: AwsSession,
  userId: string,
  assignment: Assignment,
): Promise<void> {
  const { sso, options } = session;
  const answer = await askAws("sso:DeleteAccountAssignment", () =>
    sso.deleteAccountAssignment(inputOf(session, userId, assignment), options),
  );
  await untilDone(session, "deletion", answer.AccountAssignmentDeletionStatus);
}

function inputOf({ access }: AwsSession, userId: string, { account, arn }: Assignment) {
  return {
    InstanceArn: access.instanceArn,
    TargetId: account,
    TargetType: "AWS_ACCOUNT",
    PermissionSetArn: arn,
    PrincipalType: "USER",
    PrincipalId: userId,
  } as const;
}

/** The question's own time limit ends the waiting. */
async function untilDone(
  session: AwsSession,
  kind: OperationKind,
  begun: Operation | undefined,
): Promise<void> {
  let operation = begun;
  const requestId = begun?.RequestId;
  while (operation?.Status === "IN_PROGRESS" && requestId !== undefined) {
    await sleep(session.access.pollMilliseconds, undefined, {
      signal: session.options.abortSignal,
    });
    operation = await describeOperation(session, kind, requestId);
  }
  if (operation?.Status === "SUCCEEDED") return;
  if (operation?.Status !== "FAILED") {
    throw new TargetUnreachable(`AWS did not say how the ${kind} of the assignment stands.`);
  }
  const reason = (operation.FailureReason ?? "no reason given").slice(0, 300);
  throw new TargetRefused(
    `AWS could not do the ${kind} of the assignment (${reason}): check the account and the permission set.`,
  );
}
