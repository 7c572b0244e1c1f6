/**
 * Tells whether two spellings name one account: Okta and SCIM ignore the case of login names. A grant asks for the exact
 * spelling, so that nobody has two names; what is read back or taken away counts for the account whatever its spelling.
 */
export function isSameAccount(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/**
 * Writes a name as one segment of a path; `null` where there is no way to: an empty one would name the list of all, and
 * dots would name a folder above, which URLs resolve even when they are percent-encoded.
 */
export function pathSegment(name: string): string | null {
  if (name === "" || name === "." || name === ".." || !name.isWellFormed()) return null;
  return encodeURIComponent(name);
}
