import { DatabaseError } from "pg";
import { TargetRefused, TargetUnreachable } from "../../ports/target.ts";

/**
 * Names the port's error for whatever `pg` threw; errors of the port pass unchanged. Only an answer that
 * the database gave can be a refusal: without one the state is unknown. Repeats what PostgreSQL said, and
 * nothing of the connection's address or credential.
 */
export function targetError(error: unknown): TargetRefused | TargetUnreachable {
  if (error instanceof TargetRefused || error instanceof TargetUnreachable) return error;
  const state = sqlState(error);
  if (state === null || !(error instanceof Error)) return unreachable(error);
  if (passes(state)) {
    return new TargetUnreachable(
      `PostgreSQL did not finish (${state}: ${error.message}): what the target holds is unknown; try again.`,
      { cause: error },
    );
  }
  return new TargetRefused(
    `PostgreSQL refused (${state}: ${error.message}). ${remedy(state)}`.trim(),
    { cause: error },
  );
}

/** Reads the five-character SQLSTATE of an error that the database sent; `null` for every other error. */
export function sqlState(error: unknown): string | null {
  return error instanceof DatabaseError ? (error.code ?? null) : null;
}

/** Replaces "permission denied" by a refusal that says which privilege is needed; else the error itself. */
export function orPrivilegeNeeded(error: unknown, sentence: string): unknown {
  if (sqlState(error) !== "42501") return error;
  return new TargetRefused(sentence, { cause: error });
}

function unreachable(error: unknown): TargetUnreachable {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const reason = typeof code === "string" ? code : "no answer in time, or the connection broke";
  return new TargetUnreachable(
    `PostgreSQL could not be reached (${reason}): what the target holds is unknown; ` +
      "check that it runs and that the executor's URL names it.",
    { cause: error },
  );
}

/** Conditions that end by themselves: connection, resources, deadlock, time-out, shutdown, a lost race. */
function passes(state: string): boolean {
  return (
    ["08", "40", "53", "57", "58", "XX"].includes(state.slice(0, 2)) ||
    state === "55P03" ||
    state === "25P03"
  );
}

function remedy(state: string): string {
  switch (state) {
    case "28000":
    case "28P01":
      return "Correct the executor's credential for this target, or pg_hba.conf.";
    case "3D000":
      return "Correct the database name in the executor's URL for this target.";
    case "25006":
      return "The URL leads to a read-only server: name the primary.";
    default:
      return "";
  }
}
