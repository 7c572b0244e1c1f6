import { objectId } from "../git/oid.ts";
import type { CommitSignature, GitObject, TreeEntry } from "../../ports/mirror.ts";

/** An object as git stores it, with its id. */
export interface WrittenObject extends GitObject {
  readonly oid: string;
}

/** What a commit is made of. */
export interface CommitParts {
  readonly parents: readonly string[];
  readonly message: string;
  readonly files: Iterable<TreeEntry>;
  /** Signs the commit's bytes. */
  readonly sign?: ((bytes: Uint8Array) => string) | undefined;
}

/** What a commit is stored as. */
export interface WrittenCommit {
  readonly oid: string;
  /** Its folders and itself, each after those that it names; contents of files are not among them. */
  readonly objects: readonly WrittenObject[];
  /** Id of each folder by its path. */
  readonly folders: ReadonlyMap<string, string>;
  readonly signature: CommitSignature | null;
}

/**
 * Writes a commit as git itself would, so that a history in memory can be laid down in a real repository under
 * the same ids.
 */
export function writeCommit({ parents, message, files, sign }: CommitParts): WrittenCommit {
  const trees: WrittenObject[] = [];
  const folders = new Map<string, string>();
  const tree = writeTree([...files], "", { trees, folders });
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
  ];
  const rest = Buffer.concat([Buffer.from("\n\n"), gitBytes(message)]);
  const signedBytes = Buffer.concat([Buffer.from(lines.join("\n")), rest]);
  const signature = sign === undefined ? null : { signedBytes, signature: sign(signedBytes) };
  if (signature !== null) {
    lines.push(`gpgsig ${signature.signature.trimEnd().replaceAll("\n", "\n ")}`);
  }
  const commit = objectOf("commit", Buffer.concat([Buffer.from(lines.join("\n")), rest]));
  return { oid: commit.oid, objects: [...trees, commit], folders, signature };
}

const who = "Memory <memory@countersign.invalid> 1763712000 +0000";
/** As long as the ids that are written here. */
export const sha1Length = "0".repeat(40);

function objectOf(type: GitObject["type"], bytes: Uint8Array): WrittenObject {
  return { oid: objectId(type, bytes, sha1Length), type, bytes };
}

interface Written {
  readonly trees: WrittenObject[];
  readonly folders: Map<string, string>;
}

/** Writes the folder `within`, empty or ending in a slash, that all of `entries` lie in, and returns its id. */
function writeTree(entries: readonly TreeEntry[], within: string, written: Written): string {
  const depth = within.length;
  const children = Map.groupBy(entries, ({ path }) => path.slice(depth).split("/", 1)[0] ?? "");
  const lines = [...children].map(([name, inside]) => {
    const file = inside.find(({ path }) => path.length === depth + name.length);
    if (file !== undefined) return line(file.mode.replace(/^0/u, ""), name, file.oid);
    return line("40000", name, writeTree(inside, `${within}${name}/`, written));
  });
  const bytes = Buffer.concat(lines.sort(byKey).map(({ bytes: one }) => one));
  const tree = objectOf("tree", bytes);
  written.trees.push(tree);
  if (within !== "") written.folders.set(within.slice(0, -1), tree.oid);
  return tree.oid;
}

interface TreeLine {
  readonly key: Buffer;
  readonly bytes: Buffer;
}

function line(mode: string, name: string, oid: string): TreeLine {
  const written = gitBytes(name);
  // Git sorts a folder as if its name ended in a slash.
  const key = mode === "40000" ? Buffer.concat([written, Buffer.from("/")]) : written;
  const parts = [Buffer.from(`${mode} `), written, Buffer.from([0]), Buffer.from(oid, "hex")];
  return { key, bytes: Buffer.concat(parts) };
}

function byKey(a: TreeLine, b: TreeLine): number {
  return Buffer.compare(a.key, b.key);
}

/** U+DC80–U+DCFF stand for single bytes that are not UTF-8, as the git adapter reads them. */
function gitBytes(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text);
  const characters = Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    const isByte = character.length === 1 && code >= 0xdc80 && code <= 0xdcff;
    return isByte ? Buffer.from([code - 0xdc00]) : Buffer.from(character);
  });
  return Buffer.concat(characters);
}
