import { schema as published } from "@octokit/graphql-schema";
import { buildSchema, GraphQLError, parse, validate, type GraphQLSchema } from "graphql";

/**
 * Builds GitHub's published GraphQL schema, once. The published file is taken as valid: graphql-js
 * refuses it otherwise.
 */
export function githubGraphqlSchema(): GraphQLSchema {
  schemaOnce ??= buildSchema(published.idl, { assumeValidSDL: true });
  return schemaOnce;
}

/** Lists what is wrong with a GraphQL document by GitHub's published schema; a syntax error is one. */
export function validateQuery(text: string): readonly string[] {
  try {
    return validate(githubGraphqlSchema(), parse(text)).map(({ message }) => message);
  } catch (error) {
    if (error instanceof GraphQLError) return [error.message];
    throw error;
  }
}

let schemaOnce: GraphQLSchema | undefined;
