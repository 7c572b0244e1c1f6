import { cpus } from "node:os";
import type { Parsed } from "../src/core/model/problem.ts";
import { parseGovernance } from "../src/core/parse/parse-governance.ts";
import { parseRequest } from "../src/core/parse/parse-request.ts";
import { maxGovernanceBytes, maxRequestBytes } from "../src/core/parse/strict-yaml.ts";
import { exampleFiles } from "../test/support/snapshot/example-files.ts";

const rounds = 5;
const halfMegabyte = 500_000;

/** Repeats a part until the text is as long as allowed. */
function filled(part: string, length: number, before = "", after = ""): string {
  const count = Math.floor((length - before.length - after.length) / part.length);
  return `${before}${part.repeat(count)}${after}`;
}

/** Numbers a line until the text is as long as allowed. */
function numbered(line: (index: number) => string, length: number, before = ""): string {
  const lines = [before];
  let total = before.length;
  for (let index = 0; total < length; index += 1) {
    const next = line(index);
    total += next.length;
    if (total <= length) lines.push(next);
  }
  return lines.join("");
}

function deeper(length: number): string {
  const lines: string[] = [];
  for (let depth = 0, total = 0; total < length - 2_000; depth += 1) {
    const line = `${" ".repeat(depth)}a:\n`;
    lines.push(line);
    total += line.length;
  }
  return lines.join("");
}

const bomb = (level: number) =>
  `a${level}: &a${level} [${"*a0, ".replace("0", `${level - 1}`).repeat(9)}]\n`;

/** Attacks, by the size of the file. */
const attacks: readonly (readonly [name: string, text: (length: number) => string])[] = [
  ["alias bomb", (length) => numbered((index) => bomb(index + 1), length, "a0: &a0 x\n")],
  ["merge keys", (length) => numbered((index) => `b${index}: { <<: { a: 1 } }\n`, length)],
  ["flow brackets, opened", (length) => filled("[", length)],
  [
    "flow brackets, opened and closed",
    (length) => filled("[", length / 2) + filled("]", length / 2),
  ],
  ["flow braces", (length) => filled("{a: ", length)],
  [
    "flow brackets 30 deep, again and again",
    (length) => filled(`- ${"[".repeat(30)}${"]".repeat(30)}\n`, length),
  ],
  ["an endless flow list", (length) => filled("a,", length, "[", "]")],
  ["an endless flow list, open", (length) => filled("a,", length, "[")],
  ["one giant plain scalar", (length) => filled("x", length)],
  ["one giant plain scalar of many lines", (length) => filled("x\n", length, "a: ")],
  ["one giant quoted scalar", (length) => filled("x", length, 'a: "', '"')],
  ["one giant quoted scalar, open", (length) => filled("x", length, 'a: "')],
  ["one giant quoted scalar of escapes", (length) => filled("\\u0041", length, 'a: "', '"')],
  ["one giant quoted scalar of lines", (length) => filled("x\n\n", length, "a: '", "'")],
  ["one giant block scalar", (length) => filled("  x\n", length, "a: |\n")],
  ["one giant folded scalar", (length) => filled("  x\n\n", length, "a: >\n")],
  ["one giant key", (length) => filled("x", length, "", ": 1")],
  ["one giant number", (length) => filled("9", length, "a: ")],
  ["one giant anchor", (length) => filled("x", length, "a: &")],
  ["duplicate keys", (length) => filled("a: 1\n", length)],
  ["duplicate keys, flow", (length) => filled("a: 1, ", length, "{", "}")],
  ["different keys", (length) => numbered((index) => `k${index}: 1\n`, length)],
  ["different keys, flow", (length) => `{${numbered((index) => `k${index}: 1, `, length - 2)}}`],
  ["keys without values", (length) => numbered((index) => `k${index}:\n`, length)],
  ["empty keys", (length) => filled(": \n", length)],
  ["explicit keys", (length) => filled("? ", length)],
  ["deep indentation", deeper],
  ["deep spaces", (length) => filled(" ", length, "a:\n", "b")],
  ["- - - -", (length) => filled("- ", length)],
  ["- - - - of 30, again and again", (length) => filled(`${"- ".repeat(30)}a\n`, length)],
  ["a list of nothing", (length) => filled("-\n", length)],
  ["comments only", (length) => filled("# x\n", length)],
  ["empty comments", (length) => filled("#\n", length)],
  ["comments between keys", (length) => numbered((index) => `k${index}: 1 # x\n# y\n`, length)],
  ["empty lines", (length) => filled("\n", length)],
  ["empty lines in a map", (length) => filled("\n", length, "a: 1\n", "b: 2\n")],
  ["documents", (length) => filled("---\n", length)],
  ["documents, ended", (length) => filled("...\n", length)],
  ["directives", (length) => filled("%YAML 1.2\n", length)],
  ["tags", (length) => filled("- !!str x\n", length)],
  ["anchors", (length) => numbered((index) => `- &a${index} x\n`, length)],
  ["aliases", (length) => filled("- *a\n", length)],
  ["tabs", (length) => filled("\t", length, "a: ")],
  ["colons", (length) => filled(":", length)],
  ["a: b: c", (length) => filled("a: ", length)],
  ["commas", (length) => filled(",", length, "[", "]")],
  ["quotes", (length) => filled("'", length)],
  ["double quotes", (length) => filled('"', length)],
  ["backslashes", (length) => filled("\\", length, 'a: "', '"')],
  ["carriage returns", (length) => filled("\r", length)],
  ["zero bytes", (length) => filled("\0", length)],
  ["combining characters", (length) => filled("\u0301", length / 2, "a: x")],
  ["combining characters, unordered", (length) => filled("\u0301\u0323", length / 2, "a: x")],
  ["half characters", (length) => filled("\ud800", length / 2, "a: ")],
  // The same, thinned out so far that the number of parts is just allowed.
  ["duplicate keys, thin", (length) => filled("a: 1      \n", length)],
  ["different keys, thin", (length) => numbered((index) => `k${index}:   1\n`, length)],
  ["commas, thin", (length) => filled(",  ", length, "[", "]")],
  ["an endless flow list, thin", (length) => filled("a,   ", length, "[", "]")],
  ["brackets, thin", (length) => filled("[]    ,", length, "[", "]")],
  ["one giant plain scalar, thin", (length) => filled("xxxx\n", length, "a: ")],
  ["- - - - of 30, thin", (length) => filled(`${"-  ".repeat(30)}a\n`, length)],
  ["double quotes, thin", (length) => filled('""   ', length)],
  ["empty keys, thin", (length) => filled(":    \n", length)],
  ["comments, thin", (length) => filled("#xx\n", length)],
  ["smileys", (length) => filled("\u{1F600}", length / 2, "a: ")],
];

/** The best of some rounds: noise only ever slows it down. */
function milliseconds(parse: () => Parsed<unknown>): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    if (parse().ok) throw new Error("A hostile file was accepted.");
    return performance.now() - start;
  });
  return Math.min(...times);
}

let unseen = 0;

/** A path of its own for each, because what a text at a path reads as is remembered. */
function asRequest(text: string): number {
  return milliseconds(() =>
    parseRequest(`access-requests/payments-db/r${(unseen += 1)}.yaml`, text),
  );
}

function asGovernance(text: string): number {
  const hostile = exampleFiles.map((file) =>
    file.path === "governance/people.yaml" ? { ...file, text } : file,
  );
  return milliseconds(() => parseGovernance(hostile));
}

const sizes = [halfMegabyte, maxRequestBytes, halfMegabyte, maxGovernanceBytes] as const;
const parsers = [asRequest, asRequest, asGovernance, asGovernance] as const;

console.log(
  `${cpus()[0]?.model ?? "unknown CPU"}, node ${process.version}, one core; ms until the refusal`,
);
const titles = ["request, 500 kB", "request, 16 KiB", "governance, 500 kB", "governance, 256 KiB"];
console.log(`${"".padEnd(44)}${titles.map((title) => title.padStart(20)).join("")}`);
let worst = 0;
for (const [name, text] of attacks) {
  const times = parsers.map((parse, index) => parse(text(Number(sizes[index]))));
  worst = Math.max(worst, ...times);
  console.log(`${name.padEnd(44)}${times.map((time) => time.toFixed(2).padStart(20)).join("")}`);
}
console.log(`the worst of all: ${worst.toFixed(1)} ms`);
