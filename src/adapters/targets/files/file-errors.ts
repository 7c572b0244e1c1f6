import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";

/**
 * Names the port's error for whatever a file operation threw; errors of the port pass unchanged. What is forbidden is for a person
 * to mend; what is missing or broken below a target's own folders may be a disk that is not there now, so that the state is unknown.
 */
export function fileError(error: unknown): TargetRefused | TargetUnreachable {
  if (error instanceof TargetRefused || error instanceof TargetUnreachable) return error;
  const code = fileErrorCode(error) ?? "no answer";
  const path = error instanceof Error && "path" in error ? String(error.path) : "A file";
  if (forbidden.has(code)) {
    return new TargetRefused(
      `${path} cannot be used (${code}): let the account of the executor read and write there.`,
      { cause: error },
    );
  }
  return new TargetUnreachable(
    `${path} cannot be reached (${code}): what the target holds is unknown; ` +
      "check that the folder exists and is mounted.",
    { cause: error },
  );
}

/** Reads the code of a file operation's error, such as ENOENT. */
export function fileErrorCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : null;
}

const forbidden = new Set(["EACCES", "EPERM", "EROFS", "ELOOP", "EISDIR", "ENOTDIR", "EBUSY"]);
