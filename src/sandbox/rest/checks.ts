import { createCheckRun, updateCheckRun } from "../acts/check-run.ts";
import { readCommit } from "../git/read-commit.ts";
import { resolveCommit } from "../git/refs.ts";
import { slice } from "../http/paging.ts";
import { neededText } from "../http/read-body.ts";
import { notFound, refuse } from "../http/refusal.ts";
import { created, ok, param, readers } from "../http/reply.ts";
import { renderCheckRun } from "../render/check-run.ts";
import type { Call, Needs, Reply, Route } from "../http/reply.ts";
import type { App } from "../world/account.ts";
import type { CheckRun } from "../world/world.ts";

const all = "/repos/{owner}/{repo}/check-runs";
const writing: Needs = { by: "token", permissions: ["checks"], level: "write", access: "read" };

/** Serves check runs. Only Apps make them, and each changes only its own. */
export const checkRoutes: readonly Route[] = [
  { method: "POST", path: all, needs: writing, answer: create },
  {
    method: "PATCH",
    path: `${all}/{check_run_id}`,
    needs: writing,
    answer: async (call) => {
      const app = onlyApps(call);
      const run = findRun(call);
      if (run.app !== app) {
        throw refuse(
          403,
          "Invalid app_id: a check run can only be modified by its own GitHub App.",
        );
      }
      await updateCheckRun(call.world, run, call.body);
      return ok(renderCheckRun(call.world, run));
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/commits/{ref}/check-runs",
    needs: readers("checks"),
    answer: list,
  },
];

async function create(call: Call): Promise<Reply> {
  const { world, body } = call;
  const app = onlyApps(call);
  const name = neededText(body, "CheckRun", "name");
  const head = neededText(body, "CheckRun", "head_sha");
  if ((await readCommit(world.git, head)) === null) {
    throw refuse(422, `No commit found for SHA: ${head}`);
  }
  return created(renderCheckRun(world, await createCheckRun(world, app, head, name, body)));
}

async function list(call: Call): Promise<Reply> {
  const { world, query } = call;
  const head = await resolveCommit(world.git, param(call, "ref"));
  if (head === null) throw refuse(422, `No commit found for SHA: ${param(call, "ref")}`);
  const name = query.get("check_name");
  const status = query.get("status");
  const app = query.get("app_id");
  const found = world.checkRuns
    .filter((run) => run.headSha === head)
    .filter((run) => name === null || run.name === name)
    .filter((run) => status === null || run.status === status)
    .filter((run) => app === null || String(run.app.id) === app)
    .reverse();
  const runs = query.get("filter") === "all" ? found : latest(found);
  const { items, headers } = slice(call, runs);
  const check_runs = items.map((run) => renderCheckRun(world, run));
  return { status: 200, body: { total_count: runs.length, check_runs }, headers };
}

/** Keeps the newest run of each name and App. */
function latest(newestFirst: readonly CheckRun[]): readonly CheckRun[] {
  const seen = new Set<string>();
  return newestFirst.filter((run) => {
    const key = `${run.app.slug}\n${run.name}`;
    return !seen.has(key) && seen.add(key);
  });
}

function onlyApps(call: Call): App {
  if (call.actor.kind === "installation") return call.actor.app;
  throw refuse(403, "You must authenticate via a GitHub App.");
}

function findRun(call: Call): CheckRun {
  const id = Number(param(call, "check_run_id"));
  const run = call.world.checkRuns.find((one) => one.id === id);
  if (run === undefined) throw notFound();
  return run;
}
