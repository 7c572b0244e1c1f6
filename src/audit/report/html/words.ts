import { durationWords } from "../../../core/parse/duration-words.ts";
import type { ReportedApproval } from "../model.ts";
import { markup } from "./markup.ts";
import type { Markup, MarkupValue } from "./markup.ts";

/** Says that there is nothing, in a cell; read aloud as a word. */
export const nothing: Markup = markup`<span class="quiet">none</span>`;

/** Shows an instant in UTC to the second, or that there is none. */
export function time(instant: string | null): Markup {
  if (instant === null) return nothing;
  return markup`<time datetime="${instant}">${instant.slice(0, 10)} ${instant.slice(11, 19)}</time>`;
}

/** Says how long something took, to the second, or that it was not measured. */
export function duration(seconds: number | null): MarkupValue {
  if (seconds === null) return nothing;
  if (seconds > 0 && seconds < 1) return "under 1 s";
  const words = durationWords(Math.round(seconds));
  return words === "" ? "0 s" : words;
}

/** Names a request and the pull request it was asked in. */
export function requestName(request: string | null, pull: number): Markup {
  return markup`${request ?? "not a request"} <span class="quiet">#${pull}</span>`;
}

/** Lists who approved in which role, one a line. */
export function approvalList(approvals: readonly ReportedApproval[]): MarkupValue {
  return lines(
    approvals.map(({ person, role, actsFor }) => {
      return `${person} (${role}${actsFor === null ? "" : ` for ${actsFor}`})`;
    }),
  );
}

/** Lists texts, one a line, or says that there are none. */
export function lines(parts: readonly MarkupValue[]): MarkupValue {
  if (parts.length === 0) return nothing;
  return parts.map((part, at) => (at === 0 ? part : markup`<br>${part}`));
}
