import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchAnswers } from "../../../../src/adapters/git/batch-answers.ts";

const oid = "c".repeat(40);

function answers(chunks: readonly Buffer[]): (string | null)[] {
  const found: (string | null)[] = [];
  const accept = batchAnswers((object) => found.push(object?.bytes.toString("latin1") ?? null));
  chunks.forEach(accept);
  return found;
}

describe("batchAnswers", () => {
  const bodies = ["", "one\n", `${oid} blob 3\nabc\n`, "\0\n\n"];
  const output = Buffer.from(
    bodies.map((body) => `${oid} blob ${body.length}\n${body}\n`).join(`${oid} missing\n`),
  );

  it("cuts the same objects out of any chunks, whatever is in them", () => {
    const wanted = ["", null, "one\n", null, `${oid} blob 3\nabc\n`, null, "\0\n\n"];
    fc.assert(
      fc.property(fc.array(fc.nat(output.length), { maxLength: 20 }), (cuts) => {
        const ends = [...cuts.sort((x, y) => x - y), output.length];
        const chunks = ends.map((end, index) => output.subarray(ends[index - 1] ?? 0, end));
        expect(answers(chunks)).toEqual(wanted);
      }),
    );
  });

  it("throws on a line that is no answer", () => {
    expect(() => answers([Buffer.from("error: whatever\n")])).toThrow();
    expect(() => answers([Buffer.from(`${oid} blob many\n`)])).toThrow();
  });
});
