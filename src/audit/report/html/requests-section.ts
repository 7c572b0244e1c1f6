import type { DurationFigures, PeriodReport, ReportedRequest } from "../model.ts";
import { markup } from "./markup.ts";
import type { MarkupValue } from "./markup.ts";
import { levelPlot } from "./level-plot.ts";
import type { Section } from "./section.ts";
import { table } from "./table.ts";
import { approvalList, duration, lines, requestName, time } from "./words.ts";

/** Which requests there were, where each stood at the end of the period, and how long they took. */
export function requestsSection({ requests, states, timeToApprove }: PeriodReport): Section {
  return {
    id: "requests",
    title: "Requests",
    body: [
      table({
        id: "states",
        caption: "Requests by state at the end of the period",
        columns: ["State", "Requests"],
        rows: states.map(({ state, count }) => [state, count]),
        none: "No request in this period.",
      }),
      durationTable("time-to-approve", "Time to approve", timeToApprove),
      markup`<p class="note">From when it was first asked for to the approval on record that it was merged by, for what was approved in the period.</p>\n`,
      table({
        id: "requests-each",
        caption: "Each request",
        columns: ["Request", "State", "Access", "Asked", "Approved", "In effect", "Gone"],
        rows: requests.map(row),
        none: "No request to list.",
      }),
    ],
  };
}

/** How many grants were in effect, as a plot and as a table. */
export function grantsSection({ grantsInEffect }: PeriodReport): Section {
  return {
    id: "grants",
    title: "Grants in effect",
    body: [
      levelPlot(grantsInEffect),
      table({
        id: "grants-table",
        caption: "The most grants in effect at one time",
        columns: ["From", "To", "Grants"],
        rows: grantsInEffect.map(({ from, to, most }) => [time(from), time(to), most]),
        none: "The period has no length.",
      }),
    ],
  };
}

/** Forms the table of a kind of duration: median, nine of ten, and the longest. */
export function durationTable(id: string, caption: string, figures: DurationFigures): MarkupValue {
  const { count, medianSeconds, p90Seconds, longestSeconds } = figures;
  return table({
    id,
    caption,
    columns: ["Measured", "Median", "Nine of ten within", "Longest"],
    rows:
      count === 0
        ? []
        : [[count, duration(medianSeconds), duration(p90Seconds), duration(longestSeconds)]],
    none: `${caption}: nothing to measure in this period.`,
  });
}

function row(one: ReportedRequest): readonly MarkupValue[] {
  const { request, pull, state, askedAt, askedBy, approvedAt, approvals, startsAt } = one;
  const { expiresAt, goneAt, revokeCause, secondsToApprove, secondsToRevoke } = one;
  return [
    requestName(request, pull),
    state,
    accessWords(one),
    lines([time(askedAt), askedBy ?? "account gone"]),
    lines([
      time(approvedAt),
      ...(secondsToApprove === null
        ? []
        : [markup`after ${duration(secondsToApprove)}`, approvalList(approvals)]),
    ]),
    startsAt === null ? time(null) : lines([time(startsAt), markup`until ${time(expiresAt)}`]),
    lines([
      time(goneAt),
      ...(revokeCause === null ? [] : [revokeCause]),
      ...(secondsToRevoke === null ? [] : [markup`after ${duration(secondsToRevoke)}`]),
    ]),
  ];
}

function accessWords({ access }: ReportedRequest): MarkupValue {
  if (access === null) return "could not be read";
  const { entitlement, target, beneficiary, tier, kind, incident } = access;
  return lines([
    `${entitlement} at ${target} for ${beneficiary}`,
    `${tier}, ${kind}${incident === null ? "" : `, ${incident}`}`,
  ]);
}
