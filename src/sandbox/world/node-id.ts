/** Makes the opaque global id that GitHub shows beside every database id. Stable for one object. */
export function nodeId(prefix: string, id: number | string): string {
  return `${prefix}_${Buffer.from(`sandbox:${prefix}:${String(id)}`).toString("base64url")}`;
}
