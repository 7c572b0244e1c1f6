import { execute, getOperationAST, OperationTypeNode, parse, validate } from "graphql";
import { isObject, textIn } from "../http/read-body.ts";
import { refuse } from "../http/refusal.ts";
import { loadSchema } from "./load-schema.ts";
import { rootValue } from "./root-value.ts";
import type { DocumentNode, ExecutionResult, GraphQLError } from "graphql";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";
import type { Json, JsonObject } from "../http/json.ts";
import type { Reply } from "../http/reply.ts";

/** Executes a query against GitHub's published schema. Errors come with status 200, as on GitHub. */
export async function executeGraphql(world: World, actor: Actor, body: JsonObject): Promise<Reply> {
  if (actor.kind === "app") throw refuse(401, "Bad credentials");
  const query = textIn(body, "query");
  if (query === null)
    throw refuse(400, "A query attribute must be specified and must be a string.");
  const document = read(query);
  if (!("kind" in document)) return answer({ errors: [document] });
  const schema = await loadSchema();
  const errors = validate(schema, document);
  if (errors.length > 0) return answer({ errors });
  const operationName = textIn(body, "operationName");
  const run = async (): Promise<ExecutionResult> =>
    execute({
      schema,
      document,
      rootValue: rootValue(world, actor),
      variableValues: variablesOf(body),
      operationName,
    });
  const changes =
    getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;
  return answer(changes ? await world.exclusively(run) : await run());
}

function read(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    return error as GraphQLError;
  }
}

function variablesOf(body: JsonObject): JsonObject {
  const variables = body["variables"];
  return variables !== undefined && isObject(variables) ? variables : {};
}

function answer({ data, errors }: ExecutionResult): Reply {
  const body = {
    ...(data === undefined ? {} : { data: data as Json }),
    ...(errors === undefined ? {} : { errors: errors.map(renderError) }),
  };
  return { status: 200, body, headers: { "x-ratelimit-resource": "graphql" } };
}

/** GitHub puts `type` beside the message, where graphql-js would put it into `extensions`. */
function renderError(error: GraphQLError): JsonObject {
  const { type } = error.extensions;
  return {
    ...(typeof type === "string" ? { type } : {}),
    ...(error.path === undefined ? {} : { path: [...error.path] }),
    locations: (error.locations ?? []).map(({ line, column }) => ({ line, column })),
    message: error.message,
  };
}
