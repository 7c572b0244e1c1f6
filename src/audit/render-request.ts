import type { EntryPlace, ShownRequest, TimelineItem } from "./show-request.ts";
import { durationWords } from "../core/parse/duration-words.ts";
import { terminalLines } from "../core/render/terminal-lines.ts";

/**
 * Renders the story of a request for a terminal of 80 columns: first what was asked for and what came of it, then everything on
 * record in its order, each with its instant in UTC, its entry and the git command that shows it.
 */
export function renderRequest(shown: ShownRequest): string {
  const lines = [...head(shown), ...shown.timeline.flatMap((item) => ["", ...paragraph(item)])];
  return `${lines.join("\n")}\n`;
}

function head(shown: ShownRequest): readonly string[] {
  const { request, state, path, pull, linked } = shown;
  return [
    ...terminalLines("request     ", `${request} (#${pull})`),
    ...terminalLines("state       ", state ?? "no step of its life is on record"),
    ...terminalLines("file        ", path),
    ...askedLines(shown),
    ...accessLines(shown),
    ...reviewLines(shown),
    ...linked.flatMap((one) =>
      terminalLines("also asked  ", `${one.request} (#${one.pull}), for the same access`),
    ),
  ];
}

function askedLines({ asked }: ShownRequest): readonly string[] {
  if (asked === null) {
    return terminalLines("asked for   ", "what it asks for could not be read by any decision");
  }
  const { beneficiary, identity, entitlement, permission, target, tier, durationSeconds } = asked;
  const facts: readonly (readonly [string, string])[] = [
    ["asked by    ", asked.requester],
    ["for         ", `${beneficiary.name} (${beneficiary.kind}; at the target: ${identity})`],
    ["access      ", `${entitlement} (${permission}) at ${target}, tier ${tier}`],
    ["duration    ", `${durationWords(durationSeconds)}, counted from activation`],
    ["kind        ", kinds[asked.kind]],
    ["extends     ", asked.extends ?? ""],
    ["incident    ", asked.incident ?? ""],
    ["reason      ", asked.reason ?? ""],
    ["references  ", asked.references.join(", ")],
    ["controls    ", asked.compensatingControls.join(", ")],
    ["approved    ", asked.approvedBy.join(", ") || "by nobody"],
  ];
  return facts.filter(([, is]) => is !== "").flatMap(([what, is]) => terminalLines(what, is));
}

const kinds = {
  AccessRequest: "ordinary access",
  BreakGlassRequest: "access in an emergency",
  AccessExtension: "more time for access that runs",
} as const;

function accessLines({ access }: ShownRequest): readonly string[] {
  if (access === null) return terminalLines("in effect   ", "never: no grant was even intended");
  const { began, expiresAt, gone, failedRevokes } = access;
  const until = gone === null ? `not read back as gone; its end is ${expiresAt}` : `until ${gone}`;
  return [
    ...terminalLines(
      "in effect   ",
      began === null ? `never read back as given; ${until}` : `from ${began}, ${until}`,
    ),
    ...(failedRevokes === 0
      ? []
      : terminalLines("REVOKE      ", `failed ${failedRevokes} times on record`)),
  ];
}

function reviewLines({ review }: ShownRequest): readonly string[] {
  if (review === null) return [];
  const { state, due, issue } = review;
  const place = issue === null ? "no issue yet" : `issue #${issue}`;
  const said = {
    due: "due",
    overdue: "OVERDUE",
    justified: "justified",
    unjustified: "unjustified",
  };
  return terminalLines("review      ", `${said[state]} (${place}, due at ${due})`);
}

function paragraph(item: TimelineItem): readonly string[] {
  return [
    `${item.at}  ${item.branch} entry ${item.seq}`,
    ...terminalLines("  ", item.title),
    ...item.details.flatMap((detail) => terminalLines("    ", detail)),
    // Never wrapped: it is there to be copied.
    `    ${item.command}`,
    ...item.again.flatMap(againLines),
  ];
}

function againLines({ at, branch, seq, command }: EntryPlace): readonly string[] {
  return [`    The same again at ${at}, ${branch} entry ${seq}.`, `    ${command}`];
}
