import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { providerFacts, providerNames } from "../../../../src/core/model/providers.ts";

describe("kinds of targets", () => {
  it("are the same in the schema as in the facts about them", async () => {
    const schema = JSON.parse(
      await readFile(new URL("../../../../schemas/target.schema.json", import.meta.url), "utf8"),
    ) as { properties: { spec: { properties: { provider: { enum: string[] } } } } };
    expect(schema.properties.spec.properties.provider.enum).toEqual(providerNames);
    expect(Object.keys(providerFacts)).toEqual(providerNames);
  });

  it("never claim that sessions end at once where nothing ends them and something has them", () => {
    const zero = Object.values(providerFacts).filter(
      ({ residualSeconds }) => residualSeconds === 0,
    );
    expect(zero.map(({ title }) => title)).toEqual([
      "PostgreSQL",
      "GitHub team",
      "GitHub repository",
    ]);
  });
});
