import { describe, expect, it } from "vitest";

import { checkSignatures } from "../../../../src/core/attest/check-signatures.ts";
import { parseStatement, statementText } from "../../../../src/core/attest/statement.ts";
import type { Statement } from "../../../../src/core/attest/statement.ts";
import {
  addEra,
  eraFor,
  keyOfAnyEra,
  startTimeline,
} from "../../../../src/core/attest/trust-timeline.ts";
import type { TrustRoot } from "../../../../src/core/model/governance.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { digestOf, lapsedDraft } from "../../../support/ledger/drafts.ts";

const { trustRoot, decision } = acmeKeys();
const start = { decisions: -1, executions: -1 };

function lapsedStatement(): Statement {
  const parsed = parseStatement(
    Buffer.from(
      statementText(lapsedDraft("a"), {
        seq: 1,
        prev: digestOf("1"),
        prevBySigner: null,
        observedPeer: null,
        at: "2026-11-21T10:00:00.000Z",
      }),
    ),
  );
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.statement;
}

function codes(root: TrustRoot | null, keyids: readonly string[]): readonly string[] {
  const begun = startTimeline(null);
  const trust = root === null ? begun : addEra(begun, root, start);
  const envelope = {
    payload: Buffer.alloc(0),
    signatures: keyids.map((keyid) => ({ keyid, sig: "" })),
  };
  return checkSignatures(trust, "audit/decisions", lapsedStatement(), envelope).map(
    ({ code }) => code,
  );
}

describe("checkSignatures", () => {
  it("is content with the key whose role the entry needs", () => {
    expect(codes(trustRoot, [decision.keyid])).toEqual([]);
  });

  it("believes nobody without a trust root, and nothing that nobody signed", () => {
    expect(codes(null, [decision.keyid])).toEqual(["trust-root-missing"]);
    expect(codes(trustRoot, [])).toEqual(["too-few-signatures"]);
  });

  it("lets no number of signatures reach the threshold of a key role that is not there", () => {
    const keyRoles = trustRoot.keyRoles.filter(({ name }) => name !== "decision");
    const unfit = { ...trustRoot, keyRoles };
    expect(codes(unfit, [decision.keyid])).toEqual(["key-retired"]);
    expect(codes(unfit, [])).toEqual(["too-few-signatures"]);
  });
});

describe("the timeline of trust roots", () => {
  it("has no trust root in force before the first, and none in force before its entry", () => {
    expect(eraFor(startTimeline(null), "audit/decisions", 0)).toBeNull();
    const later = addEra(startTimeline(null), trustRoot, { decisions: 4, executions: 2 });
    expect(eraFor(later, "audit/decisions", 4)).toBeNull();
    expect(eraFor(later, "audit/decisions", 5)?.trustRoot).toBe(trustRoot);
    expect(eraFor(later, "audit/executions", 2)).toBeNull();
    expect(eraFor(later, "audit/executions", 3)?.trustRoot).toBe(trustRoot);
  });

  it("knows no key whose bytes are not one, whatever its keyid", () => {
    const keys = trustRoot.keys.map((key) =>
      key.keyid === decision.keyid ? { ...key, publicKey: "AAAA" } : key,
    ) as unknown as TrustRoot["keys"];
    const unreadable = addEra(startTimeline(null), { ...trustRoot, keys }, start);
    const readable = addEra(startTimeline(null), trustRoot, start);
    expect(keyOfAnyEra(unreadable, decision.keyid)).toBeNull();
    expect(keyOfAnyEra(readable, decision.keyid)).not.toBeNull();
  });
});
