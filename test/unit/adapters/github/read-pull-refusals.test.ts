import { describe, expect, it } from "vitest";
import { ForgeRefused } from "../../../../src/ports/forge-reader.ts";
import { acme, team, typedError, user } from "../../../support/forge/graphql-world.ts";
import { readerOf } from "../../../support/forge/graphql-reader.ts";

describe("readPull, when GitHub does not show everything", () => {
  it("takes NOT_FOUND of a team for no such team", async () => {
    const gone = () => {
      throw typedError("NOT_FOUND", "Could not resolve to a Team");
    };
    const risk = () => team("risk", [user(1003, "carol")]);
    const { reader } = readerOf(
      acme({
        teams: new Map([
          ["gone", gone],
          ["risk", risk],
        ]),
      }),
    );
    const { teams, missing } = await reader.readPull(7, ["gone", "risk"]);
    expect(teams).toMatchObject([
      { slug: "gone", members: null },
      { slug: "risk", members: [{ id: 1003 }] },
    ]);
    expect(missing).toEqual([]);
  });

  it.each(["FORBIDDEN", "INTERNAL", undefined])("refuses a team error of type %s", async (type) => {
    const failing = () => {
      throw type === undefined ? new Error("boom") : typedError(type, "boom");
    };
    const { reader } = readerOf(acme({ teams: new Map([["risk", failing]]) }));
    await expect(reader.readPull(7, ["risk"])).rejects.toThrow(ForgeRefused);
  });

  it("refuses NOT_FOUND inside a team: a team without its members is not no team", async () => {
    const members = () => {
      throw typedError("NOT_FOUND", "Could not resolve to a node");
    };
    const { reader } = readerOf(
      acme({ teams: new Map([["risk", () => ({ slug: "risk", members })]]) }),
    );
    await expect(reader.readPull(7, ["risk"])).rejects.toThrow(ForgeRefused);
  });

  it("refuses partial data: an error anywhere else is never used silently", async () => {
    const reviews = () => {
      throw typedError("NOT_FOUND", "Could not resolve to a node");
    };
    const { reader } = readerOf(acme({ pull: { reviews } }));
    await expect(reader.readPull(7, [])).rejects.toThrow(ForgeRefused);
  });

  it("knows no teams on a personal account", async () => {
    const repository = { owner: { __typename: "User", login: "acme" } };
    const { reader } = readerOf(acme({ repository, teams: null }));
    const { teams, missing } = await reader.readPull(7, ["risk"]);
    expect(teams).toEqual([{ slug: "risk", members: null }]);
    expect(missing).toEqual([]);
  });

  it("names the teams of an organisation that GitHub hides", async () => {
    const { reader } = readerOf(acme({ teams: null }));
    const { missing } = await reader.readPull(7, ["risk"]);
    expect(missing.map(({ fact }) => fact)).toEqual(["team risk"]);
  });

  it.each([
    ["a pull request that is not there", acme({ pull: null }), 404],
    ["a governed branch that is not there", acme({ repository: { ref: null } }), 404],
    ["a repository that is not there", { ...acme(), repository: null }, 404],
    ["a repository without id", acme({ repository: { databaseId: null } }), 200],
  ])("refuses %s", async (_name, root, status) => {
    const refused = readerOf(root).reader.readPull(7, []);
    await expect(refused).rejects.toMatchObject({ name: "ForgeRefused", status });
  });
});
