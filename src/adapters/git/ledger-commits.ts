import { randomUUID } from "node:crypto";
import type { NewEntry } from "../../ports/ledger-store.ts";
import type { GitClient } from "./git-client.ts";
import { entryFile } from "./ledger-reads.ts";

/** Who stands in ledger commits as author and committer. Shown to people; proves nothing. */
export interface CommitIdentity {
  readonly name: string;
  readonly email: string;
}

/**
 * Writes one commit an entry into the local object store, each on top of the one before, and returns their
 * oids. No branch moves: until they are pushed, the commits are nobody's.
 */
export async function writeLedgerCommits(
  client: GitClient,
  identity: CommitIdentity,
  parent: string | null,
  entries: readonly NewEntry[],
): Promise<readonly string[]> {
  const ref = `refs/countersign/staging/${randomUUID()}`;
  const stream = fastImportStream(ref, requireIdentity(identity), parent, entries);
  try {
    const answer = await client.run(
      ["fast-import", "--quiet", "--done", "--date-format=now"],
      stream,
    );
    const oids = answer.stdout.toString("latin1").split("\n").slice(0, -1);
    if (answer.code === 0 && oids.length === entries.length) return oids;
    throw new Error(`git fast-import could not write the entries: ${answer.stderr}`);
  } finally {
    await client.run(["update-ref", "-d", ref]);
  }
}

function fastImportStream(
  ref: string,
  { name, email }: CommitIdentity,
  parent: string | null,
  entries: readonly NewEntry[],
): Buffer {
  const parts: Buffer[] = [];
  const line = (text: string): void => void parts.push(Buffer.from(`${text}\n`));
  const counted = (text: string): void => {
    const bytes = Buffer.from(text);
    line(`data ${bytes.length}`);
    parts.push(bytes, Buffer.from("\n"));
  };
  entries.forEach(({ bytes, message }, index) => {
    line(`commit ${ref}`);
    line(`mark :${index + 1}`);
    line(`committer ${name} <${email}> now`);
    counted(message);
    if (index > 0) line(`from :${index}`);
    else if (parent !== null) line(`from ${parent}`);
    line("deleteall");
    line(`M 100644 inline ${entryFile}`);
    counted(bytes);
    line("");
    line(`get-mark :${index + 1}`);
  });
  line("done");
  return Buffer.concat(parts);
}

function requireIdentity(identity: CommitIdentity): CommitIdentity {
  if (/^[^<>\p{Cc}]+$/u.test(identity.name) && /^[^<>\s\p{Cc}]+$/u.test(identity.email))
    return identity;
  throw new RangeError("a commit identity has neither line breaks nor angle brackets");
}
