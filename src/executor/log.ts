/** Writes one line of the executor's log: a constant message and fields, never a secret. */
export type Log = (
  level: "info" | "warn" | "error",
  message: string,
  fields: Readonly<Record<string, string | number | null>>,
) => void;
