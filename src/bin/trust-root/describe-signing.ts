import { newWriterKeys, rootQuorum } from "../../core/attest/trust-root-signatures.ts";
import type { Quorum, Succession } from "../../core/attest/trust-root-signatures.ts";
import { successionDefect } from "../../core/attest/trust-root-succession.ts";

/** How far the signing of a trust root has come. */
export interface Signing {
  readonly status: "complete" | "incomplete";
  readonly lines: readonly string[];
}

/** Describes who has signed a trust root and who still has to. */
export function describeSigning(step: Succession): Signing {
  const { before, next, signatures } = step;
  const signers = new Set(signatures.map(({ keyid }) => keyid));
  const defect = successionDefect([before], next, signatures);
  const own = rootQuorum(next, signers);
  const unproved = newWriterKeys(before, next).filter((keyid) => !signers.has(keyid));
  return {
    status: defect === null ? "complete" : "incomplete",
    lines: [
      ...signatures.map(({ keyid }) => `signed by ${keyid}`),
      ...quorumLines(`root keys of trust root ${before.version}`, rootQuorum(before, signers)),
      ...quorumLines(`root keys of trust root ${next.version} itself`, own),
      ...unproved.map((keyid) => `missing: the new key ${keyid}, to show that somebody holds it`),
      defect === null
        ? "It may follow: commit both files in one pull request, as governance/trust-root.json and governance/trust-root.signatures.json."
        : `It may not follow yet: ${defect.detail}`,
    ],
  };
}

function quorumLines(whose: string, { threshold, signed, missing }: Quorum): readonly string[] {
  const open = Math.max(0, threshold - signed.length);
  const line = `${signed.length} of ${threshold} ${whose}`;
  return open === 0 ? [line] : [`${line}; missing ${open} of: ${missing.join(", ")}`];
}
