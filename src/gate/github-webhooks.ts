import type { Probot } from "probot";
import { accountTypes } from "../core/model/account.ts";
import type { Account } from "../core/model/account.ts";
import type { RunningGate } from "./run-gate.ts";
import type { PushSighting, ReviewChange, Sighting } from "./sighting.ts";

/** The one repository this gate answers for. */
export interface GovernedRepository {
  readonly repositoryId: number;
  readonly governedBranch: string;
}

/**
 * Turns every webhook into "look at pull request N again" and answers at once; the work happens in the
 * queue, because a handler that takes longer than GitHub waits is lost without a trace. Taken from a payload is only
 * what the API can no longer tell later: what a review saw when it arrived, who dismissed or edited one, and who pushed.
 */
export function githubWebhooks(
  running: RunningGate,
  { repositoryId, governedBranch }: GovernedRepository,
): (app: Probot) => void {
  const isOurs = (payload: { repository?: { id: number } }): boolean =>
    payload.repository?.id === repositoryId;

  return (app) => {
    app.on("pull_request", ({ id, payload }) => {
      if (!isOurs(payload)) return;
      if (payload.action === "synchronize") {
        const push = pushOf(id, payload.pull_request.head.ref, payload);
        if (push !== null) running.sawPush(push);
      }
      // What a closed one asked for no longer stands in the way of others.
      if (payload.action === "closed") running.sweepNow("open");
      running.lookAt(payload.pull_request.number);
    });
    app.on("pull_request_review", ({ id, payload }) => {
      if (!isOurs(payload)) return;
      const sighting =
        payload.action === "submitted"
          ? sightingOf(id, payload)
          : changeOf(id, payload.action, payload);
      if (sighting !== null) running.saw(sighting);
      running.lookAt(payload.pull_request.number);
    });
    // A comment of our own is an answer, and leads to nothing.
    app.on("issue_comment.created", ({ payload }) => {
      if (payload.comment.user?.type !== "User") return;
      const isOfPull = payload.issue.pull_request !== undefined;
      if (isOfPull && isOurs(payload)) running.lookAt(payload.issue.number);
      // Under an incident, wherever it is tracked: somebody may have confirmed it.
      else if (!isOfPull && payload.comment.body.startsWith("/access confirm")) {
        running.incidentChanged(`${payload.repository.full_name}#${payload.issue.number}`);
      }
    });
    // Incidents may be tracked in another repository; what became of one is read afresh.
    app.on(["issues.closed", "issues.reopened"], ({ payload }) => {
      running.incidentChanged(`${payload.repository.full_name}#${payload.issue.number}`);
    });
    app.on(["check_run.rerequested"], ({ payload }) => {
      if (!isOurs(payload)) return;
      for (const pull of payload.check_run.pull_requests) {
        running.lookAt(pull.number);
      }
    });
    app.on("push", ({ id, payload }) => {
      if (!isOurs(payload)) return;
      const branch = /^refs\/heads\/(.+)$/u.exec(payload.ref)?.[1];
      const push = branch === undefined ? null : pushOf(id, branch, payload);
      if (push !== null) running.sawPush(push);
      if (payload.ref === `refs/heads/${governedBranch}`) running.sweepNow("open");
      if (payload.ref === "refs/heads/audit/executions") running.sweepNow("ends");
    });
    app.on(["team", "membership", "member", "organization"], () => running.sweepNow("open"));
  };
}

/** The parts of a `pull_request_review` payload that are evidence. */
interface ReviewPayload {
  readonly review: {
    readonly id: number;
    readonly state: string;
    readonly commit_id: string | null;
    readonly submitted_at: string | null;
    readonly user: WebhookAccount | null;
  };
  readonly pull_request: { readonly number: number; readonly base: { readonly ref: string } };
  readonly sender?: WebhookAccount;
}

interface WebhookAccount {
  readonly id: number;
  readonly login: string;
  readonly type?: string;
}

/** The parts of a `push` or `pull_request.synchronize` payload that are evidence. */
interface PushPayload {
  readonly before: string;
  readonly after: string;
  readonly sender?: WebhookAccount;
}

function pushOf(
  delivery: string,
  branch: string,
  { before, after, sender }: PushPayload,
): PushSighting | null {
  const actor = accountOf(sender);
  if (actor === null) return null;
  return { branch, before: oidOf(before), after: oidOf(after), actor, delivery };
}

/** Webhooks write zeros where there is no commit: before a branch is created, after it is deleted. */
function oidOf(text: string): string | null {
  return /^0+$/u.test(text) ? null : text;
}

function sightingOf(delivery: string, { review, pull_request }: ReviewPayload): Sighting | null {
  const { user, commit_id: commit, submitted_at: submittedAt } = review;
  const reviewer = accountOf(user);
  if (reviewer === null || commit === null || submittedAt === null) return null;
  return {
    pull: pull_request.number,
    review: review.id,
    reviewer,
    state: review.state.toUpperCase(),
    commit,
    baseRef: pull_request.base.ref,
    submittedAt,
    delivery,
  };
}

function changeOf(
  delivery: string,
  change: "dismissed" | "edited",
  { review, pull_request, sender }: ReviewPayload,
): ReviewChange | null {
  const reviewer = accountOf(review.user);
  const { id, state, commit_id: commit } = review;
  if (reviewer === null || commit === null) return null;
  return {
    ...{ change, pull: pull_request.number, review: id, reviewer, by: accountOf(sender) },
    ...{ state: state.toUpperCase(), commit, delivery },
  };
}

/** `null` for an account that is gone, and for one of a type that no rule knows. */
function accountOf(account: WebhookAccount | null | undefined): Account | null {
  const type = accountTypes.find((known) => known === account?.type);
  if (account === null || account === undefined || type === undefined) return null;
  return { id: account.id, login: account.login, type };
}
