import type { RestSlice } from "./slice.ts";

/**
 * Mends what GitHub's description says against GitHub itself, one entry a defect; the committed slice
 * stays as published. Remove an entry when a newer description no longer needs it.
 */
export function correctedRestSlice(slice: RestSlice): RestSlice {
  return {
    ...slice,
    operations: { ...slice.operations, "GET /app/installations": installationList },
  };
}

/**
 * Published inline with an `account` that is a user and an enterprise at once (`allOf`), which no
 * account can be. The component `installation` says one or the other, for the same objects.
 */
const installationList = {
  responses: {
    "200": { type: "array", items: { $ref: "#/components/schemas/installation" } },
  },
} as const;
