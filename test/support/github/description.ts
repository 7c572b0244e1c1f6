import { correctedRestSlice } from "./description-corrections.ts";
import { findOperation } from "./find-operation.ts";
import { schemaChecker, type SchemaChecker } from "./schema-checker.ts";
import {
  readRestSlice,
  readWebhookSlice,
  type Operation,
  type RestSlice,
  type Schema,
  type WebhookSlice,
} from "./slice.ts";

/**
 * Lists what is wrong with a REST response by GitHub's published description: the schema of its
 * status, keys the description does not name, a status it does not document. GitHub answers some
 * errors everywhere without documenting them; those pass with an ordinary error body.
 */
export function validateResponse(
  method: string,
  path: string,
  status: number,
  body: unknown,
): readonly string[] {
  const found = findOperation(rest().slice, method, path);
  if (found === undefined) return [notInTheSlice(`${method} ${path}`)];
  const problems = responseProblems(found.operation, method, status, body);
  return problems.map((problem) => `${found.name} ${status}: ${problem}`);
}

/**
 * Lists what is wrong with the body of a REST request, keys that GitHub would silently ignore included.
 * An operation without a body takes none.
 */
export function validateRequest(method: string, path: string, body: unknown): readonly string[] {
  const found = findOperation(rest().slice, method, path);
  if (found === undefined) return [notInTheSlice(`${method} ${path}`)];
  const problems = requestProblems(found.operation, body);
  return problems.map((problem) => `${found.name}: ${problem}`);
}

/** Lists what is wrong with a webhook payload; the payload's `action` picks the schema. */
export function validateWebhook(event: string, payload: unknown): readonly string[] {
  const { slice, checker } = webhooks();
  const name = [event, actionOf(payload)].join(" ").trim().replaceAll(/[_ ]/gu, "-");
  const schema = Object.hasOwn(slice.payloads, name) ? slice.payloads[name] : undefined;
  if (schema === undefined) return [notInTheSlice(`webhook ${name}`)];
  return checker.problems(schema, payload).map((problem) => `webhook ${name}: ${problem}`);
}

const undocumentedErrors = [400, 401, 403, 404, 422, 429, 500, 502, 503, 504];
const basicError: Schema = { $ref: "#/components/schemas/basic-error" };
const validationErrors: readonly Schema[] = [
  { $ref: "#/components/schemas/validation-error" },
  { $ref: "#/components/schemas/validation-error-simple" },
];

function responseProblems(
  operation: Operation,
  method: string,
  status: number,
  body: unknown,
): readonly string[] {
  const documented = Object.hasOwn(operation.responses, String(status));
  if (!documented && status === 304 && method === "GET") return emptyProblems(body);
  if (!documented && !undocumentedErrors.includes(status)) {
    return ["the description does not document this status"];
  }
  const schema = operation.responses[String(status)] ?? null;
  if (status >= 400) return errorProblems(schema, status, body);
  return schema === null ? emptyProblems(body) : rest().checker.problems(schema, body);
}

/** An error body has the documented shape or the ordinary one; the first shape's problems are told. */
function errorProblems(schema: Schema | null, status: number, body: unknown): readonly string[] {
  const shapes = [
    ...(schema === null ? [] : [schema]),
    basicError,
    ...(status === 422 ? validationErrors : []),
  ];
  const tried = shapes.map((shape) => rest().checker.problems(shape, body));
  if (tried.some((problems) => problems.length === 0)) return [];
  return tried[0] ?? [];
}

function requestProblems({ request }: Operation, body: unknown): readonly string[] {
  if (request === undefined) return emptyProblems(body);
  if (body === undefined && !request.required) return [];
  return rest().checker.problems(request.schema, body);
}

function emptyProblems(body: unknown): readonly string[] {
  if (body === undefined || body === null || body === "") return [];
  return ["the description has no body here"];
}

function notInTheSlice(what: string): string {
  return `${what} is not in the slice: name it in slice-contents.ts and run make-slice.ts`;
}

function actionOf(payload: unknown): string {
  if (payload === null || typeof payload !== "object" || !("action" in payload)) return "";
  return typeof payload.action === "string" ? payload.action : "";
}

let restOnce: { slice: RestSlice; checker: SchemaChecker } | undefined;

function rest(): { slice: RestSlice; checker: SchemaChecker } {
  if (restOnce === undefined) {
    const slice = correctedRestSlice(readRestSlice());
    restOnce = { slice, checker: schemaChecker(slice.components) };
  }
  return restOnce;
}

let webhooksOnce: { slice: WebhookSlice; checker: SchemaChecker } | undefined;

function webhooks(): { slice: WebhookSlice; checker: SchemaChecker } {
  if (webhooksOnce === undefined) {
    const slice = readWebhookSlice();
    webhooksOnce = { slice, checker: schemaChecker(slice.components) };
  }
  return webhooksOnce;
}
