import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { checkProof } from "../../../src/audit/check-proof.ts";
import type { ProofLine } from "../../../src/audit/check-proof.ts";
import { renderProof } from "../../../src/audit/render-proof.ts";
import { decodeProof, encodeProof } from "../../../src/audit/request-proof.ts";
import type { MergeObjects, RequestProof } from "../../../src/audit/request-proof.ts";
import { bundledLife, bundledRequest } from "../../support/ledger/bundled-life.ts";
import type { BundledLife } from "../../support/ledger/bundled-life.ts";
import { stableText } from "../../support/ledger/stable-text.ts";

function failures(lines: readonly ProofLine[]): readonly string[] {
  return lines.filter(({ status }) => status === "failed").map(({ says }) => says);
}

let given: BundledLife;
let merge: MergeObjects;
beforeAll(async () => {
  given = await bundledLife();
  if (given.proof.merge === null) throw new Error("it was merged");
  merge = given.proof.merge;
});

describe("a bundle", () => {
  it("proves line by line, and says what it does not prove", async () => {
    const decoded = decodeProof(encodeProof(given.proof));
    expect(decoded).toEqual({ ok: true, proof: given.proof });
    const text = renderProof(bundledRequest, checkProof(given.proof, given.root));
    await expect(stableText(text)).toMatchFileSnapshot("__snapshots__/proof.txt");
  });

  it("is refused with one byte changed anywhere", () => {
    const bytes = Buffer.from(encodeProof(given.proof));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = Buffer.from(bytes);
        other[at] = (other[at] ?? 0) ^ change;
        return !decodeProof(other.toString("utf8")).ok;
      }),
      { numRuns: 200 },
    );
  });

  it("proves nothing once a part was changed, also by who makes a new checksum", () => {
    const { proof, root } = given;
    const changed = (text: string, at: number, change: number): string => {
      const place = at % text.length;
      const code = text.charCodeAt(place) ^ change;
      return text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1);
    };
    const parts = proof.envelopes.length + 3 + merge.trees.length;
    fc.assert(
      fc.property(
        fc.nat(parts - 1),
        fc.nat(),
        fc.integer({ min: 1, max: 127 }),
        (part, at, change) => {
          const edit = (text: string, index: number): string =>
            index === part ? changed(text, at, change) : text;
          const count = proof.envelopes.length;
          const forged: RequestProof = {
            ...proof,
            envelopes: proof.envelopes.map(edit),
            request: edit(proof.request, count),
            merge: {
              commit: edit(merge.commit, count + 1),
              file: edit(merge.file, count + 2),
              trees: merge.trees.map((tree, index) => edit(tree, count + 3 + index)),
            },
          };
          return failures(checkProof(forged, root)).length > 0;
        },
      ),
      { numRuns: 200 },
    );
  });

  it("has one order, and nothing in it twice or left out that the rest names", () => {
    const { proof, root } = given;
    const [first = "", second = "", ...rest] = proof.envelopes;
    const others: readonly (readonly string[])[] = [
      [],
      [second, ...rest],
      [first, ...rest],
      [first, second, second, ...rest],
      [first, ...rest, second],
      [second, first, ...rest],
    ];
    for (const envelopes of others) {
      expect(failures(checkProof({ ...proof, envelopes }, root))).not.toEqual([]);
    }
    // The last of a ledger can be left out unseen, as the bundle says; whatever comes before leaves a gap or breaks a link.
    for (const left of proof.envelopes.slice(1, 7)) {
      const envelopes = proof.envelopes.filter((envelope) => envelope !== left);
      const lines = checkProof({ ...proof, envelopes }, root);
      const gap = lines.some(({ says }) => says.startsWith("What lies between"));
      expect(gap || failures(lines).length > 0).toBe(true);
    }
    expect(failures(checkProof({ ...proof, merge: null }, root))).toHaveLength(1);
  });

  it("is believed for the root that was brought, and for no other", () => {
    const other = `sha256:${"0".repeat(64)}`;
    expect(failures(checkProof(given.proof, other))[0]).toContain(
      `Expected the trust root ${other}`,
    );
  });

  it("fails where other bytes were merged, or a grant rests on nothing", async () => {
    const bytes = await bundledLife({ mergedText: "kind: AccessRequest\n" });
    expect(failures(checkProof(bytes.proof, bytes.root))[0]).toContain("The merged bytes are not");
    const head = await bundledLife({ mergedHead: "another" });
    expect(failures(checkProof(head.proof, head.root))[0]).toContain("does not merge the head");
    const unread = await bundledLife({
      rewrite: (draft) =>
        draft.type === "grant"
          ? [{ ...draft, result: { readBack: { ...draft.result.readBack, permissions: [] } } }]
          : [draft],
    });
    expect(failures(checkProof(unread.proof, unread.root))[0]).toContain("grant-not-read-back");
  });

  it("says that nothing lies between when it brings both ledgers whole", async () => {
    const { proof, root } = await bundledLife({}, "whole");
    const lines = checkProof(proof, root);
    expect(failures(lines)).toEqual([]);
    expect(lines.map(({ says }) => says)).toContain(
      "audit/decisions: entries 0 to 7 are all here, each naming the one before.",
    );
  });

  it("claims no merge for what was only decided", async () => {
    const { proof, root } = await bundledLife({ until: "decided" });
    expect(proof.merge).toBeNull();
    const lines = checkProof(proof, root);
    expect(failures(lines)).toEqual([]);
    expect(lines.some(({ says }) => says.includes("no merge is on record"))).toBe(true);
    expect(failures(checkProof({ ...proof, merge }, root))).toHaveLength(1);
  });
});

describe("a file that is no bundle", () => {
  it("is refused with what is wrong with it", () => {
    const text = encodeProof(given.proof);
    expect(decodeProof(text.slice(0, -20))).toMatchObject({ ok: false });
    expect(decodeProof(` ${text}`)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("canonical") as string,
    });
    expect(decodeProof('{"format":"countersign/request-proof/v2"}')).toMatchObject({
      ok: false,
      reason: expect.stringContaining("this version reads") as string,
    });
    for (const other of ["", "null", "[]", '{"format":"countersign/request-proof/v1"}']) {
      expect(decodeProof(other)).toMatchObject({ ok: false });
    }
  });
});
