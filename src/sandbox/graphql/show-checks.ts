import { nodeId } from "../world/node-id.ts";
import { connection } from "./connection.ts";
import { demand } from "./demand.ts";
import { showAccount } from "./show-account.ts";
import type { Actor } from "../world/account.ts";
import type { CheckRun, Status, World } from "../world/world.ts";
import type { PageArguments } from "./connection.ts";

interface SuitesArguments extends PageArguments {
  readonly filterBy?: { readonly checkName?: string | null; readonly appId?: number | null } | null;
}

/** Shows what stands on a commit beside git: statuses, the newest of each context, and check runs by their suites. */
export function showChecks(world: World, actor: Actor, oid: string) {
  return {
    status: () => {
      demand(actor, "statuses", "read");
      const all = world.statuses.filter(({ sha }) => sha === oid);
      const newest = [...new Map(all.map((one) => [one.context, one])).values()];
      if (newest.length === 0) return null;
      const state = newest.every((one) => one.state === "success") ? "SUCCESS" : "PENDING";
      const contexts = newest.map((one) => showStatus(world, one));
      return { id: nodeId("S", oid), state, contexts };
    },
    checkSuites: ({ filterBy, ...page }: SuitesArguments) => {
      demand(actor, "checks", "read");
      const name = filterBy?.checkName ?? null;
      const app = filterBy?.appId ?? null;
      const runs = world.checkRuns.filter(
        (run) =>
          run.headSha === oid &&
          (name === null || run.name === name) &&
          (app === null || run.app.id === app),
      );
      const suites = [...Map.groupBy(runs, ({ suite }) => suite).values()];
      return connection("checkSuites", page, suites.map(showSuite));
    },
  };
}

function showStatus(world: World, { id, context, state, creator, at }: Status) {
  return {
    __typename: "StatusContext",
    id: nodeId("SC", id),
    context,
    state: state.toUpperCase(),
    createdAt: at,
    creator: showAccount(world, creator),
  };
}

function showSuite(runs: readonly CheckRun[]) {
  const [first] = runs;
  return {
    __typename: "CheckSuite",
    databaseId: first?.suite,
    app: { databaseId: first?.app.id, slug: first?.app.slug, name: first?.app.slug },
    checkRuns: (page: PageArguments) =>
      connection(
        "checkRuns",
        page,
        runs.toReversed().map(({ id, name, status, conclusion }) => ({
          __typename: "CheckRun",
          databaseId: id,
          name,
          status: status.toUpperCase(),
          conclusion: conclusion?.toUpperCase() ?? null,
        })),
      ),
  };
}
