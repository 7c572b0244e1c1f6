import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = new URL("../../..", import.meta.url).pathname;
const guide = readFileSync(join(root, "docs/auditing.md"), "utf8");
const documented = [...guide.matchAll(/^\| `([a-z-]+)`/gmu)].map(([, code]) => code ?? "");

/** Every code that is written in the sources of the audit and of the chain. */
function codesInSources(): readonly string[] {
  const audit = readdirSync(join(root, "src/audit"), { recursive: true, encoding: "utf8" });
  const sources = audit
    .filter((name) => name.endsWith(".ts") && !name.startsWith("report"))
    .map((name) => readFileSync(join(root, "src/audit", name), "utf8"));
  const said = sources.flatMap((text) => [
    ...text.matchAll(/code: "([a-z-]+)"/gu),
    ...text.matchAll(/code: [^"\n]*\? "([a-z-]+)"/gu),
    ...text.matchAll(/code: [^"\n]*\? "[a-z-]+" : "([a-z-]+)"/gu),
  ]);
  const chain = readFileSync(join(root, "src/core/attest/chain-problem.ts"), "utf8");
  const problems = chain.matchAll(/^ {2}\| "([a-z-]+)"/gmu);
  return [...said, ...problems].map(([, code]) => code ?? "");
}

describe("the guide for auditors", () => {
  it("says of every code what it means, once", () => {
    expect(codesInSources().length).toBeGreaterThan(60);
    expect([...new Set(codesInSources())].filter((code) => !documented.includes(code))).toEqual([]);
    expect(documented.length).toBe(new Set(documented).size);
  });

  it("explains no code that nothing raises", () => {
    const everything = readdirSync(join(root, "src/audit"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(root, "src/audit", name), "utf8"))
      .join("\n");
    const known = new Set(codesInSources());
    const unknown = documented.filter(
      (code) => !known.has(code) && !everything.includes(`"${code}"`),
    );
    expect(unknown).toEqual([]);
  });
});
