import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { memorySigner } from "../../../../src/adapters/memory/memory-signer.ts";
import { startChain } from "../../../../src/core/attest/chain-state.ts";
import { trustRootDigest } from "../../../../src/core/attest/trust-root.ts";
import { startTimeline } from "../../../../src/core/attest/trust-timeline.ts";
import { verifyChain } from "../../../../src/core/attest/verify-chain.ts";
import type { ChainReport } from "../../../../src/core/attest/verify-chain.ts";
import type { EntryDraft, ObservedHead } from "../../../../src/core/model/entry.ts";
import type { Json } from "../../../../src/core/model/json.ts";
import type { StoredEntry } from "../../../../src/ports/ledger-store.ts";
import type { Signer } from "../../../../src/ports/signer.ts";
import { digestOf, lapsedDraft, oidOf, revokeIntentDraft } from "../../../support/ledger/drafts.ts";
import { rotatedTo, signaturesOver, trustRootDraft } from "../../../support/ledger/rotation.ts";
import {
  forged,
  payloadOf,
  relinked,
  replaced,
  resigned,
  signed,
  statementOf,
} from "../../../support/ledger/tamper.ts";
import { twoLedgers } from "../../../support/ledger/two-ledgers.ts";
import type { TwoLedgers } from "../../../support/ledger/two-ledgers.ts";

let world: TwoLedgers;
let decisions: readonly StoredEntry[];
let executions: readonly StoredEntry[];

beforeAll(async () => {
  world = await twoLedgers();
  for (const name of ["a", "b", "c", "d"]) await world.decisions.append([lapsedDraft(name)]);
  await world.executions.sync();
  for (const name of ["a", "b", "c"]) await world.executions.append([revokeIntentDraft(name)]);
  decisions = world.remote.commits("audit/decisions");
  executions = world.remote.commits("audit/executions");
});

function verify(entries: readonly StoredEntry[], root: string | null = world.keys.rootDigest) {
  return verifyChain(entries, startChain("audit/decisions"), startTimeline(root));
}

function verifyExecutions(entries: readonly StoredEntry[]): ChainReport {
  return verifyChain(entries, startChain("audit/executions"), verify(decisions).trust);
}

function codes({ problems }: ChainReport): readonly string[] {
  return problems.map(({ code, seq }) => `${code}@${seq}`);
}

function at(entries: readonly StoredEntry[], index: number): StoredEntry {
  const entry = entries[index];
  if (entry === undefined) throw new Error(`no entry ${index}`);
  return entry;
}

describe("a clean chain", () => {
  it("raises nothing on either branch", () => {
    expect(verify(decisions)).toMatchObject({ problems: [], state: { seq: 4 } });
    expect(verify(decisions).entries).toHaveLength(5);
    expect(verifyExecutions(executions)).toMatchObject({ problems: [], state: { seq: 2 } });
  });

  it("can be verified piece by piece, with the same outcome, and leaves every state as it was", () => {
    const first = verify(decisions.slice(0, 2));
    const before = structuredClone(first.state);
    const second = verifyChain(decisions.slice(2), first.state, first.trust);
    expect([...first.entries, ...second.entries]).toEqual(verify(decisions).entries);
    expect(second.state).toEqual(verify(decisions).state);
    expect(first.state).toEqual(before);
  });

  it("is believed without an expected root only when asked to", () => {
    expect(verify(decisions, null).problems).toEqual([]);
    expect(codes(verify(decisions, digestOf("0")))).toEqual(["trust-root-unexpected@0"]);
  });
});

describe("commits", () => {
  it("names an extra, missing or wrongly moded file", () => {
    const tampered = replaced(decisions, 2, (entry) => ({ ...entry, bytes: null }));
    expect(codes(verify(tampered))).toEqual(["not-one-file@2"]);
  });

  it("names a merge commit, a second root and a foreign parent", () => {
    const parents = (list: readonly string[]) => (entry: StoredEntry) => ({
      ...entry,
      parents: list,
    });
    const [before] = [at(decisions, 1).commit];
    for (const list of [[before, at(decisions, 0).commit], [], [at(decisions, 0).commit]]) {
      expect(codes(verify(replaced(decisions, 2, parents(list))))).toEqual(["wrong-parents@2"]);
    }
    expect(codes(verify(replaced(decisions, 0, parents([oidOf("f")]))))).toEqual([
      "wrong-parents@0",
    ]);
  });

  it("names a message that says something else than the payload", () => {
    const say = (change: (message: string) => string) =>
      codes(
        verify(replaced(decisions, 2, (entry) => ({ ...entry, message: change(entry.message) }))),
      );
    expect(say((message) => message)).toEqual([]);
    expect(say((message) => message.replace("a", "o"))).not.toEqual([]);
    expect(say((message) => message.replace("Ledger-Seq: 2", "Ledger-Seq: 3"))).toEqual([
      "trailers-disagree@2",
    ]);
    expect(say((message) => message.replace(/Ledger-Prev: .*/u, "Ledger-Prev: none"))).toEqual([
      "trailers-disagree@2",
    ]);
    expect(say((message) => message.replace("Ledger-Type: lapsed", "Ledger-Type: merge"))).toEqual([
      "trailers-disagree@2",
    ]);
    expect(say((message) => `${message}Author: somebody else\n`)).toEqual(["message-forged@2"]);
    expect(say((message) => message.replace("\n\n", "\n\nLedger-Seq: 7\n\n"))).toEqual([
      "trailers-disagree@2",
    ]);
    expect(say(() => "")).toEqual(["trailers-disagree@2"]);
  });
});

describe("envelopes", () => {
  it("finds every single flipped bit of an entry, and names that entry", () => {
    const { bytes } = at(decisions, 2);
    const length = bytes?.length ?? 0;
    fc.assert(
      fc.property(fc.nat(length - 1), fc.nat(7), (position, bit) => {
        const flipped = Buffer.from(bytes ?? "");
        flipped[position] = (flipped[position] ?? 0) ^ (1 << bit);
        const report = verify(
          replaced(decisions, 2, (entry) => ({ ...entry, bytes: flipped.toString("utf8") })),
        );
        expect(report.problems.length).toBeGreaterThan(0);
        expect(report.problems[0]).toMatchObject({ seq: 2, commit: at(decisions, 2).commit });
        expect(report.entries.map(({ seq }) => seq)).not.toContain(2);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ["empty", () => ""],
    ["not an object", () => "null"],
    ["a list", () => "[]"],
    ["with whitespace", (bytes: string) => bytes.replace(",", ", ")],
    ["with a final newline", (bytes: string) => `${bytes}\n`],
    ["with another key", (bytes: string) => bytes.replace("{", '{"a":1,')],
    ["with a key twice", (bytes: string) => bytes.replace("{", '{"payload":"",')],
    ["of another payload type", (bytes: string) => bytes.replace("in-toto", "other")],
    [
      "without signatures",
      (bytes: string) => bytes.replace(/"signatures":\[.*\]/u, '"signatures":[]'),
    ],
    [
      "with base64 of another spelling",
      (bytes: string) => bytes.replace('"payload":"', '"payload":" '),
    ],
  ])("refuses an envelope that is %s", (_, change) => {
    const tampered = replaced(decisions, 2, (entry) => ({
      ...entry,
      bytes: change(entry.bytes ?? ""),
    }));
    expect(codes(verify(tampered))).toEqual(["envelope-malformed@2"]);
  });

  it("names a rewritten payload", () => {
    const other = at(decisions, 3);
    const graft = replaced(decisions, 2, (entry) => {
      const { signatures } = JSON.parse(entry.bytes ?? "") as { signatures: Json };
      const { payload, payloadType } = JSON.parse(other.bytes ?? "") as Record<string, Json>;
      const bytes = JSON.stringify({
        payload: payload ?? "",
        payloadType: payloadType ?? "",
        signatures,
      });
      return { ...entry, bytes };
    });
    expect(codes(verify(graft))).toEqual(["signature-invalid@2"]);
  });

  it("names a key that no trust root knows", () => {
    const stranger = memorySigner();
    const tampered = replaced(decisions, 2, (entry) => resigned(entry, stranger, () => undefined));
    expect(codes(verify(tampered))).toEqual(["key-unknown@2"]);
  });

  it("counts a key once", () => {
    const { decision } = world.keys;
    const text = Buffer.from(payloadOf(at(decisions, 2))).toString();
    const tampered = replaced(decisions, 2, (entry) => signed(text, [decision, decision], entry));
    expect(codes(verify(tampered))).toEqual(["key-repeated-in-envelope@2"]);
  });

  it("does not let another key sign along", () => {
    const { decision, execution } = world.keys;
    const text = Buffer.from(payloadOf(at(decisions, 2))).toString();
    const tampered = replaced(decisions, 2, (entry) => signed(text, [decision, execution], entry));
    expect(codes(verify(tampered))).toEqual(["wrong-key-role@2"]);
  });
});

describe("key roles", () => {
  it("does not let the execution key sign a decision, nor the other way round", () => {
    const { decision, execution, root } = world.keys;
    for (const key of [execution, root]) {
      const forgery = replaced(decisions, 4, (entry) => resigned(entry, key, withoutHistory));
      expect(codes(verify(forgery))).toEqual(["wrong-key-role@4"]);
    }
    const forgery = replaced(executions, 0, (entry) => resigned(entry, decision, () => undefined));
    expect(codes(verifyExecutions(forgery))).toContain("wrong-key-role@0");
  });

  it("does not let an execution entry be on the decisions branch", () => {
    const { keys } = world;
    const { prev, prevBySigner, at: time } = statementOf(at(decisions, 4)).predicate as never;
    const place = { seq: 4, prev, prevBySigner, observedPeer: null, at: time };
    const own = forged(revokeIntentDraft("x"), place, [keys.decision], "x");
    expect(codes(verify(relinked([...decisions.slice(0, 4), own])))).toEqual([
      "wrong-branch@4",
      "wrong-key-role@4",
    ]);
    const theirs = forged(
      revokeIntentDraft("x"),
      { ...place, prevBySigner: null },
      [keys.execution],
      "x",
    );
    expect(codes(verify(relinked([...decisions.slice(0, 4), theirs])))).toEqual(["wrong-branch@4"]);
  });
});

describe("payloads", () => {
  const rewrite = (change: (text: string) => string) => {
    const text = Buffer.from(payloadOf(at(decisions, 4))).toString();
    const { decision } = world.keys;
    return codes(
      verify(replaced(decisions, 4, (entry) => signed(change(text), [decision], entry))),
    );
  };

  it("names a duplicate key", () => {
    expect(rewrite((text) => text.replace('"seq":4', '"seq":4,"seq":4'))).toEqual([
      "payload-duplicate-key@4",
    ]);
  });

  it("names whitespace, other order and numbers of another spelling", () => {
    expect(rewrite((text) => ` ${text}`)).toEqual(["payload-not-canonical@4"]);
    expect(rewrite((text) => text.replace('"lapsed:d"', '"\\u006capsed:d"'))).toEqual([
      "payload-not-canonical@4",
    ]);
    expect(rewrite((text) => text.replace('"seq":4', '"seq":4.0'))).toEqual(["payload-not-json@4"]);
  });

  it.each([
    ["another statement type", (text: string) => text.replace("Statement/v1", "Statement/v2")],
    ["an unknown member", (text: string) => text.replace('"at":', '"aa":1,"at":')],
    ["a negative number", (text: string) => text.replace('"seq":4', '"seq":-4')],
    ["inputs of another type", (text: string) => text.replace('"request":"d"', '"request":4')],
    ["no inputs", (text: string) => text.replace(/"inputs":\{[^}]*\},/u, "")],
    ["no instant", (text: string) => text.replace(/"at":"[^"]*"/u, '"at":"yesterday"')],
    ["an impossible instant", (text: string) => text.replace(/"at":"2026-11/u, '"at":"2026-19')],
    ["an empty key", (text: string) => text.replace('"lapsed:d"', '""')],
  ])("names a statement with %s", (_, change) => {
    expect(rewrite(change)).toEqual(["statement-malformed@4"]);
  });

  it("names a type that it does not know", () => {
    expect(rewrite((text) => text.replace(":lapsed:v1", ":lapsed:v2"))).toEqual(["unknown-type@4"]);
    expect(rewrite((text) => text.replace(":lapsed:", ":toString:"))).toEqual(["unknown-type@4"]);
  });

  it("names a subject that does not follow from the rest", () => {
    expect(rewrite((text) => text.replace('"name":"d"', '"name":"e"'))).toEqual([
      "subject-disagrees@4",
    ]);
  });

  it("names bytes that are not UTF-8, and a byte order mark", () => {
    const { decision } = world.keys;
    for (const payload of [Buffer.from([0xff, 0xfe]), Buffer.from("\ufeff{}")]) {
      const entry = at(decisions, 4);
      const sig = decision.sign(
        Buffer.concat([
          Buffer.from(`DSSEv1 28 application/vnd.in-toto+json ${payload.length} `),
          payload,
        ]),
      );
      const bytes = JSON.stringify({
        payload: payload.toString("base64"),
        payloadType: "application/vnd.in-toto+json",
        signatures: [{ keyid: decision.keyid, sig }],
      });
      expect(codes(verify(replaced(decisions, 4, () => ({ ...entry, bytes }))))).toEqual([
        "payload-not-json@4",
      ]);
    }
  });
});

describe("the chain", () => {
  it("names an entry dropped from the middle", () => {
    const report = verify(relinked(decisions.toSpliced(2, 1)));
    expect(codes(report)).toEqual(["entry-missing@3"]);
    expect(report.entries.map(({ seq }) => seq)).toEqual([0, 1, 4]);
  });

  it("names two entries that were swapped", () => {
    const [one, two, three, four, five] = decisions;
    const swapped = relinked([one, two, four, three, five].filter((entry) => entry !== undefined));
    expect(codes(verify(swapped))).toEqual(["entry-missing@3", "entry-moved@2"]);
  });

  it("names an old entry replayed at the end", () => {
    const report = verify(relinked([...decisions, { ...at(decisions, 2), commit: oidOf("e") }]));
    expect(codes(report)).toEqual(["entry-replayed@2"]);
  });

  it("names each part of its place that a thief of the key gets wrong", () => {
    const { decision } = world.keys;
    const wrong = (change: (predicate: Record<string, Json>) => void) =>
      codes(
        verify(
          replaced(decisions, 4, (entry) =>
            resigned(entry, decision, ({ predicate }) => change(predicate)),
          ),
        ),
      );
    expect(wrong((predicate) => (predicate["seq"] = 5))).toEqual(["wrong-seq@5"]);
    expect(wrong((predicate) => (predicate["prev"] = digestOf("1")))).toEqual(["wrong-prev@4"]);
    expect(wrong((predicate) => (predicate["prevBySigner"] = null))).toEqual([
      "wrong-prev-by-signer@4",
    ]);
    expect(wrong((predicate) => (predicate["idempotencyKey"] = "lapsed:a"))).toEqual([
      "key-reused@4",
    ]);
    expect(wrong((predicate) => (predicate["at"] = "2026-11-21T09:59:59.999Z"))).toEqual([
      "back-dated@4",
    ]);
  });

  it("names an observation of the other ledger that went backwards", () => {
    const { execution } = world.keys;
    const tampered = replaced(executions, 2, (entry) =>
      resigned(entry, execution, ({ predicate }) => (predicate["observedPeer"] = null)),
    );
    expect(codes(verifyExecutions(tampered))).toEqual(["peer-backwards@2"]);
  });
});

describe("the trust root", () => {
  it("must be the first entry", () => {
    expect(codes(verify(relinked(decisions.slice(1))))).toEqual(["trust-root-missing@1"]);
    expect(
      codes(verifyChain(executions, startChain("audit/executions"), startTimeline(null))),
    ).toEqual(["trust-root-missing@0"]);
  });

  it("must be the pinned one, even when everything is signed consistently", async () => {
    const rogue = await twoLedgers();
    expect(codes(verify(rogue.remote.commits("audit/decisions")))).toEqual([
      "trust-root-unexpected@0",
    ]);
  });

  it("must be signed by its own decision key", () => {
    const { execution, root } = world.keys;
    for (const key of [execution, root]) {
      const tampered = replaced(decisions, 0, (entry) => resigned(entry, key, () => undefined));
      expect(codes(verify(tampered))).toContain("wrong-key-role@0");
    }
  });

  it("must be fit: no key in two roles, every keyid that of its key", () => {
    const { trustRoot, decision } = world.keys;
    const unfit = {
      ...trustRoot,
      keyRoles: trustRoot.keyRoles.map((role) => ({ ...role, keyids: [decision.keyid] })),
    };
    const draft = trustRootDraft(unfit, null);
    const entry = forged(draft, firstPlace, [decision], "x");
    expect(codes(verify([entry], trustRootDigest(unfit)))).toContain("trust-root-malformed@0");
  });
});

describe("rotation", () => {
  const after = (entries: readonly StoredEntry[], keyid: string) => {
    const { state } = verify(entries);
    return {
      seq: state.seq + 1,
      prev: state.digest ?? null,
      prevBySigner: state.lastBySigner.get(keyid) ?? null,
      observedPeer: null,
      at: "2026-11-21T11:00:00.000Z",
    };
  };
  const added = (
    entries: readonly StoredEntry[],
    draft: EntryDraft,
    signer: Signer,
    observedPeer: ObservedHead | null = null,
  ) => {
    const place = { ...after(entries, signer.keyid), observedPeer };
    return relinked([...entries, forged(draft, place, [signer], draft.idempotencyKey)]);
  };

  it("retires the old key from the next entry on, and believes the new one", () => {
    const { root, decision, trustRoot } = world.keys;
    const next = memorySigner();
    const document = rotatedTo(trustRoot, { decision: [next] });
    const draft = trustRootDraft(document, signaturesOver(document, [root, next]));
    const rotated = added(decisions, draft, decision);
    expect(codes(verify(rotated))).toEqual([]);
    expect(codes(verify(added(rotated, lapsedDraft("z"), decision)))).toEqual(["key-retired@6"]);
    expect(codes(verify(added(rotated, lapsedDraft("z"), next)))).toEqual([]);
  });

  it("is sealed by the decision key of the time before: by no new one, and by no root key", () => {
    const { root, trustRoot } = world.keys;
    const next = memorySigner();
    const document = rotatedTo(trustRoot, { decision: [next] });
    const draft = trustRootDraft(document, signaturesOver(document, [root, next]));
    expect(codes(verify(added(decisions, draft, next)))).toEqual(["key-unknown@5"]);
    expect(codes(verify(added(decisions, draft, root)))).toEqual(["wrong-key-role@5"]);
  });

  it("retires an execution key that never observes its own retirement", () => {
    const { root, decision, execution, trustRoot } = world.keys;
    const [first] = verifyExecutions(executions).entries;
    const next = memorySigner();
    const document = rotatedTo(trustRoot, { execution: [next] });
    const draft = trustRootDraft(document, signaturesOver(document, [root, next]));
    const observed = { seq: 0, digest: first?.digest ?? "" };
    const { trust } = verify(added(decisions, draft, decision, observed));
    const report = verifyChain(executions, startChain("audit/executions"), trust);
    expect(codes(report)).toEqual(["key-retired@1", "key-retired@2"]);
    expect(report.entries.map(({ keyid }) => keyid)).toEqual([execution.keyid]);
  });

  it("changes nothing when its signatures do not carry it: the keys from before stay in force", () => {
    const { decision, trustRoot } = world.keys;
    const next = memorySigner();
    const document = rotatedTo(trustRoot, { decision: [next] });
    const draft = trustRootDraft(document, signaturesOver(document, [next]));
    const tried = added(decisions, draft, decision);
    expect(codes(verify(tried))).toEqual(["trust-root-too-few-signatures@5"]);
    expect(codes(verify(added(tried, lapsedDraft("z"), decision)))).toEqual([
      "trust-root-too-few-signatures@5",
    ]);
    expect(codes(verify(added(tried, lapsedDraft("z"), next)))).toContain("key-unknown@6");
  });

  it("needs its signatures in the entry, and the digest of its document", () => {
    const { root, decision, trustRoot } = world.keys;
    const document = rotatedTo(trustRoot, {});
    const bare = trustRootDraft(document, null);
    expect(codes(verify(added(decisions, bare, decision)))).toEqual([
      "trust-root-too-few-signatures@5",
    ]);
    const named = trustRootDraft(document, signaturesOver(document, [root]));
    const other = { ...named, result: { digest: digestOf("9") } };
    expect(codes(verify(added(decisions, other, decision)))).toEqual(["trust-root-malformed@5"]);
    expect(codes(verify(added(decisions, named, decision)))).toEqual([]);
  });
});

const firstPlace = {
  seq: 0,
  prev: null,
  prevBySigner: null,
  observedPeer: null,
  at: "2026-11-21T10:00:00.000Z",
};

function withoutHistory({ predicate }: { predicate: Record<string, Json> }): void {
  predicate["prevBySigner"] = null;
}
