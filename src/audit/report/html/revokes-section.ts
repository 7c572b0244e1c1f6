import type { PeriodReport } from "../model.ts";
import { bandName, spreadPlot } from "./spread-plot.ts";
import { markup } from "./markup.ts";
import { durationTable } from "./requests-section.ts";
import type { Section } from "./section.ts";
import { table } from "./table.ts";
import { duration, time } from "./words.ts";

/** How access ended: how long it took, what is overdue, and what failed. */
export function revokesSection(report: PeriodReport): Section {
  const { timeToRevoke, revokeSpread, overdueRevokes, failedRevokes } = report;
  return {
    id: "revokes",
    title: "Revokes",
    body: [
      durationTable("time-to-revoke", "Time to revoke", timeToRevoke),
      markup`<p class="note">From when access should have ended, at its time or because somebody ended it, to when the target was read back without it.</p>\n`,
      spreadPlot(revokeSpread),
      table({
        id: "spread-table",
        caption: "Revokes by how long they took",
        columns: ["Took", "Revokes"],
        rows: revokeSpread.map((band, at) => [bandName(revokeSpread, at), band.count]),
        none: "No revoke to count.",
      }),
      table({
        id: "overdue-table",
        caption: "Overdue at the end of the period: access that may still be live",
        columns: [
          "Request",
          "Target",
          "Identity",
          "Permission",
          "Due",
          "Overdue by",
          "Failed attempts",
        ],
        rows: overdueRevokes.map((one) => [
          one.request,
          one.target,
          one.identity,
          one.permission,
          time(one.due),
          duration(one.overdueSeconds),
          one.failedAttempts,
        ]),
        none: "No access was overdue at the end of the period.",
      }),
      table({
        id: "failed-table",
        caption: "Revokes that failed",
        columns: [
          "Request",
          "When",
          "Entry",
          "Target",
          "Identity",
          "Permission",
          "What failed",
          "Gone after all",
        ],
        rows: failedRevokes.map((one) => [
          one.request,
          time(one.at),
          `audit/executions ${one.seq}`,
          one.target,
          one.identity,
          one.permission,
          one.detail,
          time(one.goneAt),
        ]),
        none: "No revoke failed in this period.",
      }),
    ],
  };
}
