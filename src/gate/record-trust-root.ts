import { governanceOf } from "../core/evaluate/governance-of.ts";
import { trustRootDigest } from "../core/attest/trust-root.ts";
import { successionDefect } from "../core/attest/trust-root-succession.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import { governanceFiles } from "../facts/governance-files.ts";
import { governanceProvenance } from "../facts/governance-provenance.ts";
import { enterTrustRoot } from "../record/enter-trust-root.ts";
import type { SignedTrustRoot } from "../record/enter-trust-root.ts";
import type { Gate } from "./gate.ts";
import { inMergeTurn } from "./merge-turn.ts";

/** Tree of governance whose trust root was last seen to be the one on record: another look at it would find nothing. */
const settled = new WeakMap<Gate, string>();

/**
 * Enters the next trust root once the governed branch has it (NIST SP 800-53 SC-12): signed by the root keys of the one on record, and
 * merged as every change of governance is, by a decision. What lies there otherwise is said and not entered: whoever can push to
 * the branch cannot choose whose keys count. Repeatable; throws the errors of the ports.
 */
export async function recordTrustRoot(gate: Gate): Promise<void> {
  const { mirror, ledger, log } = gate;
  const main = await mirror.tip(gate.governedBranch);
  const tree = main === null ? null : await mirror.entry(main, "governance");
  if (main === null || tree === null || settled.get(gate) === tree.oid) return;
  const governance = governanceOf(await governanceFiles(mirror, main));
  // Every decision says so already.
  if (!governance.ok) return;
  const { trustRoot, trustRootSignatures: signatures } = governance.value;
  const { version } = trustRoot;
  const earlier = entriesOf(ledger.view(), "trust-root");
  if (earlier.at(-1)?.result.digest === trustRootDigest(trustRoot)) {
    settled.set(gate, tree.oid);
    return;
  }
  // In turn with merges: one that is going on is on record by then, and it is not taken for a push.
  const reason = await inMergeTurn(gate, () => enter(gate, { trustRoot, signatures, main }));
  if (reason === null) log("warn", "a new trust root is in force", { version, main });
  else log("warn", "the trust root on the governed branch is not in force", { main, reason });
}

/** Enters it, or returns why not. */
async function enter(gate: Gate, signed: SignedTrustRoot): Promise<string | null> {
  const reason = await whyNot(gate, signed);
  if (reason === null) await enterTrustRoot(gate.ledger, signed);
  return reason;
}

async function whyNot(
  { mirror, ledger }: Gate,
  { trustRoot, signatures, main }: SignedTrustRoot,
): Promise<string | null> {
  const view = ledger.view();
  const provenance = await governanceProvenance(mirror, view, main);
  if (provenance.status === "broken") return provenance.reason;
  const earlier = entriesOf(view, "trust-root").map(({ inputs }) => inputs.trustRoot);
  return successionDefect(earlier, trustRoot, signatures)?.detail ?? null;
}
