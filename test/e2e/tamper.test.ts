import { beforeAll, describe, expect, it } from "vitest";
import { recordedLife } from "../support/tamper/recorded-life.ts";
import type { RecordedLife } from "../support/tamper/recorded-life.ts";
import { tamperRows } from "../support/tamper/tamper-rows.ts";
import { tryRow } from "../support/tamper/try-row.ts";

let life: RecordedLife;
beforeAll(async () => {
  life = await recordedLife();
});

describe("a repository that was tampered with is given away by exactly one code", () => {
  it.each(tamperRows.filter(({ pending }) => pending === undefined))(
    "$name: $code",
    async (row) => {
      const { exitCode, codes } = await tryRow(row, life);
      const expected = row.code === null ? 0 : row.repository === undefined ? 1 : 2;
      expect([exitCode, ...codes]).toEqual(row.code === null ? [expected] : [expected, row.code]);
    },
  );
});
