import type { Probot } from "probot";
import { accountTypes } from "../core/model/account.ts";
import type { Account } from "../core/model/account.ts";
import type { RunningGate } from "./run-gate.ts";
import type { Sighting } from "./sighting.ts";

/** The one repository this gate answers for. */
export interface GovernedRepository {
  readonly repositoryId: number;
  readonly governedBranch: string;
}

/**
 * Turns every webhook into "look at pull request N again" and answers at once; the work happens in the
 * queue, because a handler that takes longer than GitHub waits is lost without a trace. Only one thing is
 * taken from a payload: what a review saw when it arrived, which the API can no longer tell later.
 */
export function githubWebhooks(
  running: RunningGate,
  { repositoryId, governedBranch }: GovernedRepository,
): (app: Probot) => void {
  const isOurs = (payload: { repository?: { id: number } }): boolean =>
    payload.repository?.id === repositoryId;

  return (app) => {
    app.on("pull_request", ({ payload }) => {
      if (isOurs(payload)) running.lookAt(payload.pull_request.number);
    });
    app.on("pull_request_review", ({ id, payload }) => {
      if (!isOurs(payload)) return;
      if (payload.action === "submitted") {
        const sighting = sightingOf(id, payload);
        if (sighting !== null) running.saw(sighting);
      }
      running.lookAt(payload.pull_request.number);
    });
    app.on(["check_run.rerequested"], ({ payload }) => {
      if (!isOurs(payload)) return;
      for (const pull of payload.check_run.pull_requests) {
        running.lookAt(pull.number);
      }
    });
    app.on("push", ({ payload }) => {
      if (!isOurs(payload)) return;
      if (payload.ref === `refs/heads/${governedBranch}`) running.sweepNow("everything");
      if (payload.ref === "refs/heads/audit/executions") running.sweepNow("ends");
    });
    app.on(["team", "membership", "member", "organization"], () => running.sweepNow("everything"));
  };
}

/** The parts of a `pull_request_review.submitted` payload that are evidence. */
interface ReviewPayload {
  readonly review: {
    readonly id: number;
    readonly state: string;
    readonly commit_id: string | null;
    readonly submitted_at: string | null;
    readonly user: { readonly id: number; readonly login: string; readonly type?: string } | null;
  };
  readonly pull_request: { readonly number: number; readonly base: { readonly ref: string } };
}

function sightingOf(delivery: string, { review, pull_request }: ReviewPayload): Sighting | null {
  const { user, commit_id: commit, submitted_at: submittedAt } = review;
  const type = accountTypes.find((known) => known === user?.type);
  if (user === null || commit === null || submittedAt === null || type === undefined) return null;
  const reviewer: Account = { id: user.id, login: user.login, type };
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
