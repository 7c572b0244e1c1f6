import { describe, expect, it } from "vitest";
import {
  parseCommit,
  parseCommitSignature,
  parseTree,
} from "../../../../src/adapters/git/raw-objects.ts";

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

describe("parseCommitSignature", () => {
  const take = (text: string, header: "gpgsig" | "gpgsig-sha256" = "gpgsig") => {
    const found = parseCommitSignature(Buffer.from(text, "latin1"), header);
    return found === null
      ? null
      : [Buffer.from(found.signedBytes).toString("latin1"), found.signature];
  };
  const head = `tree ${a}\nparent ${b}\nauthor x\ncommitter y`;

  it("takes out the header with its continuation lines, and no other byte", () => {
    const rest = "\n\nTitle \xff\n\ngpgsig z\n more\n";
    expect(take(`${head}\ngpgsig one\n two\n \n  three${rest}`)).toEqual([
      `${head}${rest}`,
      "one\ntwo\n\n three\n",
    ]);
    expect(take(`${head}\ngpgsig one\nencoding e\n kept${rest}`)).toEqual([
      `${head}\nencoding e\n kept${rest}`,
      "one\n",
    ]);
  });

  it("keeps to the signature of the repository's object format, and signs none of the others'", () => {
    const both = `${head}\ngpgsig one\n two\ngpgsig-sha256 three\n four\n\nm`;
    expect(take(both)).toEqual([`${head}\n\nm`, "one\ntwo\n"]);
    expect(take(both, "gpgsig-sha256")).toEqual([`${head}\n\nm`, "three\nfour\n"]);
  });

  it("puts two of a kind together, as git does: what reads them finds two", () => {
    expect(take(`${head}\ngpgsig one\ngpgsig two\n\nm`)?.[1]).toBe("one\ntwo\n");
  });

  it("gives none without one, of what is no commit, and where it hides a parent", () => {
    expect(take(`${head}\n\ngpgsig x\n`)).toBeNull();
    expect(take(`${head}\ngpgsignature x\n\nm`)).toBeNull();
    expect(take(`${head}\ngpgsig x`)).toBeNull();
    expect(take("gpgsig x\n\nm")).toBeNull();
    expect(take(`tree ${a}\ngpgsig x\nparent ${b}\nauthor x\n\nm`)).toBeNull();
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
