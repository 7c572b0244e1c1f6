import type { ForgeKey } from "../signing/forge-key.ts";

/** A commit that the forge made: the object, and what the API shows of its signature. */
export interface ForgeCommit extends ForgeSignature {
  readonly object: string;
}

/** A signature of the forge and the text that it is over. */
export interface ForgeSignature {
  readonly signature: string;
  readonly payload: string;
}

/** What a commit of the forge says. */
export interface CommitDraft {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string };
  readonly message: string;
  readonly at: Date;
}

/** Writes a commit object with the forge as committer and its signature as the last header. */
export function forgeCommit(key: ForgeKey, draft: CommitDraft): ForgeCommit {
  const { tree, parents, author, message, at } = draft;
  if (message.includes("\0")) throw new Error("A commit message cannot contain NUL.");
  const time = `${Math.floor(at.getTime() / 1000)} +0000`;
  const headers = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${author.name} <${author.email}> ${time}`,
    `committer GitHub <noreply@github.com> ${time}`,
  ].join("\n");
  const payload = `${headers}\n\n${message}`;
  const signature = key.sign(Buffer.from(payload), at);
  const folded = signature.trimEnd().split("\n").join("\n ");
  return { object: `${headers}\ngpgsig ${folded}\n \n\n${message}`, signature, payload };
}
