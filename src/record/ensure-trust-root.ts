import type { Ledger } from "./ledger.ts";
import { TrustRootRefused } from "./ledger-errors.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import { trustRootDigest } from "../core/attest/trust-root.ts";
import type { EntryOf } from "../core/model/entry.ts";
import type { TrustRoot } from "../core/model/governance.ts";
import type { TrustRoot as GeneratedTrustRoot } from "../generated/trust-root.ts";

/**
 * Makes sure that audit/decisions begins with the trust root, and returns that entry. `main` is the tip of
 * the governed branch now: history before it is out of scope, everything after it is audited. Repeatable: a
 * ledger that has one is left alone. Throws TrustRootRefused on the ledger of the executor, and what
 * `sync` and `append` throw.
 */
export async function ensureTrustRoot(
  ledger: Ledger,
  trustRoot: TrustRoot,
  main: string,
): Promise<EntryOf<"trust-root">> {
  if (ledger.branch !== "audit/decisions") {
    throw new TrustRootRefused("Only the gate writes the trust root: it is on audit/decisions.");
  }
  const [first] = entriesOf(await ledger.sync(), "trust-root");
  if (first !== undefined) return first;
  const digest = trustRootDigest(trustRoot);
  const [written] = await ledger.append([
    {
      type: "trust-root",
      idempotencyKey: "trust-root:1",
      summary: `keys of repository ${trustRoot.repository.id}, from ${main} on`,
      delivery: null,
      inputs: { trustRoot: trustRoot as GeneratedTrustRoot, main },
      result: { digest },
    },
  ]);
  if (written?.type === "trust-root") return written;
  throw new TrustRootRefused("Another entry took the place of the trust root.");
}
