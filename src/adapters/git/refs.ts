import type { GitClient } from "./git-client.ts";
import { isOid } from "./oid.ts";

/** Reads one ref by its full name; `null` when there is none. Throws when it is there and unreadable. */
export async function readRef(client: GitClient, ref: string): Promise<string | null> {
  // for-each-ref takes the name as a pattern as well: only the exact one counts.
  return (await readRefs(client, ref)).get(ref) ?? null;
}

/** Reads every ref below a name that ends in `/`, or that one ref. Throws when one is there and unreadable. */
export async function readRefs(
  client: GitClient,
  below: string,
): Promise<ReadonlyMap<string, string>> {
  const answer = await client.run(["for-each-ref", "--format=%(refname) %(objectname)", below]);
  const lines = answer.stdout.toString("utf8").split("\n").slice(0, -1);
  const refs = lines.map((line): [string, string] => {
    const [name = "", oid = ""] = line.split(" ");
    return [name, oid];
  });
  if (answer.code === 0 && answer.stderr === "" && refs.every(([, oid]) => isOid(oid))) {
    return new Map(refs);
  }
  throw new Error(`git could not read ${below}: ${answer.stderr}`);
}

/**
 * Sets a ref if it still is `before` (`null`: if it does not exist yet). `moved`: somebody else, in this
 * folder, was faster.
 */
export async function moveRef(
  client: GitClient,
  ref: string,
  before: string | null,
  after: string,
): Promise<"set" | "moved"> {
  const old = before ?? "0".repeat(after.length);
  const answer = await client.run(["update-ref", "--no-deref", ref, after, old]);
  return answer.code === 0 ? "set" : "moved";
}
