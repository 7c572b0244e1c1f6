import type { ApprovedFor, PeriodReport, ReportedReroute } from "../model.ts";
import { markup } from "./markup.ts";
import type { MarkupValue } from "./markup.ts";
import type { Section } from "./section.ts";
import { table } from "./table.ts";
import { lines, requestName, time } from "./words.ts";

/** How people used their powers: for whom others stood in, what was refused, and who approves whom in turn. */
export function powersSections(report: PeriodReport): readonly Section[] {
  const { reroutes, delegations, refusedCommands, reciprocity } = report;
  return [
    {
      id: "reroutes",
      title: "Reroutes and delegations",
      body: [
        table({
          id: "reroutes-table",
          caption: "Reroutes",
          columns: [
            "Request",
            "Role",
            "From",
            "To",
            "Ordered by",
            "Why",
            "Confirmed by",
            "In force",
          ],
          rows: reroutes.map((one) => [
            requestName(one.request, one.pull),
            `${one.role}, ${one.tier}`,
            one.from,
            one.to,
            one.by,
            lines([one.reason, one.ticket, `policy ${one.basis}`]),
            confirmedWords(one),
            lines([time(one.at), markup`until ${time(one.until)}`]),
          ]),
          none: "Nothing was rerouted in this period.",
        }),
        table({
          id: "delegations-table",
          caption: "Delegations that were used",
          columns: ["Request", "Role", "Whose role", "Who acted", "Merged", "Handed over until"],
          rows: delegations.map((one) => [
            requestName(one.request, one.pull),
            one.role,
            one.from,
            one.to,
            time(one.mergedAt),
            time(one.until),
          ]),
          none: "Nobody acted by a delegation in this period.",
        }),
      ],
    },
    {
      id: "refused",
      title: "Commands refused",
      body: table({
        id: "refused-table",
        caption: "Commands that were refused",
        columns: ["Pull request", "When", "By", "Command", "Code", "Why"],
        rows: refusedCommands.map(({ pull, at, by, text, code, reason }) => {
          return [`#${pull}`, time(at), by, text, code, reason];
        }),
        none: "No command was refused in this period.",
      }),
    },
    {
      id: "reciprocity",
      title: "Mutual approvals",
      body: table({
        id: "reciprocity-table",
        caption: "People who approve each other",
        columns: ["People", "The first approved", "The second approved"],
        rows: reciprocity.map(({ people, given, returned }) => {
          return [people.join(" and "), approvedWords(given), approvedWords(returned)];
        }),
        none: "Nobody approved in return for an approval in this period.",
      }),
    },
  ];
}

function confirmedWords({ confirmation, confirmedBy, confirmedAt }: ReportedReroute): MarkupValue {
  if (confirmedBy !== null) return lines([confirmedBy, time(confirmedAt)]);
  return confirmation === "needed" ? "nobody: not in force" : "not needed";
}

function approvedWords(approved: readonly ApprovedFor[]): MarkupValue {
  return lines(approved.map(({ pull, at }) => markup`#${pull}, merged ${time(at)}`));
}
