import { graphql } from "graphql";
import { createHash } from "node:crypto";
import { githubGraphqlSchema } from "../github/graphql-schema.ts";
import type { FakeReply, SeenRequest } from "./strict-fetch.ts";

/** The root value of GitHub's schema: plain objects, and functions where a field takes arguments. */
export type GraphqlRoot = Readonly<Record<string, unknown>>;

/** Executes a request's query against GitHub's published schema, as HTTP 200 with errors in its form. */
export async function answerGraphql(root: GraphqlRoot, request: SeenRequest): Promise<FakeReply> {
  const { query, variables } = request.body as { query: string; variables?: object };
  const result = await graphql({
    schema: githubGraphqlSchema(),
    source: query,
    rootValue: root,
    variableValues: { ...variables },
  });
  const errors = result.errors?.map((error) => ({
    message: error.message,
    path: error.path,
    ...(typeof error.extensions["type"] === "string" ? { type: error.extensions["type"] } : {}),
  }));
  return { body: { data: result.data, ...(errors === undefined ? {} : { errors }) } };
}

/** Makes an error that GitHub would answer with a `type`. */
export function typedError(type: string, message: string): Error {
  return Object.assign(new Error(message), { extensions: { type } });
}

/** Serves a list as a connection: pages of `first`, cursors that are positions. */
export function connection(items: readonly unknown[], totalCount = items.length) {
  return ({ first, after }: { first: number; after?: string }) => {
    const start = after === undefined ? 0 : Number(after);
    const end = Math.min(start + first, items.length);
    return {
      totalCount,
      pageInfo: { hasNextPage: end < items.length, endCursor: String(end) },
      nodes: items.slice(start, end),
    };
  };
}

export function user(id: number, login: string) {
  return { __typename: "User", databaseId: id, login };
}

export function bot(id: number, login: string) {
  return { __typename: "Bot", databaseId: id, login };
}

/** A file's tree entry with the oid that git gives its text. */
export function file(name: string, text: string, over: object = {}) {
  const bytes = Buffer.from(text);
  const oid = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  const object = blobOf(oid, text, bytes.length, over);
  return { name, mode: 0o100644, type: "blob", oid, object };
}

export function folder(name: string, entries: readonly unknown[]) {
  const object = { __typename: "Tree", entries };
  return { name, mode: 0o040000, type: "tree", oid: "f".repeat(40), object };
}

function blobOf(oid: string, text: string, byteSize: number, over: object) {
  return {
    ...{ __typename: "Blob", oid, text, byteSize, isBinary: false, isTruncated: false },
    ...over,
  };
}

export function review(id: number, author: unknown, over: object = {}) {
  return {
    fullDatabaseId: String(id),
    state: "APPROVED",
    submittedAt: "2026-11-21T08:00:00Z",
    commit: { oid: headOid },
    author,
    ...over,
  };
}

export function commit(oid: string, author: unknown, over: object = {}) {
  const person = { name: "Alice", email: "alice@acme.test", user: author };
  return {
    commit: {
      oid,
      authors: () => ({ totalCount: 1, nodes: [person] }),
      committer: person,
      signature: null,
      ...over,
    },
  };
}

export const headOid = "a".repeat(40);
export const tipOid = "b".repeat(40);
export const alice = user(1001, "alice");

export interface WorldParts {
  readonly repository?: object;
  readonly pull?: object | null;
  readonly governance?: readonly unknown[] | null;
  /** By slug; a function may throw a typed error. `null`: a personal account. */
  readonly teams?: ReadonlyMap<string, () => unknown> | null;
}

/** Builds `acme/access` with pull request 7 by alice; each part can be replaced. */
export function acme(parts: WorldParts = {}): GraphqlRoot {
  const repository = {
    databaseId: 700001,
    name: "access",
    owner: { __typename: "Organization", login: "acme" },
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      qualifiedName === "refs/heads/main" ? { target: tip(parts) } : null,
    pullRequest: ({ number }: { number: number }) => {
      if (number === 7 && parts.pull !== null) return { ...pullSeven(), ...parts.pull };
      throw typedError(
        "NOT_FOUND",
        `Could not resolve to a PullRequest with the number of ${number}.`,
      );
    },
    ...parts.repository,
  };
  return {
    repository,
    organization: () => {
      const { teams = new Map<string, () => unknown>() } = parts;
      if (teams !== null) {
        return { team: ({ slug }: { slug: string }) => teams.get(slug)?.() ?? null };
      }
      throw typedError(
        "NOT_FOUND",
        "Could not resolve to an Organization with the login of 'acme'.",
      );
    },
  };
}

export function team(slug: string, members: readonly unknown[]) {
  return { slug, members: connection(members) };
}

function tip(parts: WorldParts) {
  const entries =
    parts.governance === undefined ? [file("ROLES", "[approver]\n")] : parts.governance;
  const tree = { type: "tree", object: { __typename: "Tree", entries } };
  return { __typename: "Commit", oid: tipOid, file: () => (entries === null ? null : tree) };
}

function pullSeven() {
  return {
    ...{ id: "PR_7", number: 7, state: "OPEN", isDraft: false, isCrossRepository: false },
    ...{ createdAt: "2026-11-21T07:00:00Z", mergedAt: null, mergeCommit: null, author: alice },
    ...{ baseRefName: "main", headRefName: "alice/settlement", headRefOid: headOid },
    reviews: connection([]),
    commits: connection([commit(headOid, alice)]),
    files: connection([{ path: "access-requests/payments-db/x.yaml" }]),
    timelineItems: connection([]),
  };
}
