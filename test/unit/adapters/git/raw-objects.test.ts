import { describe, expect, it } from "vitest";
import { parseCommit, parseTree } from "../../../../src/adapters/git/raw-objects.ts";

const a = "a".repeat(40);
const b = "b".repeat(40);

describe("parseCommit", () => {
  it("takes parents from where git puts them and from nowhere else", () => {
    const text = `tree ${a}\nparent ${a}\nparent ${b}\nauthor x\nparent ${a}\ngpgsig y\n parent ${b}\n\nparent ${a}\n`;
    expect(parseCommit(Buffer.from(text))).toEqual({
      tree: a,
      parents: [a, b],
      message: `parent ${a}\n`,
    });
  });

  it("reads a commit without a message", () => {
    expect(parseCommit(Buffer.from(`tree ${a}\nauthor x\n`))?.message).toBe("");
  });

  it("refuses what does not begin with a tree", () => {
    expect(parseCommit(Buffer.from(`parent ${a}\ntree ${b}\n\n`))).toBeNull();
    expect(parseCommit(Buffer.alloc(0))).toBeNull();
  });
});

describe("parseTree", () => {
  const line = (mode: string, name: string, oid: string = a) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, "hex")]);
  const parse = (...lines: Buffer[]) => parseTree(Buffer.concat(lines), 20);

  it("reads names, modes and ids, and an empty tree", () => {
    expect(parse(line("40000", "d"), line("100644", "f", b))).toEqual([
      { name: "d", mode: "040000", oid: a },
      { name: "f", mode: "100644", oid: b },
    ]);
    expect(parse()).toEqual([]);
  });

  it("keeps an odd mode odd, where git would show 100644", () => {
    expect(parse(line("100664", "f"))?.[0]?.mode).toBe("100664");
  });

  it("refuses a name that stands twice", () => {
    expect(parse(line("100644", "f", a), line("100644", "f", b))).toBeNull();
  });

  it.each(["", ".", "..", "a/b"])("refuses %j as a name", (name) => {
    expect(parse(line("100644", name))).toBeNull();
  });

  it("refuses what is cut off or no tree at all", () => {
    const whole = line("100644", "f");
    for (let end = 1; end < whole.length; end += 1) {
      expect(parse(whole.subarray(0, end))).toBeNull();
    }
    expect(parse(line("mode", "f"))).toBeNull();
  });
});
