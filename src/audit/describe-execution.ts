import type { Description } from "./description.ts";
import type { ExecutionEntry } from "./description.ts";
import type { DriftSighting } from "../core/model/drift.ts";
import type { Grant, ReadBack } from "../core/model/grant.ts";

/** Says in sentences what an entry of the executor says; `named` tells where an entry is that it names by digest. */
export function describeExecution(
  entry: ExecutionEntry,
  named: (digest: string) => string,
): Description {
  switch (entry.type) {
    case "grant-intent": {
      const { grant } = entry.result;
      const reviews = entry.inputs.approvals.join(", ") || "none";
      return {
        title: `Access is to begin: ${access(grant)}, from ${grant.startsAt} until ${grant.expiresAt}.`,
        details: [
          `It rests on ${named(entry.inputs.decision)} and ${named(entry.inputs.merge)}.`,
          `The executor asked the forge itself, which confirmed the reviews: ${reviews}.`,
          ...(grant.preexisting === "yes"
            ? [`${grant.identity} held ${grant.permission} before: it will stay after the end.`]
            : []),
        ],
      };
    }
    case "grant":
      return {
        title: `Access began: ${access(entry.inputs.grant)}.`,
        details: [seen(entry.result.readBack)],
      };
    case "grant-failed":
      return {
        title: `FAILED: access to ${entry.inputs.request} did not begin.`,
        details: [`${entry.result.code}: ${entry.result.detail}`],
      };
    case "revoke-intent":
      return {
        title: `Access is to end: ${access(entry.inputs.grant)}.`,
        details: [`Because: ${causes[entry.inputs.cause]}.`],
      };
    case "revoke":
      return {
        title: `Access ended: ${access(entry.inputs.grant)}.`,
        details: [seen(entry.result.readBack)],
      };
    case "revoke-failed":
      return {
        title: `FAILED to end the access, which is live: ${access(entry.inputs.grant)}.`,
        details: [
          entry.result.detail,
          entry.result.readBack === null
            ? "The target could not be read back."
            : seen(entry.result.readBack),
        ],
      };
    case "externally-removed":
      return {
        title: `Access was gone before its end, and not by Countersign: ${access(entry.inputs.grant)}.`,
        details: [seen(entry.result.readBack)],
      };
    case "nothing-to-do":
      return {
        title: `The grant ended and the access stays: ${access(entry.inputs.grant)}.`,
        details: [entry.result.detail, seen(entry.result.readBack)],
      };
    case "drift-baseline": {
      const { target, identities, permissions } = entry.inputs;
      const { held } = entry.result;
      return {
        title: `What no grant explains at ${target} was first looked at: ${held.length} found, and left alone.`,
        details: [
          `${identities.length} identities and ${permissions.length} permissions were looked at.`,
          ...held.map(({ identity, permission }) => `${identity} holds ${permission}.`),
        ],
      };
    }
    case "drift":
      return {
        title: `DRIFT: ${unexplained(entry.inputs)}, which no grant explains.`,
        details: [`${responses[entry.result.response]}.`, seen(entry.result.readBack)],
      };
    case "drift-outcome": {
      const { outcome, detail, readBack } = entry.result;
      return {
        title: `${outcomes[outcome]}: ${unexplained(entry.inputs)}.`,
        details: [
          detail,
          readBack === null ? "The target could not be read back." : seen(readBack),
        ],
      };
    }
    case "usage": {
      const { used, samples, sessionsAtMost, firstSeenAt, lastSeenAt } = entry.result;
      const between =
        firstSeenAt === null
          ? ""
          : ` First at ${firstSeenAt}, last at ${lastSeenAt ?? "an unknown time"}.`;
      return {
        title: `${entry.inputs.grant.identity} was seen at work in ${used} of ${samples} looks.`,
        details: [`At most ${sessionsAtMost} sessions at a time.${between}`],
      };
    }
  }
}

const causes = {
  expired: "its time is over",
  voided: "what it rested on was voided",
  "file-removed": "its file was removed",
  "failed-grant": "the provisioning did not complete",
  revoked: "somebody ended it early",
  "incident-closed": "the incident is closed",
} as const;

const responses = {
  observed: "It is recorded only",
  warned: "It is recorded and said loudly",
  "taking-out": "It is to be taken out",
  "kept-preexisting": "It is left alone: a grant recorded that it was there before",
  "over-limit": "More was found at once than may be taken out: nothing is",
} as const;

const outcomes = {
  "taken-out": "Drift was taken out",
  gone: "Access that no grant explained is gone, and not by Countersign",
  failed: "FAILED to take out drift, which may be live",
} as const;

function unexplained({ identity, permission, target, firstSeenAt }: DriftSighting): string {
  return `${identity} with ${permission} at ${target}, first seen ${firstSeenAt}`;
}

function access({ entitlement, permission, target, beneficiary, identity }: Grant): string {
  return `${entitlement} (${permission}) at ${target} for ${beneficiary} (there: ${identity})`;
}

function seen({ at, identity, permissions }: ReadBack): string {
  return `Read back from the target at ${at}: ${identity} holds ${permissions.join(", ") || "nothing"}.`;
}
