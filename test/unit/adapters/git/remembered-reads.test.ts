import { describe, expect, it } from "vitest";
import type { MirrorReads } from "../../../../src/adapters/git/mirror-reads.ts";
import { rememberedReads } from "../../../../src/adapters/git/remembered-reads.ts";

/** Reads that count what they are asked; everything beyond the three questions of the test fails. */
function countingReads(answers: { present: boolean; base: string | null }) {
  const asked: string[] = [];
  const refuse = () => Promise.reject(new Error("not asked in this test"));
  const reads: MirrorReads = {
    has: (oid) => {
      asked.push(`has ${oid}`);
      return Promise.resolve(answers.present);
    },
    mergeBase: (a, b) => {
      asked.push(`merge-base ${a} ${b}`);
      return answers.base === "broken" ? refuse() : Promise.resolve(answers.base);
    },
    ...{ isAncestor: refuse, changes: refuse, entry: refuse, list: refuse, blob: refuse },
    ...{ commitsBetween: refuse, firstParents: refuse, message: refuse, object: refuse },
    commitSignature: refuse,
  };
  return { asked, reads: rememberedReads(reads) };
}

describe("rememberedReads", () => {
  it("asks again while a commit is missing, and not any more once it was here", async () => {
    const answers = { present: false, base: null };
    const { asked, reads } = countingReads(answers);
    expect(await reads.has("a")).toBe(false);
    answers.present = true;
    expect(await reads.has("a")).toBe(true);
    answers.present = false;
    expect(await reads.has("a")).toBe(true);
    expect(asked).toEqual(["has a", "has a"]);
  });

  it("remembers an answer about two commits, also that there is none, and keeps their order apart", async () => {
    const { asked, reads } = countingReads({ present: true, base: null });
    expect(await reads.mergeBase("a", "b")).toBeNull();
    expect(await reads.mergeBase("a", "b")).toBeNull();
    expect(await reads.mergeBase("b", "a")).toBeNull();
    expect(asked).toEqual(["merge-base a b", "merge-base b a"]);
  });

  it("does not remember a failure", async () => {
    const answers = { present: true, base: "broken" };
    const { asked, reads } = countingReads(answers);
    await expect(reads.mergeBase("a", "b")).rejects.toThrow();
    answers.base = "c";
    expect(await reads.mergeBase("a", "b")).toBe("c");
    expect(asked).toHaveLength(2);
  });
});
