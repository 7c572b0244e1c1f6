import type { PeriodReport } from "./model.ts";

/**
 * Renders the report as JSON: the model itself. What cannot be seen, or would turn the direction of writing, is written as
 * `\uXXXX`, which programs read as the same text.
 */
export function renderJson(report: PeriodReport): string {
  const json = JSON.stringify(report, null, 2).replace(
    /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => (character === "\n" ? "\n" : unitsOf(character)),
  );
  return `${json}\n`;
}

function unitsOf(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
  }).join("");
}
