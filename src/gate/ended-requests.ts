import { entriesOf, entryByDigest } from "../core/attest/ledger-view.ts";
import type { DecidedRequest } from "../core/model/decision.ts";
import type { EntryOf, RevertCause } from "../core/model/entry.ts";
import type { AccessState } from "../core/model/snapshot.ts";
import { accessOf } from "../facts/access-of.ts";
import type { Gate } from "./gate.ts";

/** A request whose file is still on the governed branch although its access is over, or must be by now. */
export interface EndedRequest {
  readonly name: string;
  readonly path: string;
  /** Digest of the decision it was merged by. */
  readonly decision: string;
  readonly cause: RevertCause;
  readonly notAfter: string | null;
  readonly access: AccessState;
}

/** Lists the requests among `onMain` whose time is over by the gate's own clock, in the order of their merges. */
export function endedRequests(gate: Gate, onMain: ReadonlySet<string>): readonly EndedRequest[] {
  const view = gate.ledger.view();
  const intents = new Map(
    entriesOf(view, "grant-intent").map((intent) => [intent.result.grant.request, intent]),
  );
  return entriesOf(view, "merge").flatMap((merge) => {
    const decision = entryByDigest(view, "decision", merge.inputs.decision);
    const request = decision?.result.decision.request;
    if (decision === null || request == null || merge.result.kind !== "request") return [];
    if (!onMain.has(request.path)) return [];
    return (
      endedRequest(gate, { decision, request, intent: intents.get(request.name) ?? null }) ?? []
    );
  });
}

interface Merged {
  readonly decision: EntryOf<"decision">;
  readonly request: DecidedRequest;
  readonly intent: EntryOf<"grant-intent"> | null;
}

function endedRequest(
  { ledger, clock }: Gate,
  { decision, request, intent }: Merged,
): EndedRequest | null {
  const { notAfter } = decision.result.decision;
  const access = accessOf(ledger.view(), request.name);
  const now = clock.now();
  const cause = intent === null ? lapsedBy(notAfter, now) : endOf(intent, { access, now });
  if (cause === null) return null;
  const { name, path } = request;
  return { name, path, decision: decision.digest, cause, notAfter, access };
}

function lapsedBy(notAfter: string | null, now: Date): RevertCause | null {
  return notAfter === null || now.getTime() >= Date.parse(notAfter) ? "lapsed" : null;
}

function endOf(
  { result }: EntryOf<"grant-intent">,
  { access, now }: { readonly access: AccessState; readonly now: Date },
): RevertCause | null {
  if (now.getTime() >= Date.parse(result.grant.expiresAt)) return "expired";
  return access === "ended" ? "removed" : null;
}

/** Says whether the target may still hold the access. */
export function isLive({ access }: EndedRequest): boolean {
  return access === "active" || access === "failed";
}
