import { ResultCodeError } from "ldapts";
import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";

/** Result codes (RFC 4511) that mean something to an adapter beyond "refused". */
export const resultCodes = {
  sizeLimitExceeded: 4,
  noSuchAttribute: 16,
  undefinedAttributeType: 17,
  attributeOrValueExists: 20,
  noSuchObject: 32,
  insufficientAccessRights: 50,
  objectClassViolation: 65,
} as const;

/** Reads the result code of an answer that the server gave; `null` for every other error. */
export function resultCode(error: unknown): number | null {
  return error instanceof ResultCodeError ? error.code : null;
}

/**
 * Names the port's error for whatever the client threw; errors of the port pass unchanged. Only an answer that the server
 * gave can be a refusal: without one the state is unknown. Repeats what the server said, but never the password, which a
 * careless server may quote.
 */
export function ldapError(error: unknown, password: string): TargetRefused | TargetUnreachable {
  if (error instanceof TargetRefused || error instanceof TargetUnreachable) return error;
  const code = resultCode(error);
  const text = error instanceof Error ? error.message : "";
  const options = text.includes(password) ? {} : { cause: error };
  if (code === null) return unreachable(error, options);
  const said = `${code}: ${text.replaceAll(password, "…").replace(/ Code: 0x[0-9a-f]+$/u, "")}`;
  const known = remedies.get(code);
  if (known !== undefined) return new TargetRefused(`LDAP refused (${said}). ${known}`, options);
  return new TargetUnreachable(
    `LDAP did not finish (${said}): what the target holds is unknown; try again. ${limitRemedy(code)}`.trim(),
    options,
  );
}

function unreachable(error: unknown, options: ErrorOptions): TargetUnreachable {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const reason = typeof code === "string" ? code : "no answer in time, or the connection broke";
  return new TargetUnreachable(
    `LDAP could not be reached (${reason}): what the target holds is unknown; check that it runs, that the executor's ` +
      "URL names it, and that CA_FILE holds the authority of its certificate.",
    options,
  );
}

function limitRemedy(code: number): string {
  if (code !== resultCodes.sizeLimitExceeded && code !== adminLimitExceeded) return "";
  return "The answer was cut off: raise the server's size limit for the executor's account.";
}

const adminLimitExceeded = 11;

/**
 * What a person can mend, by result code. Every other answer (busy, unavailable, a limit, an error within the server, one
 * that nobody knows) says nothing about what is held.
 */
const remedies: ReadonlyMap<number, string> = new Map([
  [2, "Check that the URL leads to an LDAP version 3 server."],
  [7, "Allow simple binds for the executor's account."],
  [8, "The server wants a stronger login: use ldaps:// in the URL."],
  [
    10,
    "The URL leads to a replica, or a base lies on another server: name the primary that holds it.",
  ],
  [13, "The server wants encryption: use ldaps:// in the URL."],
  [16, "Correct the group in the directory."],
  [17, "The server's schema lacks the attribute of the group: correct the schema or GROUPS_BASE."],
  [18, "The server cannot compare the attribute: correct the schema."],
  [19, "Correct the value, or the constraint in the directory."],
  [20, "Correct the group in the directory."],
  [21, "The group's attribute cannot hold this value: rename the person or the group there."],
  [32, "Correct PEOPLE_BASE and GROUPS_BASE, or let the executor's account read those entries."],
  [34, "Write BIND_DN, PEOPLE_BASE, GROUPS_BASE and PLACEHOLDER as distinguished names."],
  [48, "Give the executor's account a password, and allow simple binds for it."],
  [49, "Correct BIND_DN and PASSWORD of this target, or unlock the account."],
  [50, "Give the executor's account the access that docs/targets.md lists."],
  [53, "If the server is read-only, name one that can be written; otherwise see its log."],
  [65, "Correct the group in the directory."],
]);
