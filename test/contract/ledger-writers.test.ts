import { expect, it } from "vitest";
import { temporaryFolder } from "../support/git/temporary-folder.ts";
import { raceWriters } from "../support/ledger/race-writers.ts";

// Ten each share pushes; three each, one after another, are in each other's way at every one.
it.each([
  ["all at once", 40],
  ["one after another", 12],
] as const)(
  "four writers of one branch lose and double nothing, %s",
  { timeout: 300_000 },
  async (each, appends) => {
    const folder = await temporaryFolder();
    const result = await raceWriters({ folder, appends, writers: 4, each });
    // The reader throws unless every signature and the whole chain verify.
    expect(result).toMatchObject({ lost: 0, doubled: 0, failed: 0, verified: appends + 1 });
    expect(result.latencyMilliseconds).toHaveLength(appends);
  },
);
