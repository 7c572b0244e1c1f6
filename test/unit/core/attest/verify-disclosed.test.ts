import { beforeAll, describe, expect, it } from "vitest";
import { memorySigner } from "../../../../src/adapters/memory/memory-signer.ts";
import { sha256 } from "../../../../src/core/attest/digest.ts";
import type { ChainPosition } from "../../../../src/core/attest/statement.ts";
import { verifyDisclosed } from "../../../../src/core/attest/verify-disclosed.ts";
import type { TrustRoot } from "../../../../src/generated/trust-root.ts";
import type { Signer } from "../../../../src/ports/signer.ts";
import type { StoredEntry } from "../../../../src/ports/ledger-store.ts";
import { digestOf, lapsedDraft, revokeIntentDraft } from "../../../support/ledger/drafts.ts";
import { rotatedTo, signaturesOver, trustRootDraft } from "../../../support/ledger/rotation.ts";
import { forged, payloadOf, replaced, resigned, signed } from "../../../support/ledger/tamper.ts";
import type { LooseStatement } from "../../../support/ledger/tamper.ts";
import { twoLedgers } from "../../../support/ledger/two-ledgers.ts";
import type { TwoLedgers } from "../../../support/ledger/two-ledgers.ts";

let world: TwoLedgers;
let decisions: readonly StoredEntry[];
let executions: readonly StoredEntry[];

beforeAll(async () => {
  world = await twoLedgers();
  for (const name of ["a", "b", "c"]) await world.decisions.append([lapsedDraft(name)]);
  await world.executions.sync();
  for (const name of ["a", "b"]) await world.executions.append([revokeIntentDraft(name)]);
  decisions = world.remote.commits("audit/decisions");
  executions = world.remote.commits("audit/executions");
});

function disclosed(entries: readonly StoredEntry[], root = world.keys.rootDigest) {
  return verifyDisclosed(
    entries.map(({ bytes }) => bytes ?? ""),
    root,
  );
}

function problems(entries: readonly StoredEntry[]): readonly string[] {
  return disclosed(entries).problems;
}

/** Changes one of the decisions, as a thief of the key would. */
function decisionsWith(seq: number, change: (predicate: LooseStatement["predicate"]) => void) {
  return replaced(decisions, seq, (entry) =>
    resigned(entry, world.keys.decision, ({ predicate }) => change(predicate)),
  );
}

function executionsWith(seq: number, change: (predicate: LooseStatement["predicate"]) => void) {
  return replaced(executions, seq, (entry) =>
    resigned(entry, world.keys.execution, ({ predicate }) => change(predicate)),
  );
}

const outOfOrder = "The entries are not in their order.";
const misnumbered = "Entry 0 of a ledger follows none, and every other follows one.";

describe("entries taken out of their ledgers", () => {
  it("are believed whole, and with gaps between them", () => {
    const whole = disclosed([...decisions, ...executions]);
    expect(whole.problems).toEqual([]);
    expect(whole.entries.map(({ branch, seq }) => `${branch} ${seq}`)).toEqual([
      ...[0, 1, 2, 3].map((seq) => `audit/decisions ${seq}`),
      ...[0, 1].map((seq) => `audit/executions ${seq}`),
    ]);
    const some = [decisions[0], decisions[3], executions[1]].filter((one) => one !== undefined);
    expect(disclosed(some)).toMatchObject({ problems: [], entries: [{}, { seq: 3 }, { seq: 1 }] });
  });

  it("prove nothing when there are none, or no trust root before them", () => {
    expect(problems([])).toEqual(["There are no entries."]);
    expect(problems(decisions.slice(1))).toEqual([
      "Entry 1 of the list: Entry 0 must be the trust root, not lapsed.",
    ]);
  });

  it("prove nothing from the first on that cannot be believed", () => {
    const stranger = memorySigner();
    const { decision, execution } = world.keys;
    const [, one] = decisions;
    if (one === undefined) throw new Error("four decisions");
    const text = Buffer.from(payloadOf(one)).toString();
    const faults: readonly (readonly [StoredEntry, string])[] = [
      [{ ...one, bytes: `${one.bytes ?? ""} ` }, "no envelope as Countersign writes it"],
      [resigned(one, stranger, () => undefined), "No trust root knows the key"],
      [resigned(one, execution, () => undefined), "Needs a key of role decision"],
      [signed(` ${text}`, [decision], one), "canonical"],
    ];
    for (const [fault, says] of faults) {
      const report = disclosed(replaced(decisions, 1, () => fault));
      expect(report.problems).toEqual([
        expect.stringMatching(new RegExp(`^Entry 2 of the list: .*${says}`, "u")),
      ]);
      expect(report.entries.map(({ seq }) => seq)).toEqual([0]);
    }
  });

  it("are refused out of their order, twice, and with the executions first", () => {
    const [zero, one, two] = decisions as [StoredEntry, StoredEntry, StoredEntry];
    expect(problems([zero, two, one])).toEqual([`Entry 3 of the list: ${outOfOrder}`]);
    expect(problems([zero, one, one])).toEqual([`Entry 3 of the list: ${outOfOrder}`]);
    expect(problems([zero, ...executions, one])).toEqual([`Entry 4 of the list: ${outOfOrder}`]);
  });

  it("are refused where one was written before the one that it comes after", () => {
    const early = decisionsWith(3, (predicate) => (predicate["at"] = "2026-11-20T10:00:00.000Z"));
    const [zero, , two, three] = early as [StoredEntry, StoredEntry, StoredEntry, StoredEntry];
    for (const list of [early, [zero, two, three]]) {
      expect(problems(list)).toEqual([
        expect.stringMatching(/: Written at 2026-11-20T10:00:00\.000Z, after an entry of 2026-11/u),
      ]);
    }
  });

  it("are refused side by side where one does not name the other", () => {
    const broken = decisionsWith(2, (predicate) => (predicate.prev = digestOf("9")));
    expect(problems(broken)).toEqual([
      "Entry 3 of the list: It does not follow entry 1, which is beside it.",
    ]);
    const [zero, , two] = broken as [StoredEntry, StoredEntry, StoredEntry];
    // What it follows is not shown: that stays unknown.
    expect(problems([zero, two])).toEqual([]);
  });

  it("are refused where a first entry follows something, or a later one nothing", () => {
    const claims = executionsWith(0, (predicate) => (predicate.prev = digestOf("9")));
    expect(problems([...decisions, ...claims])).toEqual([`Entry 5 of the list: ${misnumbered}`]);
    const severed = executionsWith(1, (predicate) => (predicate.prev = null));
    expect(problems([...decisions, ...severed.slice(1)])).toEqual([
      `Entry 5 of the list: ${misnumbered}`,
    ]);
  });

  it("are refused where one had seen another entry of the other ledger than is shown", () => {
    const observedPeer = { seq: 2, digest: digestOf("9") };
    const other = executionsWith(0, (predicate) => (predicate["observedPeer"] = observedPeer));
    const [zero] = decisions as [StoredEntry];
    expect(problems([...decisions, ...other.slice(0, 1)])).toEqual([
      "audit/executions entry 0 had seen another audit/decisions entry 2.",
    ]);
    // The one that it had seen is not shown: that stays unknown.
    expect(problems([zero, ...other.slice(0, 1)])).toEqual([]);
  });
});

describe("the first trust root of a list", () => {
  const first = (place: Partial<ChainPosition>, key: Signer) =>
    problems([
      forged(trustRootDraft(world.keys.trustRoot, null), { ...start, ...place }, [key], "x"),
    ]);

  it("is refused when it stands elsewhere than at the beginning of its ledger", () => {
    const { decision } = world.keys;
    const refused = ["Entry 1 of the list: The first trust root has to be entry 0."];
    expect(first({}, decision)).toEqual([]);
    expect(first({ prev: digestOf("9") }, decision)).toEqual(refused);
    expect(first({ seq: 3, prev: digestOf("9") }, decision)).toEqual(refused);
    expect(first({ seq: 3 }, decision)).toEqual(refused);
  });

  it("is refused when it is not the one that was brought, or was signed by another role", () => {
    expect(disclosed(decisions, digestOf("0")).problems).toEqual([
      expect.stringContaining(`Expected the trust root ${digestOf("0")}`),
    ]);
    const { decision, execution } = world.keys;
    expect(first({}, execution)).toEqual([expect.stringContaining("Needs a key of role decision")]);
    const forger = { ...memorySigner(), keyid: decision.keyid };
    expect(first({}, forger)).toEqual([expect.stringContaining("is not over these bytes")]);
  });
});

describe("a later trust root of a list", () => {
  /** Discloses a rotation, what follows it and one more entry. */
  function rotated(
    place: Partial<ChainPosition>,
    more: (next: NextKeys) => readonly StoredEntry[],
  ) {
    const next = nextKeys();
    const at = { ...start, seq: 4, prev: digestAt(decisions, 3), ...place };
    const draft = trustRootDraft(next.trustRoot, signaturesOver(next.trustRoot, next.signers));
    const rotation = forged(draft, at, [world.keys.decision], "r");
    return problems([...decisions, rotation, ...more(next)]);
  }

  it("retires the keys before it from its number on, and brings those that count then", () => {
    const after = (key: Signer) => [
      forged(lapsedDraft("z"), { ...start, seq: 6, prev: digestOf("5") }, [key], "z"),
    ];
    expect(rotated({}, ({ decision }) => after(decision))).toEqual([]);
    expect(rotated({}, () => after(world.keys.decision))).toEqual([
      expect.stringMatching(/^Entry 6 of the list: The trust root in force does not name sha256/u),
    ]);
  });

  it("retires an execution key after what it had seen of the executions", () => {
    const observedPeer = { seq: 0, digest: digestAt(executions, 0) };
    expect(rotated({ observedPeer }, () => executions.slice(0, 1))).toEqual([]);
    expect(rotated({ observedPeer }, () => executions)).toEqual([
      expect.stringMatching(/^Entry 7 of the list: The trust root in force does not name sha256/u),
    ]);
  });

  it("retires an execution key from the first on where it had seen no execution", () => {
    expect(rotated({}, () => executions)).toEqual([
      expect.stringMatching(/^Entry 6 of the list: The trust root in force does not name sha256/u),
    ]);
  });

  it("is refused without the root keys of the one before it, and when another key than the gate's sealed it", () => {
    const { root, decision } = world.keys;
    const { trustRoot, signers } = nextKeys();
    const place = { ...start, seq: 4, prev: digestAt(decisions, 3) };
    const last = (by: readonly Signer[], sealer: Signer) =>
      problems([
        ...decisions,
        forged(trustRootDraft(trustRoot, signaturesOver(trustRoot, by)), place, [sealer], "r"),
      ]);
    expect(last(signers, decision)).toEqual([]);
    expect(last(signers.slice(1), decision)).toEqual([
      expect.stringContaining("Of the 1 root keys of trust root 1 that must sign it, 0 did."),
    ]);
    expect(last(signers, root)).toEqual([expect.stringContaining("Needs a key of role decision")]);
  });
});

const start: ChainPosition = {
  seq: 0,
  prev: null,
  prevBySigner: null,
  observedPeer: null,
  at: "2026-11-21T11:00:00.000Z",
};

interface NextKeys {
  readonly decision: Signer;
  readonly execution: Signer;
  readonly trustRoot: TrustRoot;
  /** Who has to sign its document. */
  readonly signers: readonly Signer[];
}

function nextKeys(): NextKeys {
  const [decision, execution] = [memorySigner(), memorySigner()];
  const { trustRoot: before, root } = world.keys;
  const trustRoot = rotatedTo(before, { decision: [decision], execution: [execution] });
  return { decision, execution, trustRoot, signers: [root, decision, execution] };
}

function digestAt(entries: readonly StoredEntry[], index: number): string {
  const entry = entries[index];
  if (entry === undefined) throw new Error(`no entry ${index}`);
  return sha256(payloadOf(entry));
}
