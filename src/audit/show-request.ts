import { blocking, decidedFor, describeDecision, judgementLine } from "./describe-decision.ts";
import { describeEntry } from "./describe-entry.ts";
import type { Description } from "./description.ts";
import { entryCommand } from "./finding.ts";
import { accessPeriod, askedFor } from "./request-summary.ts";
import type { AccessPeriod, AskedFor } from "./request-summary.ts";
import { requestTimeline } from "./request-timeline.ts";
import type { RequestTimeline } from "./request-timeline.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { Decision } from "../core/model/decision.ts";
import type { Entry, EntryOf, EntryType, LedgerBranch } from "../core/model/entry.ts";
import { clearingsOf } from "../core/plan/open-violations.ts";
import { requestLives } from "../core/plan/request-life.ts";
import type { LifeState } from "../core/plan/request-life.ts";
import { reviewStates } from "../core/plan/review-states.ts";
import type { ReviewState } from "../core/plan/review-states.ts";

/** One request as an auditor reads it: what was asked for, what came of it, and everything on record about it. */
export interface ShownRequest {
  readonly request: string;
  readonly path: string;
  readonly pull: number;
  /** `null` where no step of a request's life was ever recorded. */
  readonly state: LifeState | null;
  /** What was merged, else what was decided on last; `null` when no decision could read it. */
  readonly asked: AskedFor | null;
  readonly access: AccessPeriod | null;
  readonly review: ReviewState | null;
  /** The same access asked for elsewhere. */
  readonly linked: readonly { readonly request: string; readonly pull: number }[];
  readonly timeline: readonly TimelineItem[];
}

/** Where an entry lies, and how to see it without this program. */
export interface EntryPlace {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly branch: LedgerBranch;
  readonly seq: number;
  readonly digest: string;
  readonly commit: string;
  readonly command: string;
}

export interface TimelineItem extends EntryPlace, Description {
  readonly type: EntryType;
  /** Later entries that said the very same; folded into this one. */
  readonly again: readonly EntryPlace[];
}

/** Tells the story of one request by the ledgers alone; `null` when nobody ever asked under that name. */
export function showRequest(view: LedgerView, request: string, now: Date): ShownRequest | null {
  const timeline = requestTimeline(view, request);
  if (timeline === null) return null;
  const { pull, path, linked } = timeline;
  const life = requestLives(view).get(request);
  return {
    request,
    path,
    pull,
    state: life?.state ?? null,
    asked: askedFor(view, timeline),
    access: accessPeriod(timeline),
    review: reviewStates(view, now).find((one) => one.request === request) ?? null,
    linked: linked.map(({ inputs, result }) => ({ request: result.name, pull: inputs.pull })),
    timeline: items(view, timeline, new Set(life?.strange ?? [])),
  };
}

function items(
  view: LedgerView,
  timeline: RequestTimeline,
  strange: ReadonlySet<Entry>,
): readonly TimelineItem[] {
  const told = new Map<string, TimelineItem>();
  const decided = new Map<number, EntryOf<"decision">>();
  for (const entry of timeline.entries) {
    const last = entry.type === "decision" ? decided.get(entry.result.decision.pull) : undefined;
    const first = told.get(last?.digest ?? "");
    if (entry.type === "decision" && last !== undefined && first !== undefined) {
      if (saysTheSame(last, entry) && !strange.has(entry)) {
        told.set(last.digest, { ...first, again: [...first.again, placeOf(entry)] });
        continue;
      }
    }
    if (entry.type === "decision") decided.set(entry.result.decision.pull, entry);
    const { title, details } = describe(view, entry, last?.result.decision ?? null);
    const more = [
      ...moreAbout(view, timeline, entry),
      ...(strange.has(entry) ? [strangeLine] : []),
    ];
    told.set(entry.digest, {
      ...placeOf(entry),
      type: entry.type,
      title,
      details: [...details, ...more],
      again: [],
    });
  }
  return [...told.values()];
}

const strangeLine = "STRANGE: no step of a request's life that is allowed leads here.";

function describe(view: LedgerView, entry: Entry, before: Decision | null): Description {
  if (entry.type === "decision") return describeDecision(entry.result.decision, before);
  return describeEntry(entry, (digest) => nameOf(view, digest));
}

/** A decision repeats the one before it where the bytes, the verdict and every finding that is not satisfied are the same. */
function saysTheSame(a: EntryOf<"decision">, b: EntryOf<"decision">): boolean {
  return gist(a.result.decision) === gist(b.result.decision);
}

function gist(decision: Decision): string {
  const { verdict, approvals, denials, findings, notAfter } = decision;
  const findingsLeft = blocking(findings).map(({ code, outcome, reason }) => [
    code,
    outcome,
    reason,
  ]);
  return JSON.stringify([
    decidedFor(decision),
    verdict,
    approvals,
    denials,
    findingsLeft,
    notAfter,
  ]);
}

/** What only the rest of the ledgers tells about an entry. */
function moreAbout(
  view: LedgerView,
  { entries, request, pull }: RequestTimeline,
  entry: Entry,
): readonly string[] {
  if (entry.type === "approval-observed") return judgements(entries, entry);
  if (entry.type === "decision") return unobserved(entries, entry);
  if (entry.type === "violation") return [clearingLine(view, entry)];
  const isAnothers =
    entry.type === "request" && entry.result.name === request && entry.inputs.pull !== pull;
  return isAnothers
    ? [`The name belongs to #${pull}, which used it first: this changes nothing of it.`]
    : [];
}

function clearingLine(view: LedgerView, { seq }: EntryOf<"violation">): string {
  const clearing = clearingsOf(view.decisions).get(seq);
  if (clearing === undefined) return "Nobody has cleared it.";
  const { login } = clearing.inputs.asked.actor;
  return `Cleared by ${login} at ${clearing.at}: ${nameOf(view, clearing.digest)}.`;
}

/** What the decisions made of a review, from the first one after it on; said again only where it changed. */
function judgements(
  entries: readonly Entry[],
  { inputs }: EntryOf<"approval-observed">,
): readonly string[] {
  const lines: string[] = [];
  let last = "";
  for (const entry of entries) {
    if (entry.type !== "decision") continue;
    const judged = entry.result.decision.reviews.find(({ review }) => review === inputs.review);
    if (judged === undefined || judged.code === last) continue;
    last = judged.code;
    lines.push(`By ${placeName(entry)} it ${judgementLine(judged)}`);
  }
  return lines.length === 0 ? ["No decision on record has looked at it."] : lines;
}

/** Reviews that a decision judged and nobody recorded when they arrived, where it is the first to judge them. */
function unobserved(entries: readonly Entry[], decision: EntryOf<"decision">): readonly string[] {
  const known = new Set(
    entries.flatMap((entry) => {
      if (entry.type === "approval-observed") return [entry.inputs.review];
      if (entry.type !== "decision" || entry.seq >= decision.seq) return [];
      return entry.result.decision.reviews.map(({ review }) => review);
    }),
  );
  return decision.result.decision.reviews
    .filter(({ review }) => !known.has(review))
    .map(
      (judged) =>
        `Review ${judged.review} by ${judged.login} (${judged.state}) was not recorded when it arrived and ${judgementLine(judged)}`,
    );
}

function nameOf(view: LedgerView, digest: string): string {
  const entry = view.byDigest.get(digest);
  if (entry === undefined) return `${digest}, which is not in the ledgers`;
  return `the ${entry.type} of ${placeName(entry)}`;
}

function placeName({ branch, seq }: Pick<Entry, "branch" | "seq">): string {
  return `${branch} entry ${seq}`;
}

function placeOf(entry: Entry): EntryPlace {
  const { at, branch, seq, digest, commit } = entry;
  return { at, branch, seq, digest, commit, command: entryCommand(entry) };
}
