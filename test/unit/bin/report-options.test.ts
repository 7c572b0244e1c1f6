import { describe, expect, it } from "vitest";
import { periodFrom, reportOptions } from "../../../src/bin/report-options.ts";

const root = `sha256:${"a".repeat(64)}`;
const now = "2026-11-21T10:00:00Z";
const given = (...args: readonly string[]) =>
  reportOptions(["--root", root, "--now", now, ...args]);

describe("the options of a report", () => {
  it("are the whole record up to now, as HTML on stdout, when nothing is said", () => {
    expect(given()).toMatchObject({
      ...{ clone: { repo: ".", root }, from: null, to: "2026-11-21T10:00:00.000Z" },
      ...{ format: "html", out: null },
    });
  });

  it("take a date as the whole day", () => {
    expect(given("--from", "2026-10-01", "--to", "2026-10-31")).toMatchObject({
      from: "2026-10-01T00:00:00.000Z",
      to: "2026-11-01T00:00:00.000Z",
    });
    expect(given("--from", "2026-10-01", "--to", "2026-10-01")).toMatchObject({
      from: "2026-10-01T00:00:00.000Z",
      to: "2026-10-02T00:00:00.000Z",
    });
  });

  it("take an instant as it is, and report nothing that is to come", () => {
    const from = "2026-11-20T12:30:00Z";
    expect(given("--from", from, "--to", "2026-12-31")).toMatchObject({
      from: "2026-11-20T12:30:00.000Z",
      to: "2026-11-21T10:00:00.000Z",
    });
  });

  it.each([
    [["--from", "2026-11-02", "--to", "2026-11-01"], "--from must be before --to"],
    [["--from", now, "--to", now], "--from must be before --to"],
    [["--from", "2026-11-22", "--to", "2026-11-30"], "--from is not before --now"],
    [["--from", "2026-11-22"], "--from"],
    [["--from", "2026-02-30"], "--from must be a date such as"],
    [["--from", ""], "--from must be a date such as"],
    [["--to", "yesterday"], "--to must be a date such as"],
    [["--to", "2026-11-01T00:00:00+02:00"], "--to must be a date such as"],
    [["--format", "pdf"], "--format must be html, csv or json"],
    [["--format", "csv", "--json"], "--format must be html, csv or json"],
    [["--out", ""], "--out must name a file"],
    [["--since", "2026-11-01"], "Unknown option '--since'"],
    [["--root", "sha256:abc"], "--root must be the hash"],
    [["--now", "soon"], "--now must be an instant"],
  ])("%j says what to write instead", (args, said) => {
    const options = given(...args);
    expect(typeof options === "string" ? options : "").toContain(said);
  });

  it("read --json as the format", () => {
    expect(given("--json")).toMatchObject({ format: "json" });
    expect(given("--format", "csv")).toMatchObject({ format: "csv" });
  });
});

describe("a period without a beginning", () => {
  const to = "2026-11-21T10:00:00.000Z";
  it("begins with the first entry, and is empty when that comes later or there is none", () => {
    const first = "2026-11-01T00:00:00.000Z";
    expect(periodFrom({ from: null, to }, first)).toEqual({ from: first, to });
    expect(periodFrom({ from: null, to }, "2026-11-22T00:00:00.000Z")).toEqual({ from: to, to });
    expect(periodFrom({ from: null, to }, null)).toEqual({ from: to, to });
  });
});
