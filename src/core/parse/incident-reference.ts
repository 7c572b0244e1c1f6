import type { IncidentReference } from "../model/emergency.ts";

/**
 * Reads the id of an incident against the repositories that a policy allows, compared without regard to case, as the
 * forge does: `owner/repository#7`, or `#7` when there is only one. `null` when it names none of them: a request must not
 * choose who says that there is an emergency.
 */
export function incidentReference(
  id: string,
  repositories: readonly string[],
): IncidentReference | null {
  const [, named = "", digits = ""] = /^([^#]*)#([1-9][0-9]{0,8})$/u.exec(id) ?? [];
  const found =
    named === "" && repositories.length === 1
      ? repositories[0]
      : repositories.find((one) => one.toLowerCase() === named.toLowerCase());
  const [owner, repository] = found?.split("/") ?? [];
  if (owner === undefined || repository === undefined || digits === "") return null;
  return { owner, repository, number: Number(digits) };
}

/** Reads what `incidentText` wrote; `null` when it did not write it. */
export function recordedIncident(text: string): IncidentReference | null {
  return incidentReference(text, [text.replace(/#.*$/su, "")]);
}
