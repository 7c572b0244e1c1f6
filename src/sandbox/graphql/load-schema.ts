import { buildSchema } from "graphql";
import type { GraphQLSchema } from "graphql";

let loaded: Promise<GraphQLSchema> | null = null;

/** Loads GitHub's published schema when it is first needed, once: it takes a third of a second. */
export function loadSchema(): Promise<GraphQLSchema> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<GraphQLSchema> {
  const { schema } = await import("@octokit/graphql-schema");
  // The published schema breaks a rule of the specification, so it is taken as it is.
  return buildSchema(schema.idl, { assumeValidSDL: true });
}
