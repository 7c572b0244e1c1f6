import { describe, expect, it } from "vitest";
import { readPages, requireSameHead } from "../../../../src/adapters/github/read-pages.ts";
import { ForgeUnavailable } from "../../../../src/ports/forge-reader.ts";

function page(
  nodes: readonly (number | null)[],
  totalCount: number,
  endCursor: string | null,
  more: boolean,
) {
  return { totalCount, nodes, pageInfo: { hasNextPage: more, endCursor } };
}

describe("readPages", () => {
  it("reads one page without asking again", async () => {
    const read = await readPages(page([1, 2], 2, "2", false), () =>
      Promise.reject(new Error("asked")),
    );
    expect(read).toEqual({ items: [1, 2], lacking: null });
  });

  it("reads on with the cursor of each page", async () => {
    const asked: string[] = [];
    const read = await readPages(page([1], 3, "one", true), (after) => {
      asked.push(after);
      return Promise.resolve(
        after === "one" ? page([2], 3, "two", true) : page([3], 3, null, false),
      );
    });
    expect(read).toEqual({ items: [1, 2, 3], lacking: null });
    expect(asked).toEqual(["one", "two"]);
  });

  it.each([
    ["fewer items than GitHub counts", page([1], 2, "1", false)],
    ["more items than GitHub counts", page([1, 2], 1, "2", false)],
    ["a hole in the page", page([1, null], 2, "2", false)],
    ["a further page without a cursor", page([1], 2, null, true)],
    ["no answer", null],
    ["a total that is no number", page([1], Number.NaN, "1", false)],
  ])("says that %s is not complete", async (_name, first) => {
    const read = await readPages(first, () => Promise.resolve(null));
    expect(read.lacking).not.toBeNull();
  });

  it("gives up a list that never ends", async () => {
    const read = await readPages(page([1], 1, "x", true), () =>
      Promise.resolve(page([1], 1, "x", true)),
    );
    expect(read.lacking).toBe("there are more than 50 pages");
  });

  it("says that a vanished further page is not complete", async () => {
    const read = await readPages(page([1], 1, "x", true), () => Promise.resolve(null));
    expect(read.lacking).toBe("GitHub did not answer the list");
  });
});

describe("requireSameHead", () => {
  it("passes the same head and stops at another", () => {
    requireSameHead("a", "a");
    expect(() => requireSameHead("a", "b")).toThrow(ForgeUnavailable);
  });
});
