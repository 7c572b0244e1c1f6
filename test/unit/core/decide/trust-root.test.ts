import { describe, expect, it } from "vitest";

import { memorySigner } from "../../../../src/adapters/memory/memory-signer.ts";
import { trustRootPayloadType } from "../../../../src/core/attest/trust-root-signatures.ts";
import { decide } from "../../../../src/core/decide/decide.ts";
import type { TrustRoot } from "../../../../src/core/model/governance.ts";
import type { Change } from "../../../../src/core/model/snapshot.ts";
import type { Signer } from "../../../../src/ports/signer.ts";
import { acmeKeys } from "../../../support/ledger/acme-keys.ts";
import { rotatedTo, signaturesOver } from "../../../support/ledger/rotation.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";
import type { Given } from "../../../support/snapshot/build-snapshot.ts";
import { exampleFiles } from "../../../support/snapshot/example-files.ts";

const keys = acmeKeys();
const fresh = memorySigner();
const next: TrustRoot = rotatedTo(keys.trustRoot, { decision: [fresh] });
const documentPath = "governance/trust-root.json";
const signaturesFile = "governance/trust-root.signatures.json";

const governance = exampleFiles.map((file) =>
  file.path === documentPath ? { ...file, text: JSON.stringify(keys.trustRoot) } : file,
);

function change(path: string, content: unknown, status: Change["status"]): Change {
  const text = content === null ? null : JSON.stringify(content);
  const [modeBefore, modeAfter] = [status === "added" ? "000000" : "100644", "100644"];
  const after = text === null ? "000000" : modeAfter;
  return { path, status, modeBefore, modeAfter: after, text, size: text?.length ?? null };
}

function signed(document: TrustRoot, signers: readonly Signer[]): readonly Change[] {
  const signatures = {
    ...{ apiVersion: "countersign/v1", kind: "TrustRootSignatures" },
    ...{ payloadType: trustRootPayloadType, signatures: signaturesOver(document, signers) },
  };
  return [change(documentPath, document, "modified"), change(signaturesFile, signatures, "added")];
}

function decided(changes: readonly Change[], given: Given = {}) {
  const decision = decide(
    buildSnapshot({
      ...{ author: "dave", commits: [{ authors: ["dave"] }] },
      ...{ reviews: [{ by: "erin" }, { by: "nora" }], changes, governance },
      ledger: { trustRoots: [keys.trustRoot] },
      ...given,
    }),
    noon,
  );
  const reason = decision.findings.find(({ code }) => code === "SOD-POLICY")?.reason ?? "";
  return { verdict: decision.verdict, reason };
}

describe("a change of the trust root", () => {
  it("is approved when the root keys on record signed it and the administrators approved", () => {
    const { verdict, reason } = decided(signed(next, [keys.root, fresh]));
    expect([verdict, reason]).toEqual(["approved", "The governance it leads to has no error."]);
  });

  it("still needs the approvals of every change of governance", () => {
    const changes = signed(next, [keys.root, fresh]);
    expect(decided(changes, { reviews: [{ by: "erin" }] }).verdict).toBe("pending");
    expect(decided(changes, { reviews: [{ by: "bob" }, { by: "grace" }] }).verdict).toBe("pending");
  });

  it.each<[string, readonly Change[], string]>([
    ["no signatures", [change(documentPath, next, "modified")], "trust-root-too-few-signatures"],
    ["too few signatures", signed(next, [fresh]), "trust-root-too-few-signatures"],
    ["no proof of the new key", signed(next, [keys.root]), "trust-root-key-unproved"],
    ["the gate's signature", signed(next, [keys.decision]), "trust-root-signer-unfit"],
    [
      "signatures over another document",
      [
        change(documentPath, { ...next, description: "another" }, "modified"),
        ...signed(next, [keys.root, fresh]).slice(1),
      ],
      "trust-root-signature-invalid",
    ],
    [
      "a version that is skipped",
      signed({ ...next, version: 3 }, [keys.root, fresh]),
      "trust-root-version-skipped",
    ],
    [
      "signatures alone",
      signed(keys.trustRoot, [keys.root]).slice(1),
      "trust-root-version-skipped",
    ],
  ])("with %s is denied with a sentence", (_, changes, code) => {
    const { verdict, reason } = decided(changes);
    expect(verdict).toBe("denied");
    expect(reason).toContain(`(${code})`);
    expect(reason).toContain("countersign trust-root sign");
  });

  it("is denied when the ledger shows no trust root that it could follow, or a newer one", () => {
    const changes = signed(next, [keys.root, fresh]);
    const none = decided(changes, { ledger: { trustRoots: [] } });
    expect(none.reason).toContain("(trust-root-missing)");
    const newer = decided(changes, { ledger: { trustRoots: [keys.trustRoot, next] } });
    expect([newer.verdict, newer.reason]).toEqual([
      "denied",
      expect.stringContaining("(trust-root-version-skipped)"),
    ]);
  });

  it("is denied when a file is gone or no JSON", () => {
    const gone = decided([{ ...change(documentPath, null, "removed"), modeAfter: "000000" }]);
    expect([gone.verdict, gone.reason]).toEqual([
      "denied",
      expect.stringContaining("trust-root.json:1:1"),
    ]);
    const [document, signatures] = signed(next, [keys.root, fresh]);
    if (document === undefined || signatures === undefined) throw new Error("not two changes");
    const comment = { ...signatures, text: `# by hand\n${signatures.text ?? ""}` };
    expect(decided([document, comment]).reason).toContain("trust-root.signatures.json:1:1");
  });
});
