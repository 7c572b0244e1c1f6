import { compileCondition } from "../../conditions/compile-condition.ts";
import type { Problem } from "../../model/problem.ts";
import type { GovernanceDocuments } from "../governance-documents.ts";
import type { Loaded } from "../load-document.ts";
import { positionAt } from "../position.ts";
import { problemAt } from "../strict-yaml.ts";
import { checkUnique } from "./check-unique.ts";

/**
 * Checks that every deny condition compiles, so that a mistake in one is found when governance is loaded and not by the request
 * that it would have let through, and that a policy uses each code once.
 */
export function checkConditions({ policies }: GovernanceDocuments): readonly Problem[] {
  return policies.flatMap((policy) => {
    const conditions = policy.value.spec.deny ?? [];
    const codes = conditions.map(({ code }, index) => ({
      name: code,
      pointer: `/spec/deny/${index}/code`,
    }));
    return [
      ...checkUnique(policy.document, codes, "code"),
      ...conditions.flatMap(({ when }, index) => conditionProblem(policy, when, index)),
    ];
  });
}

function conditionProblem(
  { document }: Loaded<"AccessPolicy">,
  when: string,
  index: number,
): readonly Problem[] {
  const compiled = compileCondition(when);
  if (compiled.ok) return [];
  const { message, fix, offset } = compiled.fault;
  const pointer = `/spec/deny/${index}/when`;
  const problem = problemAt(document, pointer, "value", {
    code: "broken-condition",
    message: `${message} (character ${offset + 1} of the condition)`,
    fix,
  });
  const start = document.places.get(pointer)?.value ?? 0;
  // Where the text stands as it is, plain or in quotes, the very place can be shown; in a folded block only its beginning.
  const shift = [0, 1].find((quote) => document.text.startsWith(when, start + quote));
  if (shift === undefined) return [problem];
  return [{ ...problem, ...positionAt(document.text, start + shift + offset) }];
}
