import { createHash } from "node:crypto";
import type { MissingFact } from "../../core/model/snapshot.ts";
import type { PullRead } from "../../ports/forge-reader.ts";
import type { TipAnswer, TreeAnswer, TreeEntryAnswer } from "./pull-answer.ts";
import type { ReadFact } from "./read-fact.ts";

type GovernanceFile = PullRead["governance"]["files"][number];

/**
 * Reads the files under `governance/`, two folders deep. A text counts only when its bytes hash to the oid
 * that git gave them; a binary, cut, unreadable or deeper file is named in `missing`, never left out.
 */
export function readGovernance(tip: TipAnswer): ReadFact<readonly GovernanceFile[]> {
  const entries = tip.file?.object?.entries;
  if (entries === null || entries === undefined) {
    return { value: [], missing: [lack("governance", "the governed branch has no such folder")] };
  }
  const files: GovernanceFile[] = [];
  const missing: MissingFact[] = [];
  for (const { entry, path } of twoLevels(entries, missing)) {
    const { text, reason } = textOf(entry);
    files.push({ path, mode: entry.mode.toString(8).padStart(6, "0"), oid: entry.oid, text });
    if (reason !== null) missing.push(lack(path, reason));
  }
  return { value: files.sort((a, b) => (a.path < b.path ? -1 : 1)), missing };
}

interface Placed {
  readonly entry: TreeEntryAnswer;
  readonly path: string;
}

function twoLevels(entries: readonly TreeEntryAnswer[], missing: MissingFact[]): readonly Placed[] {
  const top = within("governance", entries);
  return top.flatMap((placed) => {
    if (placed.entry.type !== "tree") return [placed];
    return folder(placed.path, placed.entry.object, missing);
  });
}

function folder(path: string, tree: TreeAnswer | null, missing: MissingFact[]): readonly Placed[] {
  if (tree?.entries === null || tree?.entries === undefined) {
    missing.push(lack(path, "GitHub did not answer the folder"));
    return [];
  }
  const placed = within(path, tree.entries);
  for (const each of placed.filter(({ entry }) => entry.type === "tree")) {
    missing.push(lack(each.path, "a folder this deep is not read: move its files up"));
  }
  return placed.filter(({ entry }) => entry.type !== "tree");
}

function within(path: string, entries: readonly TreeEntryAnswer[]): readonly Placed[] {
  return entries.map((entry) => ({ entry, path: `${path}/${entry.name}` }));
}

function textOf(entry: TreeEntryAnswer): { text: string | null; reason: string | null } {
  const blob = entry.object;
  if (entry.type !== "blob" || blob === null) return unread("it is not a file");
  if (blob.isBinary === true) return unread("it is binary");
  if (blob.isTruncated !== false) return unread("GitHub cuts its text: make the file smaller");
  if (typeof blob.text !== "string") return unread("GitHub gives no text of it");
  if (blob.oid === entry.oid && blobOid(blob.text, entry.oid) === entry.oid) {
    return { text: blob.text, reason: null };
  }
  return unread("its text does not have the hash that git gave it: it must be valid UTF-8");
}

function unread(reason: string): { text: null; reason: string } {
  return { text: null, reason };
}

function blobOid(text: string, like: string): string {
  const bytes = Buffer.from(text, "utf8");
  const algorithm = like.length === 64 ? "sha256" : "sha1";
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

function lack(fact: string, reason: string): MissingFact {
  return { fact, reason };
}
