import { existsSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { keepFirstState, readFirstState } from "./embedded-first-state.ts";
import { lockFolder } from "./folder-lock.ts";

/** A PostgreSQL in this very process, reachable over TCP on the loopback interface. */
export interface EmbeddedPostgres {
  /** `postgres://postgres@127.0.0.1:PORT/postgres`; there is no password. */
  readonly url: string;
  readonly port: number;
  /** Stops listening, writes the folder and frees it. Repeatable. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** 0: a free one. */
  readonly port: number;
  /** Where the database lives; `null`: in memory, gone at the end. */
  readonly folder: string | null;
  /** SQL to run before anybody can connect; it runs at every start, so it must be repeatable. */
  readonly seed: string | null;
}

/**
 * Starts PGlite (PostgreSQL 18 as WebAssembly) behind a socket, for the demo and the tests.
 *
 * What it is not: it has no authentication (every client is the superuser `postgres`), one backend that all
 * clients share (settings and SET ROLE of one are seen by all; unprepared work of two clients mixes unless
 * each keeps to transactions), no time-outs, and an empty list of sessions. It protects nothing.
 *
 * Throws FolderInUse when another process holds the folder: PGlite itself would let both write.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const lock = options.folder === null ? null : await lockFolder(options.folder);
  try {
    const database = await openDatabase(lock?.folder ?? null);
    if (options.seed !== null) await database.exec(options.seed);
    const server = new PGLiteSocketServer({
      db: database,
      host: "127.0.0.1",
      port: options.port,
      maxConnections: 100,
    });
    await server.start();
    const address = server.getServerConn();
    let stopped: Promise<void> | null = null;
    const stop = async (): Promise<void> => {
      await server.stop();
      await database.close();
      await lock?.release();
    };
    return {
      url: `postgres://postgres@${address}/postgres`,
      port: Number(address.slice(address.lastIndexOf(":") + 1)),
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

async function openDatabase(folder: string | null): Promise<PGlite> {
  const place = folder === null ? {} : { dataDir: folder };
  if (folder !== null && existsSync(join(folder, "PG_VERSION"))) return PGlite.create(place);
  const kept = await readFirstState();
  if (kept !== null) return PGlite.create({ ...place, loadDataDir: kept });
  const database = await PGlite.create(place);
  await keepFirstState(await database.dumpDataDir("gzip"));
  return database;
}
