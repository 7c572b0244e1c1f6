import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { gitBytesIn, gitIn } from "./git-in.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A bare repository in a temporary folder that plays the forge. */
export interface BareRemote {
  readonly folder: string;
  commit(draft: CommitDraft): Promise<string>;
  /** Sets or, with `null`, deletes a ref by its full name. */
  setRef(ref: string, oid: string | null): Promise<void>;
  /** Moves the repository away, so that nobody finds it. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
}

/** A commit as changes to its first parent. U+DC80–U+DCFF in paths and messages stand for single bytes. */
export interface CommitDraft {
  readonly parents?: readonly string[];
  readonly files?: Readonly<
    Record<string, string | { readonly mode: string; readonly content: string } | null>
  >;
  readonly message?: string;
  /** Signs the bytes of the commit; what it returns becomes its `gpgsig`. */
  readonly sign?: (bytes: Uint8Array) => string;
}

/** Makes an empty bare repository with the given head branch, removed when the test ends. */
export async function bareRemote(): Promise<BareRemote> {
  const folder = join(await temporaryFolder(), "remote.git");
  const hidden = `${folder}.hidden`;
  await mkdir(folder);
  await gitIn(folder, ["init", "--bare", "--quiet", "-b", "main"]);
  // As on GitHub: every object is served to who names it, whether a branch holds it or not.
  await gitIn(folder, ["config", "uploadpack.allowAnySHA1InWant", "true"]);
  let second = 1_800_000_000;
  return {
    folder,
    commit: async (draft) => {
      second += 1;
      const output = await gitIn(folder, ["fast-import", "--quiet"], importStream(draft, second));
      const oid = output.split("\n")[0] ?? "";
      return draft.sign === undefined ? oid : signedCommit(folder, oid, draft.sign);
    },
    setRef: async (ref, oid) => {
      await gitIn(folder, oid === null ? ["update-ref", "-d", ref] : ["update-ref", ref, oid]);
    },
    goOffline: () => rename(folder, hidden),
    goOnline: () => rename(hidden, folder),
  };
}

/** Writes a commit again with a signature as its last header. */
async function signedCommit(
  folder: string,
  oid: string,
  sign: (bytes: Uint8Array) => string,
): Promise<string> {
  const object = await gitBytesIn(folder, ["cat-file", "commit", oid]);
  const end = object.indexOf("\n\n");
  const folded = sign(object).trimEnd().split("\n").join("\n ");
  const header = Buffer.from(`\ngpgsig ${folded}\n `);
  const signed = Buffer.concat([object.subarray(0, end), header, object.subarray(end)]);
  return gitIn(folder, ["hash-object", "-t", "commit", "-w", "--stdin"], signed);
}

function importStream(draft: CommitDraft, second: number): Buffer {
  const { parents = [], files = {}, message = "a commit" } = draft;
  // A ref of its own per commit keeps the object without moving any branch.
  const ref = `refs/built/${second}`;
  const parts: Buffer[] = [];
  const add = (text: string): void => void parts.push(bytesOf(text));
  const counted = (text: string): void => add(`data ${bytesOf(text).length}\n${text}\n`);
  add(`commit ${ref}\nmark :1\ncommitter A Tester <tester@example.com> ${second} +0000\n`);
  counted(message);
  parents.forEach((parent, index) => add(`${index === 0 ? "from" : "merge"} ${parent}\n`));
  for (const [path, file] of Object.entries(files)) {
    if (file === null) {
      add(`D ${quoted(path)}\n`);
      continue;
    }
    const { mode, content } = typeof file === "string" ? { mode: "100644", content: file } : file;
    add(`M ${mode} inline ${quoted(path)}\n`);
    counted(content);
  }
  add("\nget-mark :1\n");
  return Buffer.concat(parts);
}

/** Every byte as octal: fast-import then takes the path exactly. */
function quoted(path: string): string {
  const octal = [...bytesOf(path)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`);
  return `"${octal.join("")}"`;
}

function bytesOf(text: string): Buffer {
  return Buffer.concat(
    text
      .split(/([\udc80-\udcff])(?<![\ud800-\udbff][\udc80-\udcff])/)
      .map((part) =>
        /^[\udc80-\udcff]$/.test(part)
          ? Buffer.from([part.charCodeAt(0) - 0xdc00])
          : Buffer.from(part),
      ),
  );
}
