import { TargetUnreachable } from "../../../ports/target.ts";

/** One page of a list of AWS. */
export interface AwsPage<T> {
  readonly items: readonly T[] | undefined;
  readonly next: string | undefined;
}

/** Reads a list to its end. Throws TargetUnreachable for one that is cut, repeats itself or has no end. */
export async function readAwsPages<T>(
  what: string,
  page: (next: string | undefined) => Promise<AwsPage<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const read = await page(next);
    if (read.items === undefined) break;
    all.push(...read.items);
    if (read.next === undefined || read.next === "") return all;
    if (read.next === next) break;
    next = read.next;
  }
  throw new TargetUnreachable(
    `AWS did not answer the list of ${what} to its end: what the target holds is unknown; try again.`,
  );
}

const mostPages = 500;
