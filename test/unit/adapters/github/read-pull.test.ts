import { describe, expect, it } from "vitest";
import { ForgeUnavailable } from "../../../../src/ports/forge-reader.ts";
import {
  acme,
  alice,
  bot,
  commit,
  connection,
  file,
  headOid,
  review,
  team,
  tipOid,
  user,
} from "../../../support/forge/graphql-world.ts";
import { readerOf } from "../../../support/forge/graphql-reader.ts";

const bob = user(1002, "bob");
const nobody = { name: "Alice", email: "alice@acme.test", user: null };
const many = Array.from({ length: 101 }, (_, index) => index + 1);

describe("readPull", () => {
  it("reads everything in one request", async () => {
    const payments = team("payments-owners", [bob, user(1008, "heidi")]);
    const root = acme({
      governance: [file("ROLES", "[approver]\n")],
      teams: new Map([["payments-owners", () => payments]]),
      pull: {
        reviews: connection([review(11, bob)]),
        timelineItems: connection([
          { __typename: "ClosedEvent", createdAt: "2026-11-21T09:00:00Z", actor: null },
          {
            __typename: "HeadRefForcePushedEvent",
            createdAt: "2026-11-21T08:30:00Z",
            actor: alice,
          },
        ]),
      },
    });
    const { reader, server } = readerOf(root);
    const read = await reader.readPull(7, ["payments-owners", "nobody-knows"]);
    expect(server.requests).toHaveLength(1);
    expect(read).toMatchObject({
      repository: { id: 700001, owner: "acme", name: "access" },
      ...{ number: 7, nodeId: "PR_7", state: "open", draft: false, crossRepository: false },
      author: { id: 1001, login: "alice", type: "User" },
      ...{
        baseRef: "main",
        headRef: "alice/settlement",
        headOid,
        mergedAt: null,
        mergeCommit: null,
      },
      paths: ["access-requests/payments-db/x.yaml"],
      reviews: [{ id: 11, state: "APPROVED", commit: headOid, author: { id: 1002 } }],
      events: [
        { kind: "force-pushed", at: "2026-11-21T08:30:00Z", actor: { id: 1001 } },
        { kind: "closed", at: "2026-11-21T09:00:00Z", actor: null },
      ],
      governance: { tip: tipOid, files: [{ path: "governance/ROLES", mode: "100644" }] },
      teams: [
        { slug: "payments-owners", members: [{ id: 1002, login: "bob" }, { id: 1008 }] },
        { slug: "nobody-knows", members: null },
      ],
      missing: [],
    });
  });

  it("sends a hostile team name as a variable only", async () => {
    const hostile = 'x") { id } } mutation { deleteRef(input: {refId: "1"}) { clientMutationId';
    const { reader, server } = readerOf(acme());
    const read = await reader.readPull(7, [hostile]);
    expect(read.teams).toEqual([{ slug: hostile, members: null }]);
    const body = server.requests[0]?.body as { query: string };
    expect(body.query).not.toContain("deleteRef");
  });

  it("reads 101 of everything completely", async () => {
    const members = many.map((n) => user(n, `member-${n}`));
    const oids = many.map((n) => n.toString(16).padStart(40, "0"));
    const events = many.map((n) => ({
      __typename: "ReopenedEvent",
      createdAt: new Date(Date.UTC(2026, 10, 21, 0, 0, n)).toISOString(),
      actor: alice,
    }));
    const { reader } = readerOf(
      acme({
        teams: new Map([["everybody", () => team("everybody", members)]]),
        pull: {
          reviews: connection(many.map((n) => review(n, bob))),
          commits: connection(oids.map((oid) => commit(oid, alice))),
          files: connection(many.map((n) => ({ path: `access-requests/payments-db/${n}.yaml` }))),
          timelineItems: connection(events),
        },
      }),
    );
    const read = await reader.readPull(7, ["everybody"]);
    expect(read.missing).toEqual([]);
    expect(read.reviews.map(({ id }) => id)).toEqual(many);
    expect(read.commits.map(({ oid }) => oid)).toEqual(oids);
    expect(read.paths.at(-1)).toBe("access-requests/payments-db/101.yaml");
    expect(read.events).toHaveLength(101);
    expect(read.teams[0]?.members?.map(({ id }) => id)).toEqual(many);
  });

  it.each(["reviews", "commits", "files", "timelineItems"])(
    "names %s that GitHub counts but does not show",
    async (list) => {
      const { reader } = readerOf(acme({ pull: { [list]: connection([], 1) } }));
      const { missing } = await reader.readPull(7, []);
      const fact = list === "timelineItems" ? "timeline" : list;
      expect(missing).toEqual([{ fact, reason: "GitHub counts 1 and 0 could be read" }]);
    },
  );

  it("stops when the head moves between two pages", async () => {
    let asked = 0;
    const root = acme({
      pull: {
        headRefOid: () => (asked++ === 0 ? headOid : "c".repeat(40)),
        reviews: connection(many.map((n) => review(n, bob))),
      },
    });
    await expect(readerOf(root).reader.readPull(7, [])).rejects.toThrow(ForgeUnavailable);
  });

  it("leaves pending reviews out, keeps ghosts without account, and joins the suffix of bots", async () => {
    const { reader } = readerOf(
      acme({
        pull: {
          author: bot(900001, "countersign-gate"),
          reviews: connection([
            review(1, bob, { state: "PENDING", submittedAt: null }),
            review(2, null, { commit: null }),
          ]),
        },
      }),
    );
    const read = await reader.readPull(7, []);
    expect(read.author).toEqual({ id: 900001, login: "countersign-gate[bot]", type: "Bot" });
    expect(read.reviews).toMatchObject([{ id: 2, author: null, commit: null }]);
    expect(read.missing).toEqual([]);
  });

  it("names a review whose id is not exact", async () => {
    const odd = review(1, bob, { fullDatabaseId: "9007199254740993" });
    const { reader } = readerOf(acme({ pull: { reviews: connection([odd]) } }));
    const read = await reader.readPull(7, []);
    expect(read.reviews).toEqual([]);
    expect(read.missing.map(({ fact }) => fact)).toEqual(["reviews"]);
  });

  it("reads every author of a commit and believes only GitHub's own valid signature", async () => {
    const people = [
      { name: "Alice", email: "alice@acme.test", user: alice },
      { name: "Ivan", email: "ivan@acme.test", user: null },
    ];
    const authors = () => ({ totalCount: 2, nodes: people });
    const signature = (isValid: boolean, wasSignedByGitHub: boolean) => ({
      __typename: "GpgSignature",
      isValid,
      wasSignedByGitHub,
    });
    const { reader } = readerOf(
      acme({
        pull: {
          commits: connection([
            commit("1".repeat(40), alice, { authors, signature: signature(true, true) }),
            commit("2".repeat(40), alice, { signature: signature(true, false) }),
            commit("3".repeat(40), alice, { signature: signature(false, true) }),
          ]),
        },
      }),
    );
    const read = await reader.readPull(7, []);
    expect(read.commits.map(({ signedByForge }) => signedByForge)).toEqual([true, false, false]);
    expect(read.commits[0]?.authors).toEqual([
      {
        name: "Alice",
        email: "alice@acme.test",
        account: { id: 1001, login: "alice", type: "User" },
      },
      { name: "Ivan", email: "ivan@acme.test", account: null },
    ]);
  });

  it.each([
    ["more authors than are shown", { authors: () => ({ totalCount: 51, nodes: [nobody] }) }],
    ["no author at all", { authors: () => ({ totalCount: 0, nodes: [] }) }],
    ["no committer", { committer: null }],
  ])("names a commit with %s", async (_name, over) => {
    const { reader } = readerOf(
      acme({ pull: { commits: connection([commit(headOid, alice, over)]) } }),
    );
    const { missing } = await reader.readPull(7, []);
    expect(missing.map(({ fact }) => fact)).toEqual([`commit ${headOid}`]);
  });
});
