import { mkdir, open, readFile, realpath, rename, rm } from "node:fs/promises";

/** A folder that this process alone may write. */
export interface FolderLock {
  /** The folder's real path. */
  readonly folder: string;
  release(): Promise<void>;
}

/** Somebody else holds the folder; the message says who, and what to do when that is wrong. */
export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
}

/**
 * Takes a folder for this process, making it when it does not exist, by a file `<folder>.lock` beside it
 * that names the process. The lock of a process that is gone is taken over. Processes are told apart by
 * number, so it protects among processes of one machine, not across machines or containers.
 */
export async function lockFolder(path: string): Promise<FolderLock> {
  await mkdir(path, { recursive: true });
  const folder = await realpath(path);
  const file = `${folder}.lock`;
  if (!(await create(file))) {
    await takeOver(folder, file);
    if (!(await create(file))) throw inUse(folder, file, "another process");
  }
  return { folder, release: () => rm(file, { force: true }) };
}

async function create(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function takeOver(folder: string, file: string): Promise<void> {
  const holder = await readFile(file, "utf8");
  if (isAlive(holder)) throw inUse(folder, file, `process ${holder}`);
  const aside = `${file}.${String(process.pid)}`;
  await rename(file, aside);
  // Somebody faster may have taken over in between: what was moved is then their lock, and goes back.
  if ((await readFile(aside, "utf8")) !== holder) {
    await rename(aside, file);
    throw inUse(folder, file, "another process");
  }
  await rm(aside);
}

/** An unreadable number counts as alive: better a refusal than two writers. */
function isAlive(holder: string): boolean {
  if (!/^[1-9]\d*$/.test(holder)) return true;
  try {
    process.kill(Number(holder), 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

function inUse(folder: string, file: string, holder: string): FolderInUse {
  return new FolderInUse(
    `The folder ${folder} is held by ${holder}: stop it or choose another folder. ` +
      `If no such process uses the folder, remove ${file}.`,
  );
}
