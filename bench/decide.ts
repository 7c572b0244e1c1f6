import { cpus } from "node:os";
import { openCase } from "../src/core/evaluate/case.ts";
import { decide } from "../src/core/decide/decide.ts";
import type { Snapshot } from "../src/core/model/snapshot.ts";
import { parseGovernance } from "../src/core/parse/parse-governance.ts";
import { parseRequest } from "../src/core/parse/parse-request.ts";
import { buildSnapshot, noon } from "../test/support/snapshot/build-snapshot.ts";
import type { GivenReview } from "../test/support/snapshot/build-snapshot.ts";
import { exampleFiles } from "../test/support/snapshot/example-files.ts";

const roundSeconds = 1;
const rounds = 5;

/** So few that parsing remembers them all, and so many that it has forgotten each when its turn comes. */
const known: readonly Snapshot[] = Array.from({ length: 32 }, (_, number) => busy(number));
const unknown: readonly Snapshot[] = Array.from({ length: 512 }, (_, number) => busy(number));

/** A privileged request after a long discussion: 20 commits, 30 reviews, approved by bob and carol. */
function busy(number: number): Snapshot {
  const talkers = [
    "bob",
    "heidi",
    "carol",
    "judy",
    "dave",
    "erin",
    "frank",
    "ivan",
    "nora",
    "lena",
  ];
  const states = ["COMMENTED", "APPROVED", "DISMISSED"] as const;
  const talk = Array.from({ length: 28 }, (_, index): GivenReview => {
    return {
      by: talkers[index % talkers.length] ?? "bob",
      state: states[index % 3] ?? "COMMENTED",
    };
  });
  const commits = Array.from({ length: 20 }, (_, index) => ({
    oid: index === 19 ? "a".repeat(40) : String(index + 10).repeat(20),
    authors: [index % 4 === 0 ? "alice-admin" : "alice"],
  }));
  return buildSnapshot({
    commits,
    reviews: [...talk, { by: "bob" }, { by: "carol" }],
    spec: { reason: `Fix the stuck settlement batch number ${number}` },
  });
}

/** Measures how often a task runs in a second, the best of some rounds: noise only ever slows it down. */
function perSecond(snapshots: readonly Snapshot[], task: (snapshot: Snapshot) => unknown): number {
  const rates = Array.from({ length: rounds }, () => {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < roundSeconds * 1000) {
      for (const snapshot of snapshots) task(snapshot);
      count += snapshots.length;
    }
    return (count / (performance.now() - start)) * 1000;
  });
  return Math.max(...rates);
}

function row(name: string, rate: number): string {
  const perDecision = (1_000_000 / rate).toFixed(1).padStart(10);
  return `${name.padEnd(52)}${Math.round(rate).toLocaleString("en").padStart(10)}${perDecision}`;
}

const wrong = known
  .map((snapshot) => decide(snapshot, noon))
  .find(({ verdict }) => verdict !== "approved");
if (wrong !== undefined)
  throw new Error(`A request of the bench is ${wrong.verdict}, not approved.`);

/** As a decision gets it: read anew, so that nothing but equal content can be recognised. */
const decideNow = (snapshot: Snapshot) =>
  decide(
    {
      ...snapshot,
      teams: snapshot.teams.map((team) => ({ ...team })),
      governance: { ...snapshot.governance, files: [...snapshot.governance.files] },
    },
    noon,
  );
const openNow = (snapshot: Snapshot) => openCase(snapshot, noon);
const parse = ({ pull: { changes } }: Snapshot) =>
  changes.map(({ path, text }) => parseRequest(path, text ?? ""));

console.log(`${cpus()[0]?.model ?? "unknown CPU"}, node ${process.version}, one core`);
console.log("a privileged request with 30 reviews and 20 commits, approved");
console.log(`${"".padEnd(52)}${"per second".padStart(10)}${"µs".padStart(10)}`);
console.log(row("decide a request seen before", perSecond(known, decideNow)));
console.log(row("  of it opening the case: all that is parsed", perSecond(known, openNow)));
console.log(row("decide a request never seen", perSecond(unknown, decideNow)));
console.log(row("  of it opening the case: all that is parsed", perSecond(unknown, openNow)));
console.log(row("    of it parsing the request", perSecond(unknown, parse)));
console.log(
  row(
    "parse governance never seen (remembered, too)",
    perSecond(known, () => parseGovernance(exampleFiles)),
  ),
);
