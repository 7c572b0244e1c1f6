import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPostgresTarget } from "../../src/adapters/targets/postgres-target.ts";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import { describePostgresTarget } from "../contract/target-postgres.contract.ts";
import { describeTarget } from "../contract/target.contract.ts";
import { openPostgresWorld } from "../support/postgres/postgres-world.ts";
import type { PostgresWorld } from "../support/postgres/postgres-world.ts";
import { startPostgres } from "../support/postgres/start-postgres.ts";
import type { RunningPostgres } from "../support/postgres/start-postgres.ts";

let postgres: RunningPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describeTarget("real PostgreSQL", () => openPostgresWorld(postgres.url));
describePostgresTarget("real PostgreSQL", () => openPostgresWorld(postgres.url));

describe("PostgreSQL target: what only a real server shows", () => {
  const end = new Date("2026-12-01T00:00:00Z");
  const sessions: Client[] = [];
  let world: PostgresWorld;

  beforeEach(async () => {
    world = await openPostgresWorld(postgres.url);
    await world.addIdentity("anna");
    await world.addIdentity("ben");
    await world.addPermission("read_all");
    await world.sql(
      "CREATE TABLE IF NOT EXISTS ledger_line (); GRANT SELECT ON ledger_line TO read_all",
    );
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.end().catch(() => undefined);
    await world.close();
  });

  const urlOf = (user: string) => postgres.url.replace("postgres@", `${user}@`);
  const login = async (user: string): Promise<Client> => {
    const client = new Client({ connectionString: urlOf(user) });
    client.on("error", () => undefined);
    await client.connect();
    sessions.push(client);
    return client;
  };
  // Not `once` of node:events, which takes the server's goodbye for a failure.
  const endOf = (client: Client) => new Promise<void>((resolve) => client.once("end", resolve));
  const as = (user: string, timeoutSeconds = 5) =>
    openPostgresTarget({ url: urlOf(user), timeoutSeconds });

  it("K8: ends a session that did SET ROLE, which REVOKE alone does not", async () => {
    await world.target.provision("anna", "read_all", end);
    const anna = await login("anna");
    const ben = await login("ben");
    await anna.query("SET ROLE read_all; SELECT * FROM ledger_line");
    await world.sql("REVOKE read_all FROM anna");
    await anna.query("SELECT * FROM ledger_line");
    const ended = endOf(anna);
    await world.target.revoke("anna", "read_all");
    await ended;
    await expect(anna.query("SELECT 1")).rejects.toThrow();
    await ben.query("SELECT 1");
    await expect((await login("anna")).query("SET ROLE read_all")).rejects.toThrow("permission");
  });

  it("tells how many sessions an identity has, whatever its own role may see", async () => {
    await world.addIdentity("executor");
    const target = as("executor");
    expect(await target.sessions("anna")).toBe(0);
    await login("anna");
    await login("anna");
    expect(await target.sessions("anna")).toBe(2);
    expect(await target.sessions("nobody_of_that_name")).toBe(0);
  });

  it("K8, K10: ends the sessions of an identity that was dropped meanwhile", async () => {
    await world.target.provision("anna", "read_all", end);
    const anna = await login("anna");
    const ben = await login("ben");
    await anna.query("SET ROLE read_all");
    await world.dropIdentity("anna");
    await anna.query("SELECT * FROM ledger_line");
    const ended = endOf(anna);
    await world.target.revoke("anna", "read_all");
    await ended;
    await ben.query("SELECT 1");
  });

  it("works as an executor that can do nothing else, and names each privilege it lacks", async () => {
    await world.addIdentity("executor");
    const target = as("executor");
    await expect(target.provision("anna", "read_all", end)).rejects.toThrow(
      `GRANT pg_signal_backend TO "executor";`,
    );
    await world.sql("GRANT pg_signal_backend TO executor");
    await expect(target.provision("anna", "read_all", end)).rejects.toThrow(
      /GRANT "read_all" TO "executor" WITH /,
    );
    await world.sql("GRANT read_all TO executor WITH ADMIN OPTION");
    await target.provision("anna", "read_all", end);
    const anna = await login("anna");
    await anna.query("SET ROLE read_all");
    await world.sql("REVOKE ADMIN OPTION FOR read_all FROM executor");
    await expect(target.revoke("anna", "read_all")).rejects.toSatisfy(
      (error) => error instanceof TargetRefused && error.message.includes("REVOKE"),
    );
    expect((await target.observe("anna")).permissions).toEqual(["read_all"]);
    await world.sql("GRANT read_all TO executor WITH ADMIN OPTION");
    await world.sql("REVOKE pg_signal_backend FROM executor");
    await expect(target.revoke("anna", "read_all")).rejects.toSatisfy(
      (error) => error instanceof TargetRefused && error.message.includes("sessions live on"),
    );
    await world.sql("GRANT pg_signal_backend TO executor");
    const ended = endOf(anna);
    await target.revoke("anna", "read_all");
    await ended;
  });

  it("calls a statement that hangs unreachable, and it takes no effect later", async () => {
    const administrator = await login("postgres");
    await administrator.query("BEGIN; LOCK TABLE pg_auth_members IN ACCESS EXCLUSIVE MODE");
    const impatient = as("postgres", 0.3);
    await expect(impatient.observe("anna")).rejects.toThrow(TargetUnreachable);
    await expect(impatient.provision("anna", "read_all", end)).rejects.toThrow(TargetUnreachable);
    await expect(impatient.revoke("anna", "read_all")).rejects.toThrow(TargetUnreachable);
    await administrator.query("ROLLBACK");
    expect((await world.target.observe("anna")).permissions).toEqual([]);
  });

  it("shows itself by name, and leaves no connection behind", async () => {
    const administrator = await login("postgres");
    await administrator.query("BEGIN; LOCK TABLE pg_auth_members IN ACCESS EXCLUSIVE MODE");
    const named = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'countersign-executor'";
    const reading = world.target.observe("anna");
    await expect.poll(async () => (await world.sql(named)).length).toBe(1);
    await administrator.query("ROLLBACK");
    await reading;
    await expect.poll(async () => (await world.sql(named)).length).toBe(0);
  });

  it("refuses a database that does not exist", async () => {
    const url = postgres.url.replace(/postgres$/, "no_such_database");
    const target = openPostgresTarget({ url, timeoutSeconds: 5 });
    await expect(target.revoke("anna", "read_all")).rejects.toThrow(TargetRefused);
  });
});

describe("PostgreSQL target: a server that was stopped", () => {
  it("K10: is unreachable for every verb", async () => {
    const other = await startPostgres();
    const target = openPostgresTarget({ url: other.url, timeoutSeconds: 2 });
    expect((await target.observe("anna")).permissions).toEqual([]);
    await other.halt();
    await expect(target.observe("anna")).rejects.toThrow(TargetUnreachable);
    await expect(target.provision("anna", "read_all", new Date(0))).rejects.toThrow(
      TargetUnreachable,
    );
    await expect(target.revoke("anna", "read_all")).rejects.toThrow(TargetUnreachable);
    await other.stop();
  });
});
