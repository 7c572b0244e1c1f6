import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

describe("PostgreSQL target: grantors, recorded since 16", () => {
  const end = new Date("2026-12-01T00:00:00Z");

  it("takes a membership away whoever granted it", async () => {
    const world = await openPostgresWorld(postgres.url);
    await world.addIdentity("anna");
    await world.addIdentity("dba");
    await world.addPermission("read_all");
    await world.sql("GRANT read_all TO dba WITH ADMIN TRUE");
    await world.sql("GRANT read_all TO anna GRANTED BY dba");
    await world.target.provision("anna", "read_all", end);
    const rows = await world.sql("SELECT 1 FROM pg_auth_members WHERE member = 'anna'::regrole");
    expect(rows).toHaveLength(2);
    await world.target.revoke("anna", "read_all");
    expect((await world.target.observe("anna")).permissions).toEqual([]);
    expect((await world.target.observe("dba")).permissions).toEqual(["read_all"]);
    await world.close();
  });

  it("takes the ADMIN OPTION alone for no access, and leaves it alone", async () => {
    const world = await openPostgresWorld(postgres.url);
    await world.addIdentity("anna");
    await world.addIdentity("dba");
    await world.addPermission("read_all");
    await world.sql("GRANT read_all TO dba WITH ADMIN TRUE");
    await world.sql(
      "GRANT read_all TO anna WITH ADMIN TRUE, INHERIT FALSE, SET FALSE GRANTED BY dba",
    );
    const held = async () => (await world.target.observe("anna")).permissions;
    expect(await held()).toEqual([]);
    await world.target.provision("anna", "read_all", end);
    expect(await held()).toEqual(["read_all"]);
    await world.target.revoke("anna", "read_all");
    expect(await held()).toEqual([]);
    const rows = await world.sql(
      "SELECT admin_option FROM pg_auth_members WHERE member = 'anna'::regrole",
    );
    expect(rows).toEqual([{ admin_option: true }]);
    await world.close();
  });
});
