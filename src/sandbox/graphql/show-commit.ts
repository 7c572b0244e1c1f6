import { accountOfEmail } from "../world/account-of-email.ts";
import { coAuthors, needCommit, readCommit } from "../git/read-commit.ts";
import { readEntry } from "../git/read-tree.ts";
import { webUrl } from "../render/repository.ts";
import { nodeId } from "../world/node-id.ts";
import { accountNodeId } from "../render/user.ts";
import { connection } from "./connection.ts";
import { graphqlRefusal } from "./graphql-refusal.ts";
import { showAccount } from "./show-account.ts";
import { showEntry, showTree } from "./show-tree.ts";
import type { GitCommit } from "../git/read-commit.ts";
import type { World } from "../world/world.ts";
import type { PageArguments } from "./connection.ts";

/** Shows a commit by its oid; `null` when the repository does not have it. */
export async function showCommit(world: World, oid: string) {
  const commit = await readCommit(world.git, oid);
  return commit === null ? null : show(world, commit);
}

function show(world: World, commit: GitCommit) {
  const { oid, message } = commit;
  const [headline = "", ...rest] = message.trimEnd().split("\n");
  const author = showPerson(world, commit.author, commit.author.date);
  const others = coAuthors(message)
    .filter((one) => one.email.toLowerCase() !== commit.author.email.toLowerCase())
    .map((one) => showPerson(world, one, commit.author.date));
  return {
    __typename: "Commit",
    id: nodeId("C", oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    url: webUrl(world, `/commit/${oid}`),
    commitUrl: webUrl(world, `/commit/${oid}`),
    message: message.trimEnd(),
    messageHeadline: headline,
    messageBody: rest.join("\n").trim(),
    author,
    committer: showPerson(world, commit.committer, commit.committer.date),
    authors: (args: PageArguments) => connection("authors", args, [author, ...others]),
    authoredByCommitter: commit.author.email === commit.committer.email,
    committedViaWeb: world.forgeSigned.has(oid),
    authoredDate: commit.author.date,
    committedDate: commit.committer.date,
    signature: showSignature(world, commit),
    tree: () => showTree(world, commit.tree, ""),
    parents: async (args: PageArguments) => {
      const parents = await Promise.all(commit.parents.map((one) => needCommit(world.git, one)));
      const shown: readonly unknown[] = parents.map((one) => show(world, one));
      return connection("parents", args, shown);
    },
    file: async ({ path }: { readonly path: string }) => {
      const entry = await readEntry(world.git, oid, path);
      if (entry === null || path === "") {
        throw graphqlRefusal("NOT_FOUND", `Could not resolve file for path '${path}'.`);
      }
      return showEntry(world, path.split("/").slice(0, -1).join("/"), entry);
    },
  };
}

function showPerson(
  world: World,
  { name, email }: { readonly name: string; readonly email: string },
  date: string,
) {
  const account = accountOfEmail(world, email);
  // The field is of type User, whatever the account is; a bot keeps its `[bot]` here.
  const user =
    account === null
      ? null
      : { ...showAccount(world, account), login: account.login, id: accountNodeId(account) };
  return { name, email, date, user };
}

function showSignature(world: World, commit: GitCommit) {
  const signed = world.forgeSigned.get(commit.oid);
  if (signed === undefined) return null;
  return {
    __typename: "GpgSignature",
    isValid: true,
    wasSignedByGitHub: true,
    state: "VALID",
    email: "noreply@github.com",
    keyId: world.forgeKey.fingerprint.slice(-16),
    payload: signed.payload,
    signature: signed.signature,
    signer: null,
    verifiedAt: commit.committer.date,
  };
}
