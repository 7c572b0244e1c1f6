import type { Problem } from "../../model/problem.ts";
import type { GovernanceDocuments } from "../governance-documents.ts";
import { problemAt } from "../strict-yaml.ts";
import { checkKnown } from "./check-known.ts";
import { checkUnique } from "./check-unique.ts";

/** Checks conflicts.yaml: every conflict is between two different entitlements of the catalogue. */
export function checkConflicts({ conflicts, targets }: GovernanceDocuments): readonly Problem[] {
  const { document, value } = conflicts;
  const list = value.spec.conflicts;
  const catalogue = targets.flatMap((target) =>
    target.value.spec.entitlements.map(({ name }) => `${name} at ${target.value.metadata.name}`),
  );
  const sides = list.map(({ between }, conflict) =>
    between.map(({ target, entitlement }, side) => ({
      name: `${entitlement} at ${target}`,
      pointer: `/spec/conflicts/${conflict}/between/${side}/entitlement`,
    })),
  );
  const pairs = sides.map((pair, conflict) => ({
    name: pair
      .map(({ name }) => name)
      .sort()
      .join(" and "),
    pointer: `/spec/conflicts/${conflict}/between`,
  }));
  const names = list.map(({ name }, conflict) => ({
    name,
    pointer: `/spec/conflicts/${conflict}/name`,
  }));
  return [
    ...checkUnique(document, names, "conflict"),
    ...checkUnique(document, pairs, "conflict between"),
    ...checkKnown(document, sides.flat(), catalogue, "entitlement"),
    ...sides
      .filter((pair) => new Set(pair.map(({ name }) => name)).size === 1)
      .flatMap((pair) => pair.slice(0, 1))
      .map(({ name, pointer }) =>
        problemAt(document, pointer, "value", {
          code: "conflict-with-itself",
          message: `The conflict is between ${name} and itself.`,
          fix: "Name two different entitlements.",
        }),
      ),
  ];
}
