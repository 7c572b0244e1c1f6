import { decisionOn } from "./request-timeline.ts";
import type { RequestTimeline } from "./request-timeline.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { DecidedRequest } from "../core/model/decision.ts";
import type { EntryOf } from "../core/model/entry.ts";
import { parseRequest } from "../core/parse/parse-request.ts";

/** What was asked for, as it was decided on, with the words of the file. */
export interface AskedFor extends DecidedRequest {
  readonly reason: string | null;
  readonly references: readonly string[];
  readonly compensatingControls: readonly string[];
  /** The request whose access it goes on with; `null` for all but an extension. */
  readonly extends: string | null;
  /** Whose approval it was merged by, with the role; empty while it is not approved. */
  readonly approvedBy: readonly string[];
}

/** When access was in effect at the target, by what was read back there. */
export interface AccessPeriod {
  /** When the target was first seen to give it; `null` when it never was. */
  readonly began: string | null;
  /** The absolute end that was written down before it began. */
  readonly expiresAt: string;
  /** When the target was seen without it; `null` while it was not, or where it stays. */
  readonly gone: string | null;
  /** How often ending it failed. */
  readonly failedRevokes: number;
}

/** Reads what was asked for from the decision that counts; `null` when no decision could read it. */
export function askedFor(view: LedgerView, timeline: RequestTimeline): AskedFor | null {
  const entry = decisionOn(view, timeline);
  const { request } = entry?.result.decision ?? { request: null };
  if (entry === null || request === null) return null;
  return { ...request, ...wordsOf(entry, request.path), approvedBy: approversOf(entry) };
}

function wordsOf(
  { inputs }: EntryOf<"decision">,
  path: string,
): Pick<AskedFor, "reason" | "references" | "compensatingControls" | "extends"> {
  const text = inputs.snapshot.pull.changes.find((change) => change.path === path)?.text ?? null;
  const parsed = text === null ? null : parseRequest(path, text);
  if (parsed?.ok !== true) {
    return { reason: null, references: [], compensatingControls: [], extends: null };
  }
  const { spec } = parsed.value;
  return {
    reason: spec.reason,
    references: (spec.references ?? []).map(({ type, id }) => `${type} ${id}`),
    compensatingControls: spec.compensatingControls ?? [],
    extends: "extends" in spec ? spec.extends : null,
  };
}

function approversOf({ result }: EntryOf<"decision">): readonly string[] {
  return result.decision.approvals.map(({ person, role, actsFor }) =>
    actsFor === null ? `${person} (${role})` : `${person} (${role}, for ${actsFor.from})`,
  );
}

/** Finds when access was in effect; `null` while none was even intended. */
export function accessPeriod({ entries, request }: RequestTimeline): AccessPeriod | null {
  const intent = entries.find(
    (entry) => entry.type === "grant-intent" && entry.result.grant.request === request,
  );
  if (intent?.type !== "grant-intent") return null;
  const grant = entries.find(({ type }) => type === "grant");
  const end = entries.find(({ type }) => type === "revoke" || type === "externally-removed");
  return {
    began: grant?.type === "grant" ? grant.result.readBack.at : null,
    expiresAt: intent.result.grant.expiresAt,
    gone:
      end?.type === "revoke" || end?.type === "externally-removed" ? end.result.readBack.at : null,
    failedRevokes: entries.filter(({ type }) => type === "revoke-failed").length,
  };
}
