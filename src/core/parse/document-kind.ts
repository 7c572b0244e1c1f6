import type { Parsed } from "../model/problem.ts";
import { nearest } from "./nearest.ts";
import { problemAt } from "./strict-yaml.ts";
import type { StrictDocument } from "./strict-yaml.ts";
import type { DocumentKind } from "./validate.ts";

/** Tells which of the allowed kinds a document says it is, before its schema is chosen by it. */
export function documentKind<Kind extends DocumentKind>(
  document: StrictDocument,
  allowed: readonly [Kind, ...Kind[]],
): Parsed<Kind> {
  const { value } = document;
  const isBlock = typeof value === "object" && value !== null && !Array.isArray(value);
  const stated = isBlock ? (value as { readonly kind?: unknown }).kind : undefined;
  const kind = allowed.find((known) => known === stated);
  if (kind !== undefined) return { ok: true, value: kind };
  const near = typeof stated === "string" ? nearest(stated, allowed) : null;
  const list = `Write \`kind: ${near ?? allowed[0]}\``;
  return {
    ok: false,
    problems: [
      problemAt(document, stated === undefined ? "" : "/kind", "value", {
        code: "wrong-kind",
        message: isBlock
          ? `\`kind\` is ${stated === undefined ? "missing" : JSON.stringify(stated).slice(0, 60)}.`
          : "The document is not a block of keys.",
        fix: allowed.length > 1 ? `${list}; the kinds here are ${allowed.join(", ")}.` : `${list}.`,
      }),
    ],
  };
}
