import { graphqlRefusal } from "./graphql-refusal.ts";

/** The arguments every connection takes. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** A page of a list with GitHub's cursors. */
export interface Connection<T> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/**
 * Cuts a page out of a list. As on GitHub a page needs `first` or `last`, of 1 to 100; one without is
 * an error and not the whole list.
 */
export function connection<T>(name: string, args: PageArguments, all: readonly T[]): Connection<T> {
  const size = args.first ?? args.last ?? null;
  if (size === null) {
    const rule = "You must provide a `first` or `last` value to properly paginate";
    throw graphqlRefusal("MISSING_PAGINATION_BOUNDARIES", `${rule} the \`${name}\` connection.`);
  }
  if (size < 0 || size > 100) {
    const said = `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`;
    throw graphqlRefusal("EXCESSIVE_PAGINATION", said);
  }
  const from = args.after == null ? 0 : position(args.after);
  const to = args.before == null ? all.length : position(args.before) - 1;
  const forward = args.first != null;
  const start = forward ? from : Math.max(from, to - size);
  const end = forward ? Math.min(to, from + size) : to;
  const nodes = all.slice(start, end);
  return {
    totalCount: all.length,
    nodes,
    edges: nodes.map((node, index) => ({ cursor: cursor(start + index + 1), node })),
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length === 0 ? null : cursor(start + 1),
      endCursor: nodes.length === 0 ? null : cursor(start + nodes.length),
    },
  };
}

function cursor(at: number): string {
  return Buffer.from(`cursor:v2:${at}`).toString("base64");
}

function position(text: string): number {
  const at = Number(/^cursor:v2:(\d+)$/.exec(Buffer.from(text, "base64").toString("utf8"))?.[1]);
  if (!Number.isSafeInteger(at)) {
    throw graphqlRefusal(
      "INVALID_CURSOR_ARGUMENTS",
      `\`${text}\` does not appear to be a valid cursor.`,
    );
  }
  return at;
}
