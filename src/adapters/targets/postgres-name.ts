/**
 * Tells whether PostgreSQL could have a role of exactly this name. A longer one would be cut to 63 bytes
 * without an error, and so name somebody else's role.
 */
export function isPossibleName(name: string): boolean {
  const bytes = Buffer.byteLength(name, "utf8");
  return bytes > 0 && bytes <= longestNameBytes && !name.includes("\0") && name.isWellFormed();
}

const longestNameBytes = 63;
