import { describe, expect, it } from "vitest";
import { acme, alice, commit, typedError, user } from "../../../support/forge/graphql-world.ts";
import { readerOf } from "../../../support/forge/graphql-reader.ts";

const bob = user(1002, "bob");

function oid(n: number): string {
  return n.toString(16).padStart(40, "a");
}

/** Serves these commits by oid, and nothing for every other. */
function having(...commits: readonly { readonly commit: { readonly oid: string } }[]) {
  const known = new Map(commits.map((one) => [one.commit.oid, one.commit]));
  const object = ({ oid: wanted }: { oid: string }) => {
    const found = known.get(wanted);
    return found === undefined ? null : { __typename: "Commit", ...found };
  };
  return readerOf(acme({ repository: { object } }));
}

describe("findCommits", () => {
  it("reads who wrote commits, in the order asked and each once", async () => {
    const { reader, server } = having(commit(oid(1), alice), commit(oid(2), bob));
    const found = await reader.commits([oid(2), oid(3), oid(1), oid(2)]);
    expect(found).toMatchObject([
      { oid: oid(2), committer: { account: { id: 1002 } }, signedByForge: false },
      { oid: oid(1), authors: [{ email: "alice@acme.test", account: { id: 1001 } }] },
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it("asks for fifty at a time, by variables only", async () => {
    const oids = Array.from({ length: 101 }, (_, index) => oid(index));
    const { reader, server } = having(...oids.map((each) => commit(each, alice)));
    expect((await reader.commits(oids)).map((one) => one.oid)).toEqual(oids);
    expect(server.requests).toHaveLength(3);
    const texts = server.requests.map(({ body }) => (body as { query: string }).query);
    expect(texts.filter((text) => text.includes(oid(0)))).toEqual([]);
  });

  it("asks for nothing that is no object id", async () => {
    const { reader, server } = having();
    expect(await reader.commits(["main", "", oid(1).slice(1), `${oid(1)}\n`])).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it.each([
    ["more authors than are shown", { authors: () => ({ totalCount: 51, nodes: [] }) }],
    ["no committer", { committer: null }],
    ["another oid", { oid: oid(9) }],
  ])("leaves out a commit with %s", async (_name, over) => {
    const { commit: odd } = commit(oid(1), alice, over);
    const object = (args: { oid: string }) =>
      args.oid === oid(1)
        ? { __typename: "Commit", ...odd }
        : { __typename: "Commit", ...commit(oid(2), bob).commit };
    const { reader } = readerOf(acme({ repository: { object } }));
    expect((await reader.commits([oid(1), oid(2)])).map((one) => one.oid)).toEqual([oid(2)]);
  });

  it("leaves out what is no commit, and what GitHub says is not found", async () => {
    const object = (args: { oid: string }) => {
      if (args.oid === oid(1)) return { __typename: "Blob", oid: oid(1) };
      throw typedError("NOT_FOUND", "Could not resolve to an object.");
    };
    const { reader } = readerOf(acme({ repository: { object } }));
    expect(await reader.commits([oid(1), oid(2)])).toEqual([]);
  });

  it("fails when GitHub refuses the question", async () => {
    const object = () => {
      throw typedError("FORBIDDEN", "Resource not accessible by integration");
    };
    const refused = readerOf(acme({ repository: { object } })).reader.commits([oid(1)]);
    await expect(refused).rejects.toMatchObject({ name: "ForgeRefused", status: 403 });
  });
});
