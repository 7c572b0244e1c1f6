import type { CommitPerson, MissingFact } from "../../core/model/snapshot.ts";
import type { ForgeCommit } from "../../ports/forge-reader.ts";
import { accountOfUser } from "./accounts.ts";
import type { CommitAnswer, GitActorAnswer, PullCommitAnswer } from "./pull-answer.ts";
import type { ReadFact } from "./read-fact.ts";

/** Reads commits with their people. A commit whose people are not all there is named in `missing`. */
export function readCommits(nodes: readonly PullCommitAnswer[]): ReadFact<readonly ForgeCommit[]> {
  const value = nodes.map(({ commit }) => commitOf(commit));
  const missing = nodes.flatMap(({ commit }) => lackOf(commit));
  return { value, missing };
}

function commitOf(commit: CommitAnswer): ForgeCommit {
  const { signature } = commit;
  return {
    oid: commit.oid,
    authors: people(commit).map(personOf),
    committer: personOf(commit.committer ?? nobody),
    signedByForge: signature !== null && signature.isValid && signature.wasSignedByGitHub,
  };
}

function lackOf(commit: CommitAnswer): readonly MissingFact[] {
  const fact = `commit ${commit.oid}`;
  const read = people(commit).length;
  const lacks: MissingFact[] = [];
  if (read !== commit.authors.totalCount || read === 0) {
    const reason = `GitHub counts ${commit.authors.totalCount} authors and ${read} could be read`;
    lacks.push({ fact, reason });
  }
  if (commit.committer === null) lacks.push({ fact, reason: "GitHub names no committer" });
  return lacks;
}

const nobody: GitActorAnswer = { name: null, email: null, user: null };

function people(commit: CommitAnswer): readonly GitActorAnswer[] {
  return (commit.authors.nodes ?? []).filter((node) => node !== null);
}

function personOf(actor: GitActorAnswer): CommitPerson {
  return {
    name: actor.name ?? "",
    email: actor.email ?? "",
    account: accountOfUser(actor.user),
  };
}
