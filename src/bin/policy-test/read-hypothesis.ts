import type { PolicyTest } from "../../generated/policy-test.ts";
import { personBehind } from "../../core/evaluate/people.ts";
import type { Account } from "../../core/model/account.ts";
import type { DeepReadonly } from "../../core/model/governance.ts";
import type { Holding } from "../../core/model/snapshot.ts";
import { durationSeconds } from "../../core/parse/duration.ts";
import { accountNamed } from "./account-named.ts";
import { givenReviews } from "./given-reviews.ts";
import type { EarlierRequest, Hypothesis, HypotheticalReview } from "./policy-table.ts";
import { requested } from "./requested.ts";
import type { SpecParts } from "./requested.ts";
import type { TableReader } from "./table-reader.ts";

type Given = DeepReadonly<PolicyTest["spec"]["cases"][number]["given"]>;

/** One case as its table gives it. */
export interface GivenCase {
  readonly base: SpecParts["base"];
  readonly given: Given;
  /** Pointer to the case. */
  readonly pointer: string;
}

/** A Monday at noon, so that a deny condition about weekends or nights does not hold by chance. */
const usualNow = "2026-06-01T12:00:00Z";
const hourMs = 3_600_000;

/** Reads the pull request of one case; `null` when something about it was reported. */
export function readHypothesis(reader: TableReader, one: GivenCase): Hypothesis | null {
  const { base, given, pointer } = one;
  const request = requested(reader, { base, changes: given.request ?? {}, pointer });
  const now = given.now ?? usualNow;
  const reviews = readReviews(reader, one, now);
  const opened = openedAt(now, reviews);
  const coauthors = (given.coauthors ?? []).flatMap(
    (name, index) => accountNamed(reader, name, `${pointer}/given/coauthors/${index}`) ?? [],
  );
  const holdings = readHoldings(reader, one);
  const earlier = readEarlier(reader, one, opened);
  const author = request === null ? null : readAuthor(reader, one, request.requester);
  if (request === null || author === null) return null;
  return { now, opened, author, coauthors, request, reviews, holdings, earlier };
}

/** Without a word of the table: the requester, or who answers for a requester that has no account. */
function readAuthor(
  reader: TableReader,
  { given, pointer }: GivenCase,
  requester: string,
): Account | null {
  if (given.author !== undefined) {
    return accountNamed(reader, given.author, `${pointer}/given/author`);
  }
  const { people, machines } = reader.governance;
  const hasAccount = [...people, ...machines].some(
    ({ name, accounts }) => name === requester && accounts.length > 0,
  );
  const opener = hasAccount ? requester : personBehind(reader.governance, requester);
  return opener === null ? null : accountNamed(reader, opener, `${pointer}/given`);
}

function readReviews(
  reader: TableReader,
  { given, pointer }: GivenCase,
  now: string,
): readonly HypotheticalReview[] {
  return givenReviews(given).flatMap((review, index) => {
    const place = `${pointer}${review.pointer}`;
    const isShort = review.pointer.startsWith("/given/approvals");
    const by = accountNamed(reader, review.by, isShort ? place : `${place}/by`);
    const at = review.at ?? shifted(now, index * 1000 - 3 * hourMs);
    if (review.at !== null) requireBefore(reader, { at, end: now, pointer: `${place}/at` });
    return by === null ? [] : [{ by, state: review.state, at }];
  });
}

/** Four hours before the decision, or an hour before the first review. */
function openedAt(now: string, reviews: readonly HypotheticalReview[]): string {
  const instants = reviews.map(({ at }) => Date.parse(at) - hourMs);
  return new Date(Math.min(Date.parse(now) - 4 * hourMs, ...instants)).toISOString();
}

function readHoldings(reader: TableReader, { given, pointer }: GivenCase): readonly Holding[] {
  const { people, machines, targets } = reader.governance;
  const names = [...people, ...machines].map(({ name }) => name);
  return (given.holds ?? []).map(({ person, target, entitlement }, index) => {
    const place = `${pointer}/given/holds/${index}`;
    const offered = targets.find(({ metadata }) => metadata.name === target);
    reader.requireKnown({ name: person, pointer: `${place}/person` }, names, "person or machine");
    reader.requireKnown(
      { name: target, pointer: `${place}/target` },
      targets.map(({ metadata }) => metadata.name),
      "target",
    );
    reader.requireKnown(
      { name: entitlement, pointer: `${place}/entitlement` },
      offered?.spec.entitlements.map(({ name }) => name) ?? [entitlement],
      "entitlement",
    );
    const behind = personBehind(reader.governance, person) ?? person;
    const request = `held-${index + 1}`;
    return {
      person: behind,
      holder: person,
      target,
      entitlement,
      as: "grant",
      request,
      pull: null,
    };
  });
}

function readEarlier(
  reader: TableReader,
  { given, pointer }: GivenCase,
  opened: string,
): readonly EarlierRequest[] {
  return (given.earlier ?? []).map(({ duration, at }, index) => {
    const place = `${pointer}/given/earlier/${index}/at`;
    if (at !== undefined) requireBefore(reader, { at, end: opened, pointer: place });
    // The schema has accepted it as a duration.
    const seconds = durationSeconds(duration) ?? Infinity;
    return { at: at ?? shifted(opened, -24 * hourMs), durationSeconds: seconds };
  });
}

interface Order {
  readonly at: string;
  readonly end: string;
  readonly pointer: string;
}

function requireBefore(reader: TableReader, { at, end, pointer }: Order): void {
  if (Date.parse(at) < Date.parse(end)) return;
  reader.report(pointer, "value", {
    code: "wrong-order",
    message: `${at} is not before ${end}.`,
    fix: `Write an earlier instant, or a later \`now\`.`,
  });
}

function shifted(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}
