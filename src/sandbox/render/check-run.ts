import { nodeId } from "../world/node-id.ts";
import { renderApp } from "./app.ts";
import { renderPullMinimal } from "./pull.ts";
import { apiUrl, renderRepository, webUrl } from "./repository.ts";
import type { JsonObject } from "../http/json.ts";
import type { CheckRun, World } from "../world/world.ts";

/** Renders a check run; it names every open pull request whose head it sits on. */
export function renderCheckRun(world: World, run: CheckRun): JsonObject {
  return { ...common(world, run), check_suite: { id: run.suite } };
}

/** Renders a check run as webhooks do, with its suite. */
export function renderCheckRunEvent(world: World, run: CheckRun): JsonObject {
  return {
    ...common(world, run),
    check_suite: {
      id: run.suite,
      node_id: nodeId("CS", run.suite),
      head_branch: pullsOf(world, run)[0]?.headRef ?? null,
      head_sha: run.headSha,
      status: run.status,
      conclusion: run.conclusion,
      url: apiUrl(world, `/check-suites/${run.suite}`),
      before: null,
      after: run.headSha,
      pull_requests: pullsOf(world, run).map((pull) => renderPullMinimal(world, pull)),
      app: renderApp(world, run.app),
      repository: renderRepository(world),
      created_at: run.startedAt,
      updated_at: run.completedAt ?? run.startedAt,
    },
  };
}

function common(world: World, run: CheckRun): JsonObject {
  const api = apiUrl(world, `/check-runs/${run.id}`);
  const { title, summary, text, annotations } = run.output;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("CR", run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url: api,
    html_url: webUrl(world, `/runs/${run.id}`),
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title,
      summary,
      text,
      annotations_count: annotations,
      annotations_url: `${api}/annotations`,
    },
    app: renderApp(world, run.app),
    pull_requests: pullsOf(world, run).map((pull) => renderPullMinimal(world, pull)),
  };
}

function pullsOf(world: World, run: CheckRun) {
  const pulls = [...world.pulls.values()];
  return pulls.filter((pull) => pull.state === "open" && pull.headOid === run.headSha);
}
