import { describeDecision } from "./describe-decision.ts";
import { describeExecution } from "./describe-execution.ts";
import type { DecisionEntry, Description } from "./description.ts";
import { entryHome } from "../core/attest/entry-home.ts";
import type { Account } from "../core/model/account.ts";
import type { CommandEffect } from "../core/model/command.ts";
import type { Entry, EntryOf } from "../core/model/entry.ts";
import type { ExecutionEntry } from "./description.ts";

/**
 * Says in sentences what an entry says, by itself: who did what, to which bytes, with which outcome. `named` tells where an
 * entry is that this one names by digest.
 */
export function describeEntry(entry: Entry, named: (digest: string) => string): Description {
  if (isExecution(entry)) return describeExecution(entry, named);
  return describeDecided(entry, named);
}

function isExecution(entry: Entry): entry is ExecutionEntry {
  return entryHome(entry.type, "audit/decisions").branch === "audit/executions";
}

function describeDecided(entry: DecisionEntry, named: (digest: string) => string): Description {
  switch (entry.type) {
    case "trust-root": {
      const { trustRoot, signatures = [] } = entry.inputs;
      const { version, repository } = trustRoot;
      return {
        title: `The trust root, version ${version}, for repository ${repository.id}.`,
        details: [
          `Its hash is ${entry.result.digest}.`,
          ...signatures.map(({ keyid }) => `Its document is signed by ${keyid}.`),
        ],
      };
    }
    case "request":
      return describeRequest(entry);
    case "push-observed":
      return describePush(entry);
    case "approval-observed":
      return describeReview(entry);
    case "decision":
      return describeDecision(entry.result.decision, null);
    case "merge": {
      const { pull, decision, head, mergeCommit } = entry.inputs;
      return {
        title: `#${pull} was merged (${entry.result.kind}: ${entry.result.requests.join(", ") || "no request"}).`,
        details: [
          `Commit ${mergeCommit} merges the head ${head}.`,
          `It rests on ${named(decision)}.`,
        ],
      };
    }
    case "command":
      return describeCommand(entry);
    case "ending": {
      const { request, pull, by, incident } = entry.inputs;
      const reference = incident === null ? [] : [`The incident is ${incident.reference}.`];
      return {
        title: `ENDED before its time, ${entry.result.cause}, by ${loginOf(by)}: ${request} (#${pull}).`,
        details: [entry.result.reason, ...reference],
      };
    }
    case "expired-unapproved":
      return {
        title: `EXPIRED: the approvals of ${entry.inputs.request} (#${entry.inputs.pull}) did not come in time.`,
        details: [`The last decision is ${named(entry.inputs.decision)}.`],
      };
    case "review-changed": {
      const { review, reviewer, change, by, pull } = entry.inputs;
      return {
        title: `${reviewer.login}'s review ${review} on #${pull} was ${change} by ${loginOf(by)}. It counts no more than before.`,
        details: [],
      };
    }
    case "checkpoint":
      return {
        title: `The checkpoint of ${entry.inputs.date}: ${entry.result.entries} entries.`,
        details:
          entry.inputs.head === null ? [] : [`The newest was entry ${entry.inputs.head.seq}.`],
      };
    case "chain-step":
      return {
        title: `Step ${entry.inputs.step} of the fallback chain came open on #${entry.inputs.pull}.`,
        details: [
          `It opened at ${entry.result.opensAt} for ${entry.result.people.join(", ") || "nobody"}.`,
        ],
      };
    case "review-opened":
      return {
        title: `A review was asked for, in issue #${entry.result.issue}, due at ${entry.result.due}.`,
        details: entry.result.reasons,
      };
    case "lapsed":
      return {
        title: `LAPSED: ${entry.inputs.request} was not merged and active before ${entry.result.notAfter}.`,
        details: [`It had been approved by ${named(entry.inputs.decision)}.`],
      };
    case "revert":
      return {
        title: `A pull request to remove the file was opened: #${entry.result.pull} (${entry.inputs.cause}).`,
        details: [`It removes ${entry.inputs.path}.`],
      };
    case "violation": {
      const { pull, commit } = entry.inputs;
      const where = [pull === null ? "" : `#${pull}`, commit === null ? "" : `commit ${commit}`];
      const about = where.filter((part) => part !== "").join(", ");
      return {
        title: `VIOLATION ${entry.result.code}${about === "" ? "" : ` (${about})`}.`,
        details: [entry.result.detail],
      };
    }
  }
}

function describeRequest({ inputs, result }: EntryOf<"request">): Description {
  const { pull, head, path, digest, author } = inputs;
  const { fingerprint, route } = result;
  const what =
    fingerprint === null
      ? "What it asks for could not be read, or is nothing that governance knows."
      : `It asks for ${fingerprint.entitlement} at ${fingerprint.target} for ${fingerprint.person}.`;
  return {
    title: `${loginOf(author)} asked in #${pull}, under the name ${result.name}.`,
    details: [
      what,
      `The file ${path} at commit ${head} has the bytes ${digest}.`,
      ...route.map(
        ({ role, people }) =>
          `Whose approval can count as ${role}: ${people.join(", ") || "nobody"}.`,
      ),
    ],
  };
}

function describePush({ inputs }: EntryOf<"push-observed">): Description {
  const { actor, branch, before, after, at } = inputs;
  return {
    title:
      after === null
        ? `${actor.login} deleted the branch ${branch}.`
        : `${actor.login} moved the branch ${branch} to ${after}.`,
    details: [`Before: ${before ?? "there was none"}. At ${at}.`],
  };
}

const reviewed: Readonly<Record<string, string>> = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "asked for changes on",
  COMMENTED: "commented on",
  DISMISSED: "had a review dismissed on",
};

function describeReview({ inputs, result }: EntryOf<"approval-observed">): Description {
  const { reviewer, pull, review, state, commit, baseRef, submittedAt } = inputs;
  return {
    title: `${reviewer.login} ${reviewed[state] ?? `reviewed (${state})`} #${pull}.`,
    details: [
      `Review ${review}, submitted at ${submittedAt}. It saw commit ${commit} onto ${baseRef}, content ${result.contentDigest}.`,
    ],
  };
}

function describeCommand({ inputs, result }: EntryOf<"command">): Description {
  const { pull, asked } = inputs;
  const did = result.outcome === "carried-out" ? "carried out" : "REFUSED";
  return {
    title: `${asked.actor.login} commanded on #${pull}, ${did}: ${asked.text}`,
    details: [
      `${result.code}: ${result.reason}`,
      ...(result.effect === null ? [] : effectLines(result.effect)),
    ],
  };
}

function effectLines(effect: CommandEffect): readonly string[] {
  switch (effect.kind) {
    case "reroute": {
      const { from, to, role, at, until, confirmation, reason, ticket, by, comment } =
        effect.reroute;
      const second =
        confirmation === "needed" ? ` once a second person confirms comment ${comment}` : "";
      return [
        `${to.person} may stand in for ${from.person} as ${role} from ${at} until ${until}${second}.`,
        `By ${by.person}, because of ${reason}, ticket ${ticket}.`,
      ];
    }
    case "confirmation":
      return [`${effect.by.person} confirmed the reroute of comment ${effect.reroute}.`];
    case "ending":
      return [`The request is over: ${effect.cause}.`];
    case "review":
      return [`${effect.by.person} said of the access: ${effect.outcome}.`];
    case "clearing":
      return [
        `${effect.by.person} cleared the violation of audit/decisions entry ${effect.violation}.`,
      ];
  }
}

function loginOf(account: Account | null): string {
  return account?.login ?? "a deleted account";
}
