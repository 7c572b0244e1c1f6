import { pageSize } from "./paging.ts";
import { refuse } from "./refusal.ts";
import type { Json } from "./json.ts";
import type { Call, Reply } from "./reply.ts";

/**
 * Answers one page of a list that GitHub pages by cursor: the Link header names `after` and `before`, and
 * a page number means nothing. What is added meanwhile shifts no page.
 */
export function cursorPage<T extends { readonly id: number }>(
  call: Call,
  all: readonly T[],
  render: (item: T) => Json,
): Reply {
  const size = pageSize(call);
  const [before, after] = [call.query.get("before"), call.query.get("after")];
  const from = after === null ? 0 : position(all, after) + 1;
  const to = before === null ? all.length : position(all, before);
  const between = all.slice(from, to);
  const items = before !== null && after === null ? between.slice(-size) : between.slice(0, size);
  return { status: 200, body: items.map(render), headers: linksOf(call, all, items) };
}

function linksOf<T extends { readonly id: number }>(
  call: Call,
  all: readonly T[],
  items: readonly T[],
): Readonly<Record<string, string>> {
  const [first, last] = [items[0], items.at(-1)];
  const links: string[] = [];
  if (last !== undefined && last !== all.at(-1)) links.push(link(call, "after", last.id, "next"));
  if (first !== undefined && first !== all[0]) links.push(link(call, "before", first.id, "prev"));
  return links.length === 0 ? {} : { link: links.join(", ") };
}

function link(call: Call, side: "after" | "before", id: number, rel: string): string {
  const url = new URL(call.url);
  url.searchParams.delete("after");
  url.searchParams.delete("before");
  url.searchParams.set(side, Buffer.from(`cursor:${id}`).toString("base64url"));
  return `<${url.href}>; rel="${rel}"`;
}

function position(all: readonly { readonly id: number }[], cursor: string): number {
  const id = /^cursor:(\d+)$/.exec(Buffer.from(cursor, "base64url").toString("utf8"))?.[1];
  const at = all.findIndex((one) => String(one.id) === id);
  if (at < 0) throw refuse(422, "The cursor names nothing in this list.");
  return at;
}
