import { decide } from "../../src/core/decide/decide.ts";
import type { Decision } from "../../src/core/model/decision.ts";
import type { Parsed } from "../../src/core/model/problem.ts";
import type { Change, Snapshot } from "../../src/core/model/snapshot.ts";
import { parseGovernance } from "../../src/core/parse/parse-governance.ts";
import { parseRequest } from "../../src/core/parse/parse-request.ts";
import { buildSnapshot, noon } from "../support/snapshot/build-snapshot.ts";
import type { Edit, Given } from "../support/snapshot/build-snapshot.ts";
import { exampleFiles } from "../support/snapshot/example-files.ts";
import { ordinaryPath, ordinaryText } from "../support/snapshot/request-text.ts";
import type { Outcome, Try } from "./refused-by.ts";

/** The approvals that an ordinary privileged request needs. */
export const both = [{ by: "bob" }, { by: "carol" }] as const;

/** Decides what is given, approved by bob and carol unless it says otherwise. */
export function deciding(given: Given, now = noon): Try {
  return () => outcomeOf(decide(buildSnapshot({ reviews: both, ...given }), now));
}

/** Decides a snapshot that nothing but this attack makes. */
export function decidingOn(change: (snapshot: Snapshot) => Snapshot, given: Given = {}): Try {
  return () => outcomeOf(decide(change(buildSnapshot({ reviews: both, ...given })), noon));
}

/** Every code that stands against it: of the findings that are not satisfied and of the reviews that do not count. */
export function outcomeOf({ verdict, findings, reviews }: Decision): Outcome {
  return {
    outcome: verdict === "approved" ? "passed" : "refused",
    codes: [
      ...findings.filter(({ outcome }) => outcome !== "satisfied").map(({ code }) => code),
      ...reviews.filter(({ counts }) => counts === "no").map(({ code }) => code),
    ],
  };
}

/** Parses the ordinary request with texts in it replaced. */
export function asking(...replace: readonly (readonly [from: string, to: string])[]): Try {
  const name = (ordinaryPath.split("/").at(-1) ?? "").replace(/\.yaml$/u, "");
  const text = replace.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`The request does not contain ${from}.`);
    return changed.replace(from, () => to);
  }, ordinaryText(name));
  return parsing(() => parseRequest(ordinaryPath, text));
}

/** Parses the example governance with texts in it replaced. */
export function governing(...edits: readonly Edit[]): Try {
  return parsing(() =>
    parseGovernance(
      exampleFiles.map((file) => {
        const text = edits
          .filter(({ path }) => path === file.path)
          .reduce((changed, { from, to }) => {
            if (!changed.includes(from)) throw new Error(`${file.path} does not contain ${from}.`);
            return changed.replace(from, () => to);
          }, file.text);
        return { ...file, text };
      }),
    ),
  );
}

/** Runs a parser: its problems are what refuses. */
export function parsing(parse: () => Parsed<unknown>): Try {
  return () => {
    const parsed = parse();
    if (parsed.ok) return { outcome: "passed", codes: [] };
    return { outcome: "refused", codes: parsed.problems.map(({ code }) => code) };
  };
}

/** A file that a pull request adds. */
export function added(path: string, text = "x\n", mode = "100644"): Change {
  return {
    ...{ path, text, size: text.length },
    ...{ status: "added", modeBefore: "000000", modeAfter: mode },
  };
}

/** A file that a pull request deletes. */
export function deleted(path: string): Change {
  return {
    ...{ path, text: null, size: null },
    ...{ status: "removed", modeBefore: "100644", modeAfter: "000000" },
  };
}
