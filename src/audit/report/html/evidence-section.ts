import type { PeriodReport } from "../model.ts";
import { markup } from "./markup.ts";
import type { Section } from "./section.ts";
import { table } from "./table.ts";
import { lines, time } from "./words.ts";

/** Violations with who cleared them, and which entries prove which control. */
export function evidenceSections({ violations, controls }: PeriodReport): readonly Section[] {
  return [
    {
      id: "violations",
      title: "Violations",
      body: table({
        id: "violations-table",
        caption: "Signs of tampering, and who cleared them",
        columns: ["Entry", "When", "Pull request", "What", "Cleared"],
        rows: violations.map(({ seq, at, pull, code, detail, cleared }) => [
          `audit/decisions ${seq}`,
          time(at),
          pull === null ? "none" : `#${pull}`,
          lines([code, detail]),
          cleared === null
            ? markup`<span class="badge violation">open</span>`
            : lines([`by ${cleared.by}`, time(cleared.at), cleared.text]),
        ]),
        none: "No violation in this period, and none open from before.",
      }),
    },
    {
      id: "controls",
      title: "Controls and their evidence",
      body: [
        markup`<p class="note">Which entries prove a control, and how many of them the period has. No entry of a type means that nothing of the kind is on record.</p>\n`,
        table({
          id: "controls-table",
          caption: "Controls",
          columns: ["Control", "What it asks", "How it is proved", "Entries of the period"],
          rows: controls.map(({ framework, control, title, evidence, entries }) => [
            lines([control, markup`<span class="quiet">${framework}</span>`]),
            title,
            evidence,
            entries.map(({ type, count }, at) => `${at === 0 ? "" : ", "}${count} ${type}`),
          ]),
          none: "No control is known.",
        }),
      ],
    },
  ];
}
