import { emit } from "../webhooks/emit.ts";
import { instant } from "../world/instant.ts";
import { objectIn, textIn } from "../http/read-body.ts";
import { invalid, refuse } from "../http/refusal.ts";
import { renderCheckRunEvent } from "../render/check-run.ts";
import { writeRules } from "../world/write-rules.ts";
import type { JsonObject } from "../http/json.ts";
import type { App } from "../world/account.ts";
import type { CheckRun, World } from "../world/world.ts";

const conclusions = [
  "action_required",
  "cancelled",
  "failure",
  "neutral",
  "success",
  "skipped",
  "stale",
  "timed_out",
];
const textLimit = 65_535;

/** Creates a check run on a commit and tells of it. */
export async function createCheckRun(
  world: World,
  app: App,
  headSha: string,
  name: string,
  body: JsonObject,
): Promise<CheckRun> {
  const same = world.checkRuns.find((one) => one.app === app && one.headSha === headSha);
  const run: CheckRun = {
    id: world.nextId(),
    suite: same?.suite ?? world.nextId(),
    app,
    headSha,
    name,
    status: "queued",
    conclusion: null,
    startedAt: textIn(body, "started_at") ?? instant(),
    completedAt: null,
    externalId: "",
    detailsUrl: `${world.baseUrl}/apps/${app.slug}`,
    output: { title: null, summary: null, text: null, annotations: 0 },
  };
  apply(run, body);
  world.checkRuns.push(run);
  await told(world, run, run.status === "completed" ? "completed" : "created");
  return run;
}

/** Changes a check run in place. */
export async function updateCheckRun(world: World, run: CheckRun, body: JsonObject): Promise<void> {
  apply(run, body);
  run.name = textIn(body, "name") ?? run.name;
  if (run.status === "completed") await told(world, run, "completed");
  else await writeRules(world);
}

async function told(world: World, run: CheckRun, last: "created" | "completed"): Promise<void> {
  const check_run = renderCheckRunEvent(world, run);
  if (last === "created") emit(world, "check_run", { action: "created", check_run }, run.app.bot);
  else emit(world, "check_run", { action: "completed", check_run }, run.app.bot);
  await writeRules(world);
}

function apply(run: CheckRun, body: JsonObject): void {
  const output = readOutput(run, body);
  const conclusion = textIn(body, "conclusion");
  const status = textIn(body, "status") ?? (conclusion === null ? run.status : "completed");
  if (status !== "queued" && status !== "in_progress" && status !== "completed") {
    throw invalid("CheckRun", "status", "invalid");
  }
  if (conclusion !== null && !conclusions.includes(conclusion)) {
    throw invalid("CheckRun", "conclusion", "invalid");
  }
  if (status === "completed" && conclusion === null && run.conclusion === null) {
    throw invalid("CheckRun", "conclusion", "missing_field");
  }
  run.output = output;
  run.status = status;
  run.conclusion = status === "completed" ? (conclusion ?? run.conclusion) : null;
  run.completedAt = status === "completed" ? (textIn(body, "completed_at") ?? instant()) : null;
  run.externalId = textIn(body, "external_id") ?? run.externalId;
  run.detailsUrl = textIn(body, "details_url") ?? run.detailsUrl;
}

function readOutput(run: CheckRun, body: JsonObject): CheckRun["output"] {
  const wished = objectIn(body, "output");
  if (wished === null) return run.output;
  const summary = textIn(wished, "summary");
  const text = textIn(wished, "text");
  for (const [field, value] of Object.entries({ summary, text })) {
    if (value !== null && value.length > textLimit) {
      throw refuse(
        422,
        `Invalid request.\n\nOnly ${textLimit} characters are allowed; ${value.length} were supplied for ${field}.`,
      );
    }
  }
  const annotations = wished["annotations"];
  const added = Array.isArray(annotations) ? annotations.length : 0;
  if (added > 50) {
    throw refuse(
      422,
      `Invalid request.\n\nNo more than 50 items are allowed; ${added} were supplied.`,
    );
  }
  return {
    title: textIn(wished, "title") ?? run.output.title,
    summary: summary ?? run.output.summary,
    text: text ?? run.output.text,
    annotations: run.output.annotations + added,
  };
}
