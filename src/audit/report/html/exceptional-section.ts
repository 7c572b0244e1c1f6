import type { PeriodReport, ReportedEmergency, ReportedReview } from "../model.ts";
import { markup } from "./markup.ts";
import type { MarkupValue } from "./markup.ts";
import type { Section } from "./section.ts";
import { table } from "./table.ts";
import { approvalList, lines, nothing, requestName, time } from "./words.ts";

/** Emergency access with its reviews, and conflicts of duties that were accepted. */
export function exceptionalSections(report: PeriodReport): readonly Section[] {
  const { emergencies, reviews, exceptions } = report;
  return [
    {
      id: "emergencies",
      title: "Emergencies",
      body: table({
        id: "emergencies-table",
        caption: "Break-glass access that was let in",
        columns: [
          "Request",
          "Incident",
          "Access",
          "Reason and controls",
          "Approved",
          "In effect",
          "Chain",
          "Review",
        ],
        rows: emergencies.map(emergencyRow),
        none: "No break-glass access in this period.",
      }),
    },
    {
      id: "reviews",
      title: "Reviews afterwards",
      body: table({
        id: "reviews-table",
        caption: "Reviews that were asked for or given, or are still to be given",
        columns: ["Request", "Why", "Asked", "Due", "Outcome"],
        rows: reviews.map((one) => [
          requestName(one.request, one.pull),
          lines(one.reasons),
          lines([time(one.askedAt), one.issue === null ? "no issue yet" : `issue #${one.issue}`]),
          time(one.due),
          outcomeWords(one),
        ]),
        none: "No review in this period.",
      }),
    },
    {
      id: "exceptions",
      title: "Exceptions",
      body: table({
        id: "exceptions-table",
        caption: "Conflicts of duties that were accepted",
        columns: ["Request", "Conflict", "Merged", "Reason", "Compensating controls", "Approved"],
        rows: exceptions.map((one) => [
          requestName(one.request, one.pull),
          one.conflict,
          time(one.mergedAt),
          one.reason ?? nothing,
          lines(one.compensatingControls),
          approvalList(one.approvals),
        ]),
        none: "No conflict of duties was accepted in this period.",
      }),
    },
  ];
}

function emergencyRow(one: ReportedEmergency): readonly MarkupValue[] {
  return [
    requestName(one.request, one.pull),
    one.incident ?? nothing,
    lines([
      `${one.entitlement} at ${one.target}`,
      `for ${one.beneficiary}, asked by ${one.requester}`,
    ]),
    lines([one.reason ?? nothing, ...one.compensatingControls]),
    lines([time(one.mergedAt), approvalList(one.approvals)]),
    one.startsAt === null
      ? "never began"
      : lines([
          time(one.startsAt),
          one.goneAt === null ? "not gone" : markup`gone ${time(one.goneAt)}`,
        ]),
    lines(
      one.steps.map(({ step, opensAt, people }) => {
        return markup`step ${step} at ${time(opensAt)}: ${people.join(", ")}`;
      }),
    ),
    one.review === null
      ? "not due"
      : lines([markup`due ${time(one.review.due)}`, outcomeWords(one.review)]),
  ];
}

function outcomeWords({ state, by, at }: ReportedReview): MarkupValue {
  switch (state) {
    case "due":
      return "not given yet";
    case "overdue":
      return markup`<span class="badge violation">overdue</span>`;
    case "justified":
      return lines([state, `by ${by ?? "unknown"}`, time(at)]);
    case "unjustified":
      return lines([
        markup`<span class="badge warning">unjustified</span>`,
        `by ${by ?? "unknown"}`,
        time(at),
      ]);
  }
}
