import { describe, expect, it } from "vitest";
import { coalesced } from "../../../../src/adapters/git/coalesced.ts";

describe("coalesced", () => {
  it("shares one later run among all who ask while one is under way", async () => {
    const runs: PromiseWithResolvers<undefined>[] = [];
    const ask = coalesced(async () => {
      const run = Promise.withResolvers<undefined>();
      runs.push(run);
      await run.promise;
    });
    const first = ask();
    const [second, third] = [ask(), ask()];
    expect(runs).toHaveLength(1);
    runs[0]?.resolve(undefined);
    await first;
    const fourth = ask();
    await Promise.resolve();
    await Promise.resolve();
    expect(runs).toHaveLength(2);
    runs[1]?.resolve(undefined);
    await Promise.all([second, third, fourth]);
    expect(runs).toHaveLength(2);
  });

  it("tells a failure to those whose run it was and to nobody else", async () => {
    let run = 0;
    const ask = coalesced(async () => {
      run += 1;
      return run === 1 ? Promise.reject(new Error("first")) : Promise.resolve();
    });
    const [first, second] = [ask(), ask()];
    await expect(first).rejects.toThrow("first");
    await expect(second).resolves.toBeUndefined();
    await expect(ask()).resolves.toBeUndefined();
    expect(run).toBe(3);
  });
});
