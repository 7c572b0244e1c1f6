import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

/** Starts the Chromium of this machine, without a window. Fails when there is none, and says how to get it. */
export async function startBrowser(): Promise<Browser> {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const program = folders.map((folder) => join(folder, "chromium")).find(existsSync);
  if (program === undefined) {
    throw new Error("There is no chromium on the PATH: apt-get install -y chromium");
  }
  // Chromium refuses its own sandbox to root, who runs the tests in a container.
  return chromium.launch({ executablePath: program, chromiumSandbox: process.getuid?.() !== 0 });
}
