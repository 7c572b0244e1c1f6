import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { buildSchema } from "graphql";
import type { GraphQLSchema } from "graphql";

let loaded: GraphQLSchema | null = null;

/** Loads GitHub's published schema, once for the life of the program: it takes a third of a second. */
export function loadSchema(): GraphQLSchema {
  if (loaded !== null) return loaded;
  const path = createRequire(import.meta.url).resolve("@octokit/graphql-schema/schema.graphql");
  // The published schema breaks a rule of the specification, so it is taken as it is.
  loaded = buildSchema(readFileSync(path, "utf8"), { assumeValidSDL: true });
  return loaded;
}
