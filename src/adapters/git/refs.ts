import type { GitClient } from "./git-client.ts";
import { isOid } from "./oid.ts";

/** Reads one ref by its full name; `null` when there is none. Throws when it is there and unreadable. */
export async function readRef(client: GitClient, ref: string): Promise<string | null> {
  const answer = await client.run(["for-each-ref", "--format=%(refname) %(objectname)", ref]);
  // for-each-ref takes the name as a pattern as well: only the exact one counts.
  const lines = answer.stdout.toString("utf8").split("\n");
  const oid = lines.find((line) => line.startsWith(`${ref} `))?.slice(ref.length + 1);
  if (oid !== undefined && isOid(oid)) return oid;
  if (answer.code === 0 && answer.stderr === "") return null;
  throw new Error(`git could not read ${ref}: ${answer.stderr}`);
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
