import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildReport } from "../../src/audit/report/build-report.ts";
import type { PeriodReport } from "../../src/audit/report/model.ts";
import { renderHtml } from "../../src/audit/report/render-html.ts";
import { startBrowser } from "../support/browser.ts";
import { temporaryFolder } from "../support/git/temporary-folder.ts";
import { hostileReport, hostileTexts } from "../support/life/hostile-report.ts";
import { reportedLife } from "../support/life/reported-life.ts";

let browser: Browser;
let whole: PeriodReport;
beforeAll(async () => {
  browser = await startBrowser();
  const { report, view, began, now } = await reportedLife();
  whole = buildReport(report, view, { from: began, to: now });
});
afterAll(() => browser.close());

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A page as it was opened, with everything that it asked for or complained about. */
interface Opened {
  readonly page: Page;
  readonly requests: string[];
  readonly complaints: string[];
}

/** Opens a report as a file, as an auditor does, where nothing can be reached. */
async function open(report: PeriodReport, width = 1280): Promise<Opened> {
  const path = join(await temporaryFolder(), "report.html");
  await writeFile(path, renderHtml(report));
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const url = pathToFileURL(path).href;
  const [requests, complaints]: [string[], string[]] = [[], []];
  await page.route("**/*", (route) => {
    if (route.request().url() === url) return route.continue();
    requests.push(route.request().url());
    return route.abort();
  });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(url, { waitUntil: "load" });
  return { page, requests, complaints };
}

/** What axe-core finds wrong, by rule and place. */
async function barriers({ page }: Opened): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id} ${target.join(" ")}`),
  );
}

describe("the page of a report in a browser", () => {
  it.each([1280, 390])("asks for nothing and is accessible, %d pixels wide", async (width) => {
    const opened = await open(whole, width);
    expect([opened.requests, opened.complaints]).toEqual([[], []]);
    expect(await barriers(opened)).toEqual([]);
    const { page } = opened;
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(width);
    // The style was applied: the policy of the page names it by its hash.
    const font = await page.evaluate<string>("getComputedStyle(document.body).fontFamily");
    expect(font).toContain("system-ui");
    await page.close();
  });

  it("is accessible on paper, where nothing is cut off", async () => {
    const opened = await open(whole, 690);
    await opened.page.emulateMedia({ media: "print" });
    expect(await barriers(opened)).toEqual([]);
    const widest =
      "Math.max(...[...document.querySelectorAll('table, svg')].map((one) => one.getBoundingClientRect().right))";
    expect(await opened.page.evaluate<number>(widest)).toBeLessThanOrEqual(691);
    await opened.page.close();
  });

  it("runs and loads nothing of what people wrote, and stays accessible", async () => {
    for (const text of hostileTexts) {
      const opened = await open(hostileReport(whole, text));
      expect([text, opened.requests, opened.complaints]).toEqual([text, [], []]);
      expect(
        await opened.page.evaluate<number>("document.querySelectorAll('script, img').length"),
      ).toBe(0);
      await opened.page.close();
    }
    expect(await barriers(await open(hostileReport(whole, hostileTexts[1] ?? "")))).toEqual([]);
  });
});
