import { MirrorUnreachable } from "../../ports/mirror.ts";
import type { GitClient } from "./git-client.ts";
import type { GitRemote } from "./git-remote.ts";
import { isOid } from "./oid.ts";

/**
 * Brings commits by oid in one fetch, each to a ref of its own under `refs/countersign/heads/`, so that no
 * collection and no `fetch` takes them away again. One that the remote does not have makes git refuse the
 * whole fetch and name it: it is dropped and the rest asked for once more, a bounded number of times.
 */
export async function fetchCommits(
  client: GitClient,
  remote: GitRemote,
  oids: readonly string[],
  timeoutSeconds: number,
): Promise<void> {
  let wanted = await lacking(client, oids);
  for (let round = 0; round < mostRounds && wanted.length > 0; round += 1) {
    const refused = await fetchOnce(client, remote, wanted, timeoutSeconds);
    if (refused === null) return;
    wanted = wanted.filter((oid) => oid !== refused);
  }
}

const mostRounds = 50;

async function lacking(client: GitClient, oids: readonly string[]): Promise<readonly string[]> {
  const asked = [...new Set(oids)].filter(isOid);
  if (asked.length === 0) return [];
  const input = asked.map((oid) => `${oid}\n`).join("");
  const answer = await client.run(["cat-file", "--batch-check=%(objectname)"], input);
  const lines = answer.stdout.toString("latin1").split("\n");
  return asked.filter((oid, index) => lines[index] !== oid);
}

/** Returns the one oid that the remote refused, or `null` when all of them are here. */
async function fetchOnce(
  client: GitClient,
  remote: GitRemote,
  oids: readonly string[],
  timeoutSeconds: number,
): Promise<string | null> {
  const refspecs = oids.map((oid) => `+${oid}:refs/countersign/heads/${oid}`);
  const { code, stderr } = await client
    .online(remote, [...fetchCommand, remote.url, ...refspecs], timeoutSeconds)
    .catch((cause: unknown) => {
      throw new MirrorUnreachable("old heads could not be fetched", { cause });
    });
  if (code === 0) return null;
  const refused = oids.find((oid) => refusals.some((words) => stderr.includes(`${words} ${oid}`)));
  if (refused !== undefined) return refused;
  // Another fetch of the same commits may have been faster and hold the refs.
  if ((await lacking(client, oids)).length === 0) return null;
  throw new MirrorUnreachable(`old heads could not be fetched: ${stderr}`);
}

/** What git says of an object that the remote does not have, or does not give by oid. */
const refusals = ["not our ref", "unadvertised object"] as const;

const fetchCommand = [
  "fetch",
  "--quiet",
  "--force",
  "--no-tags",
  "--no-write-fetch-head",
  "--no-recurse-submodules",
];
