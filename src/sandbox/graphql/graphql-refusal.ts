import { GraphQLError } from "graphql";
import { Refusal } from "../http/refusal.ts";

/** Makes an error with GitHub's `type`, which the answer shows beside the message. */
export function graphqlRefusal(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** Words a refusal of the REST API as a GraphQL error. */
export function asGraphqlError(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  const message = error.body["message"];
  return graphqlRefusal("UNPROCESSABLE", typeof message === "string" ? message : "Unprocessable");
}
