import { mkdir, open, rm } from "node:fs/promises";

/** A file with a key, or what belongs to one. */
export interface KeyFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** Why nothing was written, and the exit code that says so. */
export interface WriteFailure {
  readonly exitCode: 1 | 2;
  readonly message: string;
}

/** Writes new files into a folder, all or none, and overwrites nothing; `null` when they are there. */
export async function writeKeys(
  folder: string,
  files: readonly KeyFile[],
): Promise<WriteFailure | null> {
  const written: string[] = [];
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const { path, text, mode } of files) {
      const file = await open(path, "wx", mode);
      written.push(path);
      await file.writeFile(text).finally(() => file.close());
    }
    return null;
  } catch (error) {
    // Half a set of keys is worse than none: the trust root would not name them.
    await Promise.all(written.map((path) => rm(path)));
    return failureOf(error);
  }
}

function failureOf(error: unknown): WriteFailure {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === "EEXIST") {
    const message = `${path ?? "A key"} exists already and is not overwritten. Choose another --out.`;
    return { exitCode: 1, message };
  }
  return { exitCode: 2, message: `The keys could not be written: ${String(error)}` };
}
