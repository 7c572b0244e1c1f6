import type { EntryOf } from "../../core/model/entry.ts";
import { parseRequest } from "../../core/parse/parse-request.ts";
import type { RequestDocument } from "../../core/parse/parse-request.ts";

/** Reads the request file that a decision was about, from its snapshot; `null` when it cannot be read any more. */
export function requestDocument({ inputs, result }: EntryOf<"decision">): RequestDocument | null {
  const path = result.decision.request?.path;
  const change = inputs.snapshot.pull.changes.find((one) => one.path === path);
  if (path === undefined || change?.text == null) return null;
  const parsed = parseRequest(path, change.text);
  return parsed.ok ? parsed.value : null;
}
