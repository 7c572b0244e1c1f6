import { describe, expect, it } from "vitest";
import { epochMs } from "../../../../src/core/parse/epoch-ms.ts";

describe("epochMs", () => {
  it("reads an instant, and the same again", () => {
    expect(epochMs("2026-11-21T09:00:00Z")).toBe(Date.UTC(2026, 10, 21, 9));
    expect(epochMs("2026-11-21T09:00:00Z")).toBe(Date.UTC(2026, 10, 21, 9));
  });

  it("reads what is no instant as not a number, also when it is remembered", () => {
    expect(epochMs("soon")).toBeNaN();
    expect(epochMs("soon")).toBeNaN();
  });

  it("goes on when it has seen more instants than it remembers", () => {
    const seconds = Array.from({ length: 5_000 }, (_, at) => new Date(at * 1000).toISOString());
    expect(seconds.map(epochMs)).toEqual(seconds.map((_, at) => at * 1000));
    expect(epochMs("1970-01-01T00:00:00.000Z")).toBe(0);
  });
});
