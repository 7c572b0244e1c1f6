import { describe, expect, test } from "vitest";
import { governedPath } from "../../../src/core/parse/governed-path.ts";
import { table } from "./example.ts";

interface Case {
  readonly path: string;
  readonly want: string;
}

describe("paths", () => {
  test.each(table("paths") as readonly Case[])("$want: $path", ({ path, want }) => {
    const place = governedPath(path);
    expect(place.area).toBe(want);
    if (place.area === "refused") {
      expect(place.reason).toMatch(/^The path .*\.$/);
      expect(place.fix).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("a request path gives target and name", () => {
    expect(governedPath("access-requests/payments-db/fix.the-batch.yaml")).toEqual({
      area: "request",
      target: "payments-db",
      name: "fix.the-batch",
    });
  });

  test("a path may be long, but not without end", () => {
    const parts = (count: number) => Array.from({ length: count }, () => "0123456789").join("/");
    expect(governedPath(parts(36)).area).toBe("ungoverned");
    expect(governedPath(parts(37)).area).toBe("refused");
  });
});
