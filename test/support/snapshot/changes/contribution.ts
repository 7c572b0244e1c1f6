import type { Account } from "../../../../src/core/model/account.ts";
import type { Snapshot } from "../../../../src/core/model/snapshot.ts";
import type { Draw } from "../draw.ts";
import { replaced, withPull } from "./change.ts";

/** Lets somebody have contributed in one of the ways there are: the fewest of them, so that nothing else gives them away. */
export function contribution(snapshot: Snapshot, draw: Draw, account: Account | null): Snapshot {
  const { pull } = snapshot;
  const by = { name: "Another", email: "another@body.example", account };
  const known = { name: "Author", email: "author@body.example", account: pull.author };
  const commit = {
    oid: "1".repeat(40),
    parents: [pull.mergeBase],
    authors: [known],
    committer: known,
    signedByForge: false,
    touchesGoverned: true,
  };
  const push = {
    before: null,
    after: draw.from([pull.headOid, "2".repeat(40), null]),
    at: "2026-11-21T08:10:00Z",
    actor: account,
    touchesGoverned: true,
  };
  switch (draw.from(["wrote", "committed", "co-wrote", "co-wrote the head", "pushed", "opened"])) {
    case "wrote":
      return withPull(snapshot, { commits: [...pull.commits, { ...commit, authors: [by] }] });
    case "committed":
      return withPull(snapshot, { commits: [...pull.commits, { ...commit, committer: by }] });
    case "co-wrote":
      return withPull(snapshot, {
        commits: [...pull.commits, { ...commit, authors: [known, by] }],
      });
    case "co-wrote the head": {
      const chosen = draw.one(pull.commits.filter(({ touchesGoverned }) => touchesGoverned));
      const commits = replaced(pull.commits, chosen, (one) => ({
        ...one,
        authors: [...one.authors, by],
      }));
      return withPull(snapshot, { commits });
    }
    case "pushed":
      return withPull(snapshot, { pushes: [...pull.pushes, push] });
    case "opened":
      return withPull(snapshot, { author: account });
  }
}
