import type { CommitSignature } from "../../ports/mirror.ts";
import { textFromGit } from "./git-text.ts";

/** A commit object's own words. Author and dates are left out: they are whatever the writer claimed. */
export interface RawCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

/** One line of a tree object. `name` has no folder in it. */
export interface RawTreeEntry {
  readonly name: string;
  /** Six octal digits as stored; git itself would show an odd mode as the nearest usual one. */
  readonly mode: string;
  readonly oid: string;
}

/** Parses a commit object; `null` when it is malformed. */
export function parseCommit(bytes: Buffer): RawCommit | null {
  const end = bytes.indexOf("\n\n");
  const headers = bytes.toString("latin1", 0, end < 0 ? bytes.length : end).split("\n");
  const tree = /^tree ([0-9a-f]{40,64})$/.exec(headers[0] ?? "")?.[1];
  if (tree === undefined) return null;
  // Parents stand right after the tree; a later line that looks like one is part of another header.
  const parents: string[] = [];
  for (const line of headers.slice(1)) {
    const parent = /^parent ([0-9a-f]{40,64})$/.exec(line)?.[1];
    if (parent === undefined) break;
    parents.push(parent);
  }
  return { tree, parents, message: end < 0 ? "" : textFromGit(bytes.subarray(end + 2)) };
}

/**
 * Takes the signature out of a commit object as git does: the header, and those of other object formats, are not among
 * the signed bytes. `null` without one, and where taking it out makes another commit of it, so that nobody can
 * hide a parent behind somebody's signature.
 */
export function parseCommitSignature(
  bytes: Buffer,
  header: "gpgsig" | "gpgsig-sha256",
): CommitSignature | null {
  const end = bytes.indexOf("\n\n");
  if (end < 0) return null;
  const kept: string[] = [];
  const signature: string[] = [];
  let into = kept;
  for (const line of bytes.toString("latin1", 0, end).split("\n")) {
    if (line.startsWith(" ")) {
      into.push(into === signature ? line.slice(1) : line);
      continue;
    }
    // A header of another object format's signature goes nowhere.
    into = line.startsWith(`${header} `) ? signature : line.startsWith("gpgsig") ? [] : kept;
    into.push(into === signature ? line.slice(header.length + 1) : line);
  }
  if (signature.length === 0) return null;
  const signed = Buffer.concat([Buffer.from(kept.join("\n"), "latin1"), bytes.subarray(end)]);
  const [whole, without] = [parseCommit(bytes), parseCommit(signed)];
  if (whole === null || without === null) return null;
  if (whole.parents.join() !== without.parents.join()) return null;
  return { signedBytes: signed, signature: `${signature.join("\n")}\n` };
}

/**
 * Parses a tree object; `null` when it is malformed or names something twice, so that no two readers can
 * see different files in it.
 */
export function parseTree(bytes: Buffer, oidBytes: number): readonly RawTreeEntry[] | null {
  const entries: RawTreeEntry[] = [];
  const names = new Set<string>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(32, at);
    const zero = bytes.indexOf(0, space);
    const end = zero + 1 + oidBytes;
    if (space < at || zero < space || end > bytes.length) return null;
    const mode = bytes.toString("latin1", at, space).padStart(6, "0");
    const name = textFromGit(bytes.subarray(space + 1, zero));
    if (!/^[0-7]{6}$/.test(mode) || !isFileName(name) || names.has(name)) return null;
    names.add(name);
    entries.push({ name, mode, oid: bytes.toString("hex", zero + 1, end) });
    at = end;
  }
  return entries;
}

/** The mode of a folder in a tree object. */
export const folderMode = "040000";

function isFileName(name: string): boolean {
  return !["", ".", ".."].includes(name) && !name.includes("/");
}
