import type { JsonObject } from "../http/json.ts";

/** Renders the reactions of something: nobody reacts here. */
export function reactions(url: string): JsonObject {
  const none = { laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
  return { url, total_count: 0, "+1": 0, "-1": 0, ...none };
}
