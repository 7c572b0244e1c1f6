import type { LinkedPull, Opening } from "../model/snapshot.ts";
import type { Case } from "./case.ts";
import { isSameFingerprint, overlaps } from "./fingerprint.ts";
import { epochMs } from "../parse/epoch-ms.ts";

/**
 * Lists the linked PRs that are still unanswered and inside the policy's window: this request inherits their denials and
 * exclusions. A merged one was answered by an approval and hands on nothing.
 */
export function unansweredPulls(given: Case): readonly LinkedPull[] {
  return given.snapshot.ledger.linked.filter(
    ({ state, at }) => state !== "merged" && isWithinWindow(given, at),
  );
}

/**
 * Finds the opening that fixed who can count: that of this very fingerprint in this PR, else the earliest overlapping one in
 * this PR or in an unanswered linked one. `null` when it is asked for the first time.
 */
export function openingOf(given: Case): Opening | null {
  const { fingerprint, snapshot } = given;
  if (fingerprint === null) return null;
  const own = snapshot.pull.number;
  const unanswered = new Set([own, ...unansweredPulls(given).map(({ pull }) => pull)]);
  const { openings } = snapshot.ledger;
  const same = openings.find(
    (opening) => opening.pull === own && isSameFingerprint(opening.fingerprint, fingerprint),
  );
  const earliest = openings.find(
    (opening) => unanswered.has(opening.pull) && overlaps(opening.fingerprint, fingerprint),
  );
  return same ?? earliest ?? null;
}

/** Says whether an instant is inside the window of the request's policies; without a policy everything is. */
export function isWithinWindow({ request, snapshot }: Case, at: string): boolean {
  const seconds = request === null ? Infinity : request.limits.windowSeconds;
  const age = (epochMs(snapshot.pull.createdAt) - epochMs(at)) / 1000;
  return !(age > seconds);
}
