import type { Account } from "../../../../src/core/model/account.ts";
import { replaced, withPull } from "./change.ts";
import type { Change } from "./change.ts";
import { anybody } from "./review-changes.ts";

/** Somebody wrote, committed or pushed a part of it, or may have. */
export const contributors: readonly Change[] = [
  {
    name: "a commit",
    apply: (snapshot, draw) => {
      const by = as(draw.one(anybody));
      const commit = {
        oid: "1".repeat(40),
        parents: [snapshot.pull.mergeBase],
        authors: [by],
        committer: by,
        signedByForge: false,
        touchesGoverned: true,
      };
      return withPull(snapshot, { commits: [...snapshot.pull.commits, commit] });
    },
  },
  {
    name: "a co-author",
    apply: (snapshot, draw) => {
      const { commits } = snapshot.pull;
      const by = as(draw.one(anybody));
      const more = replaced(commits, draw.one(commits), (commit) => ({
        ...commit,
        authors: [...commit.authors, by],
      }));
      return withPull(snapshot, { commits: more });
    },
  },
  {
    name: "a commit that touches the request after all",
    apply: (snapshot, draw) => {
      const { commits } = snapshot.pull;
      const chosen = draw.one(commits.filter(({ touchesGoverned }) => !touchesGoverned));
      if (chosen === null) return snapshot;
      const touching = { ...chosen, touchesGoverned: true };
      return withPull(snapshot, { commits: replaced(commits, chosen, () => touching) });
    },
  },
  {
    name: "a pusher",
    apply: (snapshot, draw) => {
      const { heads, pushes } = snapshot.pull;
      // Of a head that somebody is known to have pushed already, or of none that is left: it explains nothing.
      const known = heads.filter((head) => pushes.some(({ after }) => after === head));
      const push = {
        before: null,
        after: draw.one([...known, "2".repeat(40)]),
        at: "2026-11-21T08:10:00Z",
        actor: draw.one(anybody),
        touchesGoverned: true,
      };
      return withPull(snapshot, { pushes: [...pushes, push] });
    },
  },
  {
    name: "a push that touches the request after all",
    apply: (snapshot, draw) => {
      const { pushes } = snapshot.pull;
      const chosen = draw.one(pushes.filter(({ touchesGoverned }) => !touchesGoverned));
      if (chosen === null) return snapshot;
      const touching = { ...chosen, touchesGoverned: true };
      return withPull(snapshot, { pushes: replaced(pushes, chosen, () => touching) });
    },
  },
  {
    name: "a head that nobody is known to have pushed",
    apply: (snapshot) => withPull(snapshot, { heads: [...snapshot.pull.heads, "3".repeat(40)] }),
  },
  {
    name: "the author is deleted",
    apply: (snapshot) => withPull(snapshot, { author: null }),
  },
];

function as(account: Account | null) {
  return { name: "Another", email: "another@body.example", account };
}
