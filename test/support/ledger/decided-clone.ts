import { cp } from "node:fs/promises";
import { join } from "node:path";
import { openLedgerStore } from "../../../src/adapters/git/git-ledger-store.ts";
import { decide } from "../../../src/core/decide/decide.ts";
import type { Decision } from "../../../src/core/model/decision.ts";
import type { Draft } from "../../../src/core/model/entry.ts";
import type { Snapshot } from "../../../src/core/model/snapshot.ts";
import { ensureTrustRoot } from "../../../src/record/ensure-trust-root.ts";
import { bareRemote } from "../git/bare-remote.ts";
import { gitIn } from "../git/git-in.ts";
import { temporaryFolder } from "../git/temporary-folder.ts";
import { buildSnapshot } from "../snapshot/build-snapshot.ts";
import type { Given } from "../snapshot/build-snapshot.ts";
import { acmeKeys } from "./acme-keys.ts";
import { stillClock } from "./still-clock.ts";
import { gateLedger } from "./two-ledgers.ts";

/** One decision to be recorded. */
export interface Recorded {
  readonly pull: number;
  readonly at: string;
  readonly given: Given;
  /** What is recorded otherwise than decided. */
  readonly lie?: Partial<Decision>;
}

/** A clone with a working tree, the example governance in it, and a decisions ledger; removed when the test ends. */
export interface DecidedClone {
  readonly folder: string;
  readonly root: string;
}

/** Records decisions through real git and clones them. */
export async function decidedClone(decisions: readonly Recorded[]): Promise<DecidedClone> {
  const keys = acmeKeys();
  const clock = stillClock();
  const remote = await bareRemote();
  const main = await remote.commit({ files: { "README.md": "access" } });
  await remote.setRef("refs/heads/main", main);
  const store = await openLedgerStore({
    folder: join(await temporaryFolder(), "store"),
    remote: remote.folder,
    credential: null,
    identity: { name: "gate", email: "gate@acme.example" },
  });
  const ledger = gateLedger(keys, clock, store);
  await ensureTrustRoot(ledger, keys.trustRoot, main);
  for (const recorded of decisions) {
    clock.set(recorded.at);
    await ledger.append([decisionDraft(recorded)]);
  }
  const folder = join(await temporaryFolder(), "clone");
  await gitIn(remote.folder, ["clone", "--quiet", `file://${remote.folder}`, folder]);
  await cp(new URL("../../../governance", import.meta.url), join(folder, "governance"), {
    recursive: true,
  });
  return { folder, root: keys.rootDigest };
}

/** Decides what is given, as a draft for the decisions ledger. */
export function decisionDraft({ pull, at, given, lie }: Recorded): Draft<"decision"> {
  const built = buildSnapshot(given);
  const snapshot: Snapshot = { ...built, pull: { ...built.pull, number: pull } };
  const decision = { ...decide(snapshot, new Date(at)), ...lie };
  return {
    type: "decision",
    idempotencyKey: `decision:${pull}:${at}`,
    summary: `#${pull} ${decision.verdict}`,
    delivery: null,
    inputs: { snapshot, decidedAt: at },
    result: { decision },
  };
}
