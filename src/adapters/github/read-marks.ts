import type { CheckMark } from "../../ports/forge-writer.ts";
import { ForgeRefused } from "../../ports/forge-reader.ts";
import { accountOf } from "./accounts.ts";
import { actorFragment } from "./actor-fragment.ts";
import type { ActorAnswer } from "./pull-answer.ts";
import type { CheckPlace } from "./publish-check.ts";
import { checkName } from "./publish-check.ts";
import { queryGitHub } from "./query-github.ts";

/**
 * Reads every check run and status on a commit that has the name of our check. Of statuses GitHub shows the newest of a name, of
 * runs up to ten of each of a hundred suites: one that is not ours is enough. Needs the permissions `checks` and `statuses`.
 */
export async function readMarks(place: CheckPlace, head: string): Promise<readonly CheckMark[]> {
  const { octokit, owner, repository, appId } = place;
  const { repository: answer } = await queryGitHub<MarksAnswer>(octokit, "reading checks", {
    text: marksQuery,
    variables: { owner, name: repository, head, check: checkName },
  });
  const commit = answer?.object ?? null;
  if (commit === null) throw new ForgeRefused(`GitHub does not show the commit ${head}`, 404);
  const statuses = (commit.status?.contexts ?? [])
    .filter(({ context }) => context === checkName)
    .map(({ id, state, creator }): CheckMark => {
      const by = accountOf(creator);
      const name = by?.login ?? "somebody whose account is gone";
      return { id: `status:${id}`, of: "another", name, by, shows: shownBy(state) };
    });
  const runs = (commit.checkSuites?.nodes ?? []).flatMap((suite) =>
    (suite?.checkRuns?.nodes ?? []).flatMap((run): readonly CheckMark[] => {
      if (run?.name !== checkName) return [];
      const of = suite?.app?.databaseId === appId ? "own-app" : "another";
      const name = suite?.app?.slug ?? "an App that is gone";
      return [
        { id: `run:${run.databaseId ?? 0}`, of, name, by: null, shows: shownBy(run.conclusion) },
      ];
    }),
  );
  return [...statuses, ...runs];
}

function shownBy(state: string | null): CheckMark["shows"] {
  return state === "SUCCESS" ? "success" : "something-else";
}

/** The query of `readMarks`. */
export const marksQuery = `
query CountersignMarks($owner: String!, $name: String!, $head: GitObjectID!, $check: String!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    object(oid: $head) {
      ... on Commit {
        status { contexts { id context state creator { ...WhoActed } } }
        checkSuites(first: 100, filterBy: { checkName: $check }) {
          nodes {
            app { databaseId slug }
            checkRuns(first: 10, filterBy: { checkName: $check, checkType: LATEST }) {
              nodes { databaseId name conclusion }
            }
          }
        }
      }
    }
  }
}
${actorFragment}`;

interface MarksAnswer {
  readonly repository: { readonly object: CommitMarks | null } | null;
}

interface CommitMarks {
  readonly status?: {
    readonly contexts: readonly {
      readonly id: string;
      readonly context: string;
      readonly state: string;
      readonly creator: ActorAnswer | null;
    }[];
  } | null;
  readonly checkSuites?: { readonly nodes: readonly (SuiteAnswer | null)[] | null } | null;
}

interface SuiteAnswer {
  readonly app: { readonly databaseId: number | null; readonly slug: string } | null;
  readonly checkRuns: {
    readonly nodes:
      | readonly ({
          readonly databaseId: number | null;
          readonly name: string;
          readonly conclusion: string | null;
        } | null)[]
      | null;
  } | null;
}
