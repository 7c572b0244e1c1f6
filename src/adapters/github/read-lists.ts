import type { MissingFact } from "../../core/model/snapshot.ts";
import type { PullRead } from "../../ports/forge-reader.ts";
import type { PageAnswer, PullRequestAnswer } from "./pull-answer.ts";
import type { PullList } from "./pull-query.ts";
import { readCommits } from "./read-commits.ts";
import { readDismissals } from "./read-dismissals.ts";
import { readEvents } from "./read-events.ts";
import { readPages } from "./read-pages.ts";
import { readReviews } from "./read-reviews.ts";

/** Asks for the page of a list after a cursor. */
export type NextPage = <T>(list: PullList, after: string) => Promise<PageAnswer<T> | null>;

type Lists = Pick<PullRead, "reviews" | "commits" | "paths" | "events" | "missing">;

/** Reads the four lists of a pull request to their ends; what is not complete is named in `missing`. */
export async function readLists(pull: PullRequestAnswer, nextPage: NextPage): Promise<Lists> {
  const read = <T>(list: PullList, first: PageAnswer<T> | null) =>
    readPages(first, (after) => nextPage<T>(list, after));
  const [reviewPages, commitPages, filePages, timelinePages] = await Promise.all([
    read("reviews", pull.reviews),
    read("commits", pull.commits),
    read("files", pull.files),
    read("timelineItems", pull.timelineItems),
  ]);
  const reviews = readReviews(reviewPages.items, readDismissals(timelinePages.items));
  const commits = readCommits(commitPages.items);
  const events = readEvents(timelinePages.items);
  return {
    reviews: reviews.value,
    commits: commits.value,
    paths: filePages.items.map(({ path }) => path),
    events: events.value,
    missing: [
      ...lack("reviews", reviewPages.lacking),
      ...lack("commits", commitPages.lacking),
      ...lack("files", filePages.lacking),
      ...lack("timeline", timelinePages.lacking),
      ...reviews.missing,
      ...commits.missing,
      ...events.missing,
    ],
  };
}

function lack(fact: string, reason: string | null): readonly MissingFact[] {
  return reason === null ? [] : [{ fact, reason }];
}
