import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";
import { identify, personBehind } from "../people.ts";

/** Requires that who asks in an emergency is who opened it: nobody uses up the budget of somebody else, or lets them be blocked (J5). */
export function askedByAuthor({ governance, document, snapshot }: Case): Finding {
  const found = { rule: "asked-by-author", code: "SOD-ASKER", facts: [] };
  if (governance === null || document === null) {
    return { ...found, outcome: "indeterminate", reason: "Who asks is not known." };
  }
  const { requester } = document.spec;
  const author = identify(governance, snapshot.pull.author);
  const opener =
    author.kind === "machine" ? author.owner : author.kind === "person" ? author.name : null;
  if (opener !== null && personBehind(governance, requester) === opener) {
    return { ...found, outcome: "satisfied", reason: `${requester} asks for it.` };
  }
  return {
    ...found,
    outcome: "violated",
    reason: `In an emergency people ask for themselves: ${opener ?? "who opened it"} has to be the \`requester\`, not ${requester}.`,
  };
}
