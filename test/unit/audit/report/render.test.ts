import { beforeAll, describe, expect, it } from "vitest";
import { aboutEntry } from "../../../../src/audit/finding.ts";
import type { AuditFinding } from "../../../../src/audit/audit-report.ts";
import { buildReport } from "../../../../src/audit/report/build-report.ts";
import type { PeriodReport } from "../../../../src/audit/report/model.ts";
import { renderCsv } from "../../../../src/audit/report/render-csv.ts";
import { renderHtml } from "../../../../src/audit/report/render-html.ts";
import { renderJson } from "../../../../src/audit/report/render-json.ts";
import { visibleText } from "../../../../src/audit/report/visible-text.ts";
import { hostileReport, hostileTexts } from "../../../support/life/hostile-report.ts";
import { reportedLife } from "../../../support/life/reported-life.ts";

let whole: PeriodReport;
beforeAll(async () => {
  const { report, view, began, now } = await reportedLife();
  whole = buildReport(report, view, { from: began, to: now });
});

/** Every cell of a line that has only quoted texts, numbers and nothing. */
function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/gu)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "",
  );
}

describe("what cannot be seen", () => {
  it.each([
    ["\u202Eevil", "[U+202E]evil"],
    ["a\u0000b\u001b[31m", "a[U+0000]b[U+001B][31m"],
    ["two\r\nlines\u2028three", "two[U+000D][U+000A]lines[U+2028]three"],
    ["al\u200Bice\u00ADx\uFE0F", "al[U+200B]ice[U+00AD]x[U+FE0F]"],
    ["no\u00A0break\u3000", "no[U+00A0]break[U+3000]"],
    ["half \uD800", "half [U+D800]"],
    ["\u{E0041}tag", "[U+E0041]tag"],
    ["plain – Zoë 日本 🙂", "plain – Zoë 日本 🙂"],
  ])("%j is written out", (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });
});

describe("the page", () => {
  it("has no element, attribute or entity of what people wrote", () => {
    const plain = renderHtml(hostileReport(whole, "harmless"));
    const tagsOf = (html: string) =>
      html.match(/<[^>]*>/gu)?.map((tag) => tag.replace(/"[^"]*"/gu, ""));
    for (const text of hostileTexts) {
      const html = renderHtml(hostileReport(whole, text));
      expect(tagsOf(html)).toEqual(tagsOf(plain));
      expect(html.replaceAll("\n", "")).not.toMatch(/[\p{C}\u2028\u2029]/u);
    }
  });

  it("shows what people wrote as it was written", () => {
    const html = renderHtml(hostileReport(whole, `<img src=x onerror="alert('1')"> & more`));
    expect(html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more");
  });

  it("loads nothing, runs nothing, and forbids both", () => {
    const html = renderHtml(whole);
    expect(html).toMatch(
      /Content-Security-Policy" content="default-src &#39;none&#39;; style-src/u,
    );
    expect(html).not.toMatch(
      /<(?:script|link|img|iframe|object|form)\b|\s(?:src|style|on[a-z]+)=|url\(|@import/u,
    );
    expect(html.match(/href="[^"]*"/gu)?.every((link) => link.startsWith('href="#'))).toBe(true);
  });

  it("shows findings before anything else", () => {
    const finding: AuditFinding = {
      code: "grant-without-decision",
      severity: "violation",
      branch: "audit/executions",
      ...{ seq: 3, commit: "c".repeat(40), pull: 7, file: null },
      ...{ expected: "a decision", actual: "none", command: "git show" },
      ...{ names: [], lacks: null, consequences: [] },
    };
    const html = renderHtml({ ...whole, findings: [finding] });
    expect(html).toContain("Not verified: 1 finding.");
    expect(html).not.toContain("Verified: no finding");
    expect(html.indexOf("grant-without-decision")).toBeLessThan(html.indexOf("Requests by state"));
  });

  it("shows what follows from a finding, as far down as it goes", () => {
    const deepest = { ...whole, findings: [] };
    const place = { branch: "audit/executions", seq: 3, commit: "c".repeat(40) } as const;
    const about = (code: string, consequences: readonly AuditFinding[]): AuditFinding => ({
      ...aboutEntry(place, { code, expected: "a", actual: "b" }),
      consequences,
    });
    const fault = about("key-retired", [about("direct-push", [about("grant-too-late", [])])]);
    const html = renderHtml({ ...deepest, findings: [fault] });
    for (const code of ["key-retired", "direct-push", "grant-too-late"])
      expect(html).toContain(code);
    expect(html).toContain("Not verified: 1 finding, and 2 more that follow from them.");
  });

  it("says of each part that there is nothing, where there is nothing", async () => {
    const { report, view } = await reportedLife();
    const at = "2026-01-01T00:00:00.000Z";
    const html = renderHtml(buildReport(report, view, { from: at, to: at }));
    for (const said of [
      "No request in this period.",
      "Time to revoke: nothing to measure in this period.",
      "No break-glass access in this period.",
      "No conflict of duties was accepted in this period.",
      "Nothing was rerouted in this period.",
      "No command was refused in this period.",
      "Nobody approved in return for an approval in this period.",
      "No violation in this period, and none open from before.",
    ]) {
      expect(html).toContain(said);
    }
    expect(html).not.toMatch(/NaN|Infinity|undefined/u);
  });
});

describe("the table", () => {
  it("has one row a request under one line of names", () => {
    const lines = renderCsv(whole).split("\r\n");
    expect(lines.at(-1)).toBe("");
    expect(lines).toHaveLength(whole.requests.length + 2);
    const [names = "", first = ""] = lines;
    const row = new Map(cellsOf(names).map((name, at) => [name, cellsOf(first)[at]]));
    expect(Object.fromEntries(row)).toMatchObject({
      ...{
        request: "life-7",
        pull: "7",
        state: "ended",
        approvals: "bob as approver | carol as control",
      },
      ...{ seconds_to_approve: "60", gone_at: "2026-11-21T14:01:30.000Z", seconds_to_revoke: "30" },
    });
  });

  it.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(1)", "'@SUM(1)"],
    ["\t=1", "'[U+0009]=1"],
    ["\r=1", "'[U+000D]=1"],
    ["\n=1", "'[U+000A]=1"],
    ["  =1", "'  =1"],
    ["＝1", "'＝1"],
    ["a;=1+1", "a;'=1+1"],
    ['say "=1"', 'say "=1"'],
    ["a=1, b", "a=1, b"],
  ])("%j begins no formula", (text, written) => {
    const [, row = ""] = renderCsv(hostileReport(whole, text)).split("\r\n");
    expect(cellsOf(row)[0]).toBe(written);
  });
});

describe("the JSON", () => {
  it("is the report itself, whatever people wrote, and shows nothing that cannot be seen", () => {
    for (const text of hostileTexts) {
      const report = hostileReport(whole, text);
      const json = renderJson(report);
      expect(JSON.parse(json)).toEqual(report);
      expect(json.replaceAll("\n", "")).not.toMatch(/[\p{C}\u2028\u2029]/u);
    }
  });
});
