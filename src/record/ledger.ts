import { appendEntries } from "./append-entries.ts";
import { followLedgers } from "./follow-ledgers.ts";
import { giveWay } from "./give-way.ts";
import { groupAppends } from "./group-appends.ts";
import { DraftRefused, SignerNotTrusted, TrustRootRefused } from "./ledger-errors.ts";
import type { LedgerReader } from "./ledger-reader.ts";
import { runInTurn } from "./run-in-turn.ts";
import { keyRoleOfBranch } from "../core/attest/entry-home.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { draftDefect } from "../core/attest/statement.ts";
import { keyRoleOf, trustRootDefects, trustRootDigest } from "../core/attest/trust-root.ts";
import type { Entry, EntryDraft, LedgerBranch } from "../core/model/entry.ts";
import type { TrustRoot } from "../core/model/governance.ts";
import type { Chance } from "../ports/chance.ts";
import type { Clock } from "../ports/clock.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";
import type { Signer } from "../ports/signer.ts";

/** Both ledgers, verified; this identity writes one of them and only reads the other. */
export interface Ledger extends LedgerReader {
  /** The branch that `append` writes. */
  readonly branch: LedgerBranch;
  /**
   * Chains, signs and appends the drafts and returns their entries, in order, durable on the remote. A
   * draft whose idempotency key is already on the branch returns that entry, whatever it says; so a
   * repeated call writes nothing. Calls queue; those that come while a push runs share the next one, and a draft
   * that is refused fails only the call that brought it. Throws LedgerBroken, DraftRefused (neither worth a retry),
   * LedgerRefused (not before somebody changed the remote's rules), LedgerMoved and LedgerUnreachable (after its
   * own bounded retries; worth one later).
   */
  append(drafts: readonly EntryDraft[]): Promise<readonly Entry[]>;
  /**
   * Appends although the other ledger is broken, after what was last believed of this one: what was seen there can still be
   * said. Everything else stays refused. Throws LedgerBroken when this ledger itself is broken.
   */
  appendDespitePeer(drafts: readonly EntryDraft[]): Promise<readonly Entry[]>;
  /**
   * Says why this identity may not write any more, with what to do: a trust root has retired its key. `null` while it may. By what
   * the last `sync` or `append` left; throws LedgerBroken.
   */
  whyRetired(): string | null;
}

export interface LedgerOptions {
  readonly store: LedgerStore;
  readonly signer: Signer;
  readonly clock: Clock;
  /** Spreads the attempts of writers who were in each other's way. */
  readonly chance: Chance;
  /**
   * How long drafts gather before the next push when some wait already as one ends; `defaultGatherMilliseconds`
   * unless told. Without load nothing waits, whatever it says.
   */
  readonly gatherMilliseconds?: number;
  /** The branch this identity writes. */
  readonly branch: LedgerBranch;
  /** The trust root in force: its keys say who may sign. */
  readonly trustRoot: TrustRoot;
  /** Digest that entry 0 must have: of the first trust root, when `trustRoot` is a later one. */
  readonly expectedRoot?: string;
}

/** The pause under load: short against a push over the internet, long enough for what looks side by side bring. */
export const defaultGatherMilliseconds = 250;

/**
 * Opens the two ledgers for the one identity that writes `branch`. Does no I/O. Throws TrustRootRefused, and
 * SignerNotTrusted unless the signer's key is in the key role of that branch (P1, NIST SP 800-53 AC-5: the
 * executor started with the gate's key is refused here).
 */
export function openLedger(options: LedgerOptions): Ledger {
  const { store, signer, clock, chance, branch, trustRoot } = options;
  const gatherMilliseconds = options.gatherMilliseconds ?? defaultGatherMilliseconds;
  demandTrustRoot(trustRoot);
  demandSigner(trustRoot, signer, branch);
  const follower = followLedgers(store, options.expectedRoot ?? trustRootDigest(trustRoot));
  const inTurn = runInTurn();
  let read: "yes" | "no" = "no";
  let queued: Promise<LedgerView> | null = null;
  const advance = async () => {
    const { view } = await follower.advance();
    read = "yes";
    return view;
  };
  const writer = { store, signer, clock, chance, branch, giveWay: giveWay(clock, chance) };
  const append = groupAppends({
    write: (drafts) =>
      inTurn(async () => {
        if (read === "no") await advance();
        return appendEntries(drafts, follower, writer);
      }),
    gather: () => clock.sleep(gatherMilliseconds),
  });
  return {
    branch,
    // One that has not begun yet sees all that everybody who waits for it wants to see.
    sync: () =>
      (queued ??= inTurn(() => {
        queued = null;
        return advance();
      })),
    view: () => follower.position().view,
    append: async (drafts) => {
      drafts.forEach(demandShape);
      return append(drafts);
    },
    appendDespitePeer: (drafts) =>
      inTurn(async () => {
        drafts.forEach(demandShape);
        return appendEntries(drafts, follower.despitePeer(branch), writer);
      }),
    whyRetired: () => {
      const newest = entriesOf(follower.position().view, "trust-root").at(-1);
      if (newest === undefined) return null;
      return signerRefusal(newest.inputs.trustRoot, signer, branch)?.message ?? null;
    },
  };
}

function demandTrustRoot(trustRoot: TrustRoot): void {
  const [defect] = trustRootDefects(trustRoot);
  if (defect === undefined) return;
  throw new TrustRootRefused(
    `The trust root is refused: ${defect}. Write it with countersign keygen.`,
  );
}

function demandSigner(trustRoot: TrustRoot, signer: Signer, branch: LedgerBranch): void {
  const refusal = signerRefusal(trustRoot, signer, branch);
  if (refusal !== null) throw refusal;
}

/** Why a key may not write a branch under a trust root; `null` when it may. */
function signerRefusal(
  trustRoot: TrustRoot,
  { keyid }: Signer,
  branch: LedgerBranch,
): SignerNotTrusted | null {
  const needed = keyRoleOfBranch(branch);
  const actual = keyRoleOf(trustRoot, keyid);
  const only = `${branch} is signed by the key role ${needed} alone.`;
  if (actual === null) {
    return new SignerNotTrusted(
      "key-unknown",
      `Trust root ${trustRoot.version} is in force and does not name the key ${keyid}: it was retired, or its trust root is not entered yet. Start it with a key that is in force: ${only}`,
    );
  }
  if (actual !== needed) {
    return new SignerNotTrusted(
      "wrong-key-role",
      `The key ${keyid} has the role ${actual}. Start it with the key that keygen wrote as ${needed}.pem: ${only}`,
    );
  }
  const threshold = trustRoot.keyRoles.find(({ name }) => name === needed)?.threshold;
  if (threshold === 1) return null;
  return new SignerNotTrusted(
    "threshold",
    `The key role ${needed} needs ${threshold ?? "an unknown number of"} signatures an entry; one key cannot write. Set its threshold to 1.`,
  );
}

function demandShape(draft: EntryDraft): void {
  const defect = draftDefect(draft);
  if (defect !== null) throw new DraftRefused(`${draft.idempotencyKey}: ${defect}.`);
}
