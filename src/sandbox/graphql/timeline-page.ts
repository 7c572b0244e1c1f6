import { connection } from "./connection.ts";
import type { PageArguments } from "./connection.ts";

/** Arguments of `timelineItems`. */
export interface TimelineArguments extends PageArguments {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
}

/** A timeline item as GraphQL resolves it. */
export interface Shown {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

/** A timeline item with what it is ordered and chosen by. */
export interface TimelineItem {
  readonly id: number;
  readonly at: string;
  readonly shown: Shown;
}

/** Puts an item on a timeline. */
export function timelineItem(
  { id, at }: { readonly id: number; readonly at: string },
  shown: Shown,
): TimelineItem {
  return { id, at, shown };
}

/** Answers `timelineItems`: in the order in which things happened, of the wanted types. */
export function timelinePage(
  items: readonly TimelineItem[],
  args: TimelineArguments,
  updatedAt: string,
) {
  const since = args.since ?? "";
  const wanted = [...items]
    .sort((a, b) => a.id - b.id)
    .filter((one) => since === "" || one.at >= since)
    .filter((one) => args.itemTypes?.includes(enumName(one.shown.__typename)) ?? true)
    .map((one) => one.shown);
  const page = connection("timelineItems", args, wanted);
  return { ...page, filteredCount: wanted.length, pageCount: page.nodes.length, updatedAt };
}

/** `HeadRefForcePushedEvent` → `HEAD_REF_FORCE_PUSHED_EVENT`. */
function enumName(type: string): string {
  return type.replaceAll(/(?!^)([A-Z])/g, "_$1").toUpperCase();
}
