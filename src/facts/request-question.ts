import { classifyPull } from "../core/evaluate/pull-kind.ts";
import { fingerprintOf } from "../core/evaluate/fingerprint.ts";
import { governanceOf } from "../core/evaluate/governance-of.ts";
import { identify, personBehind } from "../core/evaluate/people.ts";
import { limitsOf } from "../core/evaluate/limits.ts";
import type { Account } from "../core/model/account.ts";
import type { Fingerprint } from "../core/model/fingerprint.ts";
import type { Governance } from "../core/model/governance.ts";
import type { Change, GovernanceFile } from "../core/model/snapshot.ts";
import { parseRequest } from "../core/parse/parse-request.ts";

/** What has to be known of a request to look up in the ledgers what its decision needs. */
export interface RequestQuestion {
  readonly pull: number;
  readonly name: string;
  readonly fingerprint: Fingerprint;
  readonly governance: Governance;
  /** The people who are in the requester set by the file and the PR alone. */
  readonly requesters: ReadonlySet<string>;
  /** Nothing before this instant matters to any policy. */
  readonly since: Date;
}

export interface PullOutline {
  readonly number: number;
  readonly author: Account | null;
  readonly createdAt: string;
  readonly changes: readonly Change[];
}

/** Reads what a PR asks for; `null` when it is no request, or one for something or somebody that governance does not know. */
export function requestQuestion(
  { number, author, createdAt, changes }: PullOutline,
  files: readonly GovernanceFile[],
): RequestQuestion | null {
  const [change] = changes;
  if (classifyPull(changes).kind !== "request" || change?.text == null) return null;
  const governance = governanceOf(files);
  const request = parseRequest(change.path, change.text);
  if (!governance.ok || !request.ok) return null;
  const fingerprint = fingerprintOf(governance.value, request.value);
  if (fingerprint === null) return null;
  const { spec, metadata } = request.value;
  const opener = identify(governance.value, author);
  const requesters = [
    opener.kind === "person" ? opener.name : null,
    opener.kind === "machine" ? opener.owner : null,
    personBehind(governance.value, spec.requester),
    fingerprint.person,
  ];
  return {
    pull: number,
    name: metadata.name,
    fingerprint,
    governance: governance.value,
    requesters: new Set(requesters.filter((person) => person !== null)),
    since: longestWindow(governance.value, createdAt),
  };
}

/** The longest window of any policy before the PR was opened; the exact one is for the decision to say. */
function longestWindow({ policies }: Governance, createdAt: string): Date {
  const seconds = Math.max(...policies.map((policy) => limitsOf([policy]).windowSeconds));
  const since = new Date(Date.parse(createdAt) - seconds * 1000);
  return Number.isNaN(since.getTime()) ? new Date(0) : since;
}
