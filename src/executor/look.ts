import { LedgerRewritten } from "../ports/ledger-store.ts";
import { LedgerBroken } from "../record/ledger-errors.ts";
import type { Executor, GrantStop } from "./executor.ts";
import { failureText } from "./failure-text.ts";
import { flushOutbox } from "./flush-outbox.ts";
import { withPatience } from "./patience.ts";
import { rememberOpen } from "./records.ts";
import { sight } from "./sight-main.ts";
import { takeView } from "./take-view.ts";

/**
 * Reads both ledgers and the governed branch into the memory, and pushes what waits. Never throws: whatever
 * cannot be read leaves what was read before and returns why no grant may begin. A remote that hangs is waited
 * for once, and not asked again before it has answered.
 */
export async function look(executor: Executor): Promise<GrantStop | null> {
  const { memory, clock, patienceSeconds } = executor;
  const reason = `The access repository did not answer within ${patienceSeconds} s.`;
  const slow: GrantStop = { code: "EXEC-REMOTE-SLOW", reason };
  if (memory.looking !== null) return slow;
  memory.looking = lookOnce(executor).finally(() => {
    memory.looking = null;
  });
  try {
    return await withPatience(clock, patienceSeconds, memory.looking);
  } catch {
    return slow;
  }
}

async function lookOnce(executor: Executor): Promise<GrantStop | null> {
  // Ledger before branch: a merge is on the branch before its entry is written, so that every entry read has it.
  const ledgerStop = await readLedgers(executor);
  const mainStop = await readMain(executor);
  const diskStop = await remember(executor, mainStop);
  return ledgerStop ?? mainStop ?? diskStop;
}

async function readLedgers(executor: Executor): Promise<GrantStop | null> {
  try {
    takeView(executor, await executor.ledger.sync());
    // What happens meanwhile waits in the outbox for who comes back with a key that is in force; revokes go on.
    const retired = executor.ledger.whyRetired();
    if (retired !== null) return { code: "EXEC-KEY-RETIRED", reason: retired };
    await flushOutbox(executor);
    return null;
  } catch (error) {
    if (error instanceof LedgerBroken || error instanceof LedgerRewritten) {
      return { code: "EXEC-LEDGER-BROKEN", reason: error.message };
    }
    const reason = `The ledgers could not be read or written: ${failureText(error)}.`;
    return { code: "EXEC-LEDGER-UNREACHABLE", reason };
  }
}

async function readMain(executor: Executor): Promise<GrantStop | null> {
  const { mirror, governedBranch, memory, known } = executor;
  try {
    await mirror.fetch();
    const tip = await mirror.tip(governedBranch);
    if (tip === null) {
      return { code: "EXEC-MAIN-MISSING", reason: `The branch ${governedBranch} does not exist.` };
    }
    if (memory.main?.tip !== tip) memory.main = await sight(executor, tip);
    const seen = known.read().main;
    if (seen === null || seen === tip) return null;
    if ((await mirror.has(seen)) && (await mirror.isAncestor(seen, tip))) return null;
    const reason = `${governedBranch} does not contain ${seen}, which it had: somebody rewrote it.`;
    return { code: "EXEC-MAIN-REWRITTEN", reason };
  } catch (error) {
    const reason = `The governed branch could not be read: ${failureText(error)}.`;
    return { code: "EXEC-MIRROR-UNREACHABLE", reason };
  }
}

async function remember(executor: Executor, mainStop: GrantStop | null): Promise<GrantStop | null> {
  try {
    // A branch that was rewritten is not the newest one seen: it stays refused until a person looks.
    await rememberOpen(executor, mainStop === null ? (executor.memory.main?.tip ?? null) : null);
    return null;
  } catch (error) {
    const reason = `The executor's own disk could not be written: ${failureText(error)}.`;
    return { code: "EXEC-DISK", reason };
  }
}
