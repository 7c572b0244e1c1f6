import type { PolicyTest } from "../../generated/policy-test.ts";
import type { DeepReadonly } from "../../core/model/governance.ts";
import { nearest } from "../../core/parse/nearest.ts";
import { pointerTo } from "../../core/parse/yaml-node.ts";
import { givenReviews } from "./given-reviews.ts";
import type { Want } from "./policy-table.ts";
import type { TableReader } from "./table-reader.ts";

type Row = DeepReadonly<PolicyTest["spec"]["cases"][number]>;

/** Reads what a case wants. Reports a code that none could have, and a review that nobody gives. */
export function readWant(reader: TableReader, { given, want }: Row, pointer: string): Want {
  const findings = Object.entries(want.findings ?? {});
  for (const [code] of findings) {
    if (code.length <= 60 && /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$/.test(code)) continue;
    reader.report(pointerTo(`${pointer}/want/findings`, code), "key", {
      code: "wrong-code",
      message: `${JSON.stringify(code)} is not a code.`,
      fix: "Write the code of a rule, such as `SOD-REQUEST`, or of a deny condition, in capitals.",
    });
  }
  return {
    verdict: want.verdict,
    findings: findings.map(([code, outcome]) => ({ code, outcome })),
    says: want.says ?? null,
    reviews: wantedReviews(reader, { given, want }, pointer),
  };
}

function wantedReviews(
  reader: TableReader,
  { given, want }: Pick<Row, "given" | "want">,
  pointer: string,
): Want["reviews"] {
  const givers = givenReviews(given).map(({ by }) => by);
  return Object.entries(want.reviews ?? {}).map(([by, code]) => {
    if (!givers.includes(by)) {
      const near = nearest(by, givers);
      reader.report(pointerTo(`${pointer}/want/reviews`, by), "key", {
        code: "unknown-name",
        message: `Nobody called ${by} reviews in this case.`,
        fix:
          near === null
            ? "Write a name as it is under `approvals` or `reviews`."
            : `Write \`${near}\` instead.`,
      });
    }
    return { by, review: givers.lastIndexOf(by), code };
  });
}
