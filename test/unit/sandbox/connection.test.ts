import fc from "fast-check";
import { expect, test } from "vitest";
import { connection, type Connection } from "../../../src/sandbox/graphql/connection.ts";

test("gives every item exactly once, page after page, from either end", () => {
  const lists = fc.array(fc.integer(), { maxLength: 40 });
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 100 }), (all, size) => {
      const seen: number[] = [];
      let after: string | null = null;
      for (let more = true; more;) {
        const page: Connection<number> = connection("items", { first: size, after }, all);
        seen.push(...page.nodes);
        more = page.pageInfo.hasNextPage;
        after = page.pageInfo.endCursor;
      }
      expect(seen).toEqual(all);
      expect(connection("items", { last: size }, all).nodes).toEqual(all.slice(-size));
    }),
  );
});

test.each([[{}], [{ first: 101 }], [{ first: -1 }], [{ first: 5, after: "nonsense" }]])(
  "refuses %j",
  (args) => {
    expect(() => connection("items", args, [1, 2])).toThrow();
  },
);
