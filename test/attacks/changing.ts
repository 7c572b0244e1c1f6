import type { Edit, Given } from "../support/snapshot/build-snapshot.ts";
import type { Try } from "./refused-by.ts";
import { deciding } from "./tries.ts";

/** Decides a change of governance by dave that erin and carol approve. */
export function changing(policy: readonly Edit[], given: Given = {}): Try {
  return deciding({
    ...{ author: "dave", commits: [{ authors: ["dave"] }] },
    ...{ reviews: [{ by: "erin" }, { by: "carol" }], policy, ...given },
  });
}

/** A change of governance by which nobody gains anything. */
export const harmless: Edit = {
  path: "governance/people.yaml",
  from: "Builds the reports.",
  to: "Builds all reports.",
};
