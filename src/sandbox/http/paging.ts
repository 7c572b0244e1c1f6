import type { Json } from "./json.ts";
import type { Call, Reply } from "./reply.ts";

/** Answers one page of a list with GitHub's Link header: 30 a page unless asked, 100 at most. */
export function page<T>(call: Call, all: readonly T[], render: (item: T) => Json): Reply {
  const { items, headers } = slice(call, all);
  return { status: 200, body: items.map(render), headers };
}

/** Answers one page whose items are rendered one after the other. */
export async function pageAsync<T>(
  call: Call,
  all: readonly T[],
  render: (item: T) => Promise<Json>,
): Promise<Reply> {
  const { items, headers } = slice(call, all);
  const body: Json[] = [];
  for (const item of items) body.push(await render(item));
  return { status: 200, body, headers };
}

/** Cuts a page out of a list. */
export function slice<T>(
  call: Call,
  all: readonly T[],
): { readonly items: readonly T[]; readonly headers: Readonly<Record<string, string>> } {
  const size = pageSize(call);
  const number = positive(call.query.get("page"), 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const links: string[] = [];
  if (number > 1) links.push(link(call, 1, "first"), link(call, number - 1, "prev"));
  if (number < last) links.push(link(call, number + 1, "next"), link(call, last, "last"));
  const items = all.slice((number - 1) * size, number * size);
  return { items, headers: links.length === 0 ? {} : { link: links.join(", ") } };
}

/** Reads how many items a page has: 30 unless asked, 100 at most. */
export function pageSize({ query }: Call): number {
  return Math.min(positive(query.get("per_page"), 30), 100);
}

function link(call: Call, number: number, rel: string): string {
  const url = new URL(call.url);
  url.searchParams.set("page", String(number));
  return `<${url.href}>; rel="${rel}"`;
}

function positive(text: string | null, otherwise: number): number {
  const value = Number(text ?? "");
  return Number.isSafeInteger(value) && value > 0 ? value : otherwise;
}
