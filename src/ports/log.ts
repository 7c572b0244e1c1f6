import type { Json } from "../core/model/json.ts";

/**
 * Writes one structured line. The message is constant, what varies is in the fields; never a secret, and
 * never the free text of a request.
 */
export type Log = (
  level: "debug" | "info" | "warn" | "error",
  message: string,
  fields?: Readonly<Record<string, Json>>,
) => void;
