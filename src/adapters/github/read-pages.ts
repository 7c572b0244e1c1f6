import { ForgeUnavailable } from "../../ports/forge-reader.ts";
import type { PageAnswer } from "./pull-answer.ts";

/** All items of a list; `lacking` says in a sentence why they are not complete, or is `null`. */
export interface Pages<T> {
  readonly items: readonly T[];
  readonly lacking: string | null;
}

const mostPages = 50;

/**
 * Reads a list to its end, page by page. What was read is counted against the total that GitHub names: a
 * list that is cut, has holes or never ends is `lacking`, and so can never look complete.
 */
export async function readPages<T>(
  first: PageAnswer<T> | null,
  next: (after: string) => Promise<PageAnswer<T> | null>,
): Promise<Pages<T>> {
  const items: T[] = [];
  let page = first;
  for (let read = 1; page !== null; read += 1) {
    items.push(...(page.nodes ?? []).filter((node): node is T & {} => node !== null));
    const { hasNextPage, endCursor } = page.pageInfo;
    if (!hasNextPage) return { items, lacking: shortfall(items.length, page.totalCount) };
    if (endCursor === null) return { items, lacking: "GitHub named no cursor for the next page" };
    if (read >= mostPages) return { items, lacking: `there are more than ${mostPages} pages` };
    page = await next(endCursor);
  }
  return { items, lacking: "GitHub did not answer the list" };
}

/** Stops when the pull request's head moved between two pages: they do not belong together. */
export function requireSameHead(before: string, after: string): void {
  if (before === after) return;
  throw new ForgeUnavailable("the head of the pull request moved while it was read", 1);
}

function shortfall(read: number, total: number): string | null {
  if (read === total) return null;
  return `GitHub counts ${total} and ${read} could be read`;
}
