import { afterAll, beforeAll } from "vitest";
import { startEmbeddedPostgres } from "../../src/adapters/targets/embedded-postgres.ts";
import type { EmbeddedPostgres } from "../../src/adapters/targets/embedded-postgres.ts";
import { openPostgresWorld } from "../support/postgres/postgres-world.ts";
import { describePostgresTarget } from "./target-postgres.contract.ts";
import { describeTarget } from "./target.contract.ts";

let postgres: EmbeddedPostgres;
beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ port: 0, folder: null, seed: null });
});
afterAll(() => postgres.stop());

describeTarget("PGlite (PostgreSQL 18)", () => openPostgresWorld(postgres.url));
describePostgresTarget("PGlite (PostgreSQL 18)", () => openPostgresWorld(postgres.url));
