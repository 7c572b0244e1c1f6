import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

/**
 * Reads the empty database that an earlier start kept; `null` when there is none or it is damaged. It saves the two or more
 * seconds that making one in WebAssembly takes. Kept below node_modules, which is trusted as the code is,
 * and never in the shared temporary folder, where anybody could put one.
 */
export async function readFirstState(): Promise<Blob | null> {
  try {
    // Unpacked here, where a damaged file is an error that can be caught; in PGlite it ends the process.
    const unpacked = await promisify(gunzip)(await readFile(stateFile()));
    return new Blob([new Uint8Array(unpacked)], { type: "application/x-tar" });
  } catch {
    return null;
  }
}

/** Keeps an empty database for the next start. Without a writable node_modules nothing is kept. */
export async function keepFirstState(state: Blob): Promise<void> {
  if (!existsSync(modulesFolder)) return;
  const file = stateFile();
  const unfinished = `${file}.${String(process.pid)}`;
  try {
    await mkdir(join(modulesFolder, ...cacheFolder), { recursive: true });
    await writeFile(unfinished, Buffer.from(await state.arrayBuffer()));
    await rename(unfinished, file);
  } catch {
    // Only speed is lost.
  }
}

function stateFile(): string {
  return join(modulesFolder, ...cacheFolder, `pglite-${pgliteVersion()}.tar.gz`);
}

/** The folder's format belongs to one version. */
function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const folder = entry.slice(0, entry.lastIndexOf("dist"));
  const manifest: unknown = createRequire(import.meta.url)(join(folder, "package.json"));
  const isManifest = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isManifest ? String(manifest.version) : "unknown";
}

const modulesFolder = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const cacheFolder = [".cache", "countersign"];
