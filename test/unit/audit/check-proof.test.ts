import { beforeAll, describe, expect, it } from "vitest";
import { checkProof } from "../../../src/audit/check-proof.ts";
import type { ProofLine } from "../../../src/audit/check-proof.ts";
import type { RequestProof } from "../../../src/audit/request-proof.ts";
import type { Decision } from "../../../src/core/model/decision.ts";
import type { EntryDraft } from "../../../src/core/model/entry.ts";
import type { Signer } from "../../../src/ports/signer.ts";
import { bundledLife } from "../../support/ledger/bundled-life.ts";
import type { BundledLife } from "../../support/ledger/bundled-life.ts";
import { digestOf } from "../../support/ledger/drafts.ts";
import { rotatedTo, signaturesOver, trustRootDraft } from "../../support/ledger/rotation.ts";
import { forged } from "../../support/ledger/tamper.ts";

let given: BundledLife;
beforeAll(async () => {
  given = await bundledLife();
});

function says(status: ProofLine["status"], lines: readonly ProofLine[]): readonly string[] {
  return lines.filter((line) => line.status === status).map((line) => line.says);
}

/** Checks the bundle without some of its entries, by their places in it. */
function without(...places: readonly number[]): readonly ProofLine[] {
  const envelopes = given.proof.envelopes.filter((_, place) => !places.includes(place));
  return checkProof({ ...given.proof, envelopes }, given.root);
}

/** Changes what the gate recorded as its decision on the request; its key signs it. */
function decidingOtherwise(change: (decision: Decision) => Partial<Decision>) {
  const rewrite = (draft: EntryDraft): readonly EntryDraft[] => {
    if (draft.type !== "decision" || draft.result.decision.pull !== 7) return [draft];
    const { decision } = draft.result;
    return [{ ...draft, result: { decision: { ...decision, ...change(decision) } } }];
  };
  return bundledLife({ rewrite, until: "merged" });
}

async function failuresOf(bundle: Promise<BundledLife>): Promise<readonly string[]> {
  const { proof, root } = await bundle;
  return says("failed", checkProof(proof, root));
}

describe("a merge in a bundle", () => {
  it("is refused when the decision it rests on did not approve", async () => {
    expect(await failuresOf(decidingOtherwise(() => ({ verdict: "denied" })))).toContain(
      "The merge of #7 rests on a decision that is denied, on #7.",
    );
  });

  it("is refused when the decision it rests on is about another pull request", async () => {
    expect(await failuresOf(decidingOtherwise(() => ({ pull: 9 })))).toContain(
      "The merge of #7 rests on a decision that is approved, on #9.",
    );
  });

  it("is refused when the decision it rests on is about another request", async () => {
    const renamed = decidingOtherwise(({ request }) => ({
      request: request === null ? null : { ...request, name: "2026-11-21-mallory" },
    }));
    expect(await failuresOf(renamed)).toContain(
      "The merge rests on a decision about 2026-11-21-mallory.",
    );
  });

  it("is refused when the decision it rests on could not read the request", async () => {
    expect(await failuresOf(decidingOtherwise(() => ({ request: null })))).toContain(
      "It leaves out the merge, or the decision that the merge rests on.",
    );
  });

  it("is refused without the decision it rests on, also where an earlier one is shown", async () => {
    const refused = "It leaves out the merge, or the decision that the merge rests on.";
    const rewrite = (draft: EntryDraft): readonly EntryDraft[] =>
      draft.type === "decision" && draft.result.decision.pull === 7
        ? [{ ...draft, idempotencyKey: "decision:7:before" }, draft]
        : [draft];
    const { proof, root } = await bundledLife({ rewrite, until: "merged" });
    expect(says("failed", checkProof(proof, root))).toEqual([]);
    for (const places of [[5], [4, 5]]) {
      const envelopes = proof.envelopes.filter((_, place) => !places.includes(place));
      expect(says("failed", checkProof({ ...proof, envelopes }, root))).toEqual([refused]);
    }
  });
});

describe("what a bundle leaves out", () => {
  it("is refused where an approval counted that nothing shows to have been recorded", () => {
    expect(says("failed", without(2))).toEqual([
      expect.stringMatching(
        /^approval-not-observed, audit\/decisions entry 4: expected an earlier/u,
      ),
    ]);
  });

  it("is refused where a grant shows neither its decision nor its merge", () => {
    expect(says("failed", without(4))).toContainEqual(
      expect.stringMatching(/^grant-without-decision, audit\/executions entry 0: /u),
    );
    expect(says("failed", without(5))).toContainEqual(
      expect.stringMatching(/^grant-without-merge, audit\/executions entry 0: /u),
    );
  });

  it("is refused where a grant does not show the intent that it followed", () => {
    expect(says("failed", without(8))).toEqual([
      expect.stringMatching(/^grant-without-intent, audit\/executions entry 1: /u),
    ]);
  });

  it("is refused where nothing of it asks for the request", () => {
    expect(checkProof({ ...given.proof, request: "2026-11-21-mallory" }, given.root)).toEqual([
      {
        status: "failed",
        says: "None of its entries asks for anything under the name 2026-11-21-mallory.",
      },
    ]);
  });

  it("is named by the numbers of what is there, and not called whole", () => {
    const lines = without(6, 9, 10);
    expect(says("failed", lines)).toEqual([]);
    expect(says("not-proved", lines)).toEqual(
      expect.arrayContaining([
        "What lies between: of audit/decisions there are only the entries 0–5, 7, which stand by themselves.",
        "What lies between: of audit/executions there are only the entries 0, 3, which stand by themselves.",
      ]),
    );
  });

  it("is said of a ledger of which nothing is shown", async () => {
    const { proof, root } = await bundledLife({ until: "decided" });
    const lines = checkProof(proof, root);
    expect(says("not-proved", lines)).toContain(
      "Anything of audit/executions: no entry of it is shown.",
    );
    expect(says("proved", lines).join()).not.toContain("entries of audit/executions");
  });
});

describe("a decision in a bundle", () => {
  it("is refused when deciding again on its snapshot gives another", async () => {
    const bundle = bundledLife({
      until: "decided",
      rewrite: (draft) =>
        draft.type === "decision"
          ? [{ ...draft, result: { decision: { ...draft.result.decision, verdict: "denied" } } }]
          : [draft],
    });
    expect(await failuresOf(bundle)).toEqual([
      expect.stringMatching(/audit\/decisions entry 4: expected .*; found .*\.$/u),
    ]);
  });
});

describe("a later trust root in a bundle", () => {
  it("is proved to come from the one before it", () => {
    const { keys } = given.life;
    const trustRoot = rotatedTo(keys.trustRoot, {});
    const rotation = (signers: readonly Signer[]): RequestProof => {
      const { bytes } = forged(
        trustRootDraft(trustRoot, signaturesOver(trustRoot, signers)),
        {
          seq: 9,
          prev: digestOf("8"),
          prevBySigner: null,
          observedPeer: { seq: 3, digest: digestOf("7") },
          at: "2026-11-22T10:00:00.000Z",
        },
        [keys.decision],
        "r",
      );
      const envelopes = given.proof.envelopes.toSpliced(8, Infinity, bytes ?? "");
      return { ...given.proof, envelopes };
    };
    const lines = checkProof(rotation([keys.root]), given.root);
    expect(says("failed", lines)).toEqual([]);
    expect(says("proved", lines)).toContain(
      "Version 2 of it is signed by the root keys of the one before.",
    );
    expect(says("proved", lines).join()).not.toContain("Version 1 of it");
    expect(says("failed", checkProof(rotation([keys.decision]), given.root))).toEqual([
      expect.stringContaining("is neither a root key"),
    ]);
  });
});
