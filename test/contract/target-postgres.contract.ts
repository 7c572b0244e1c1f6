import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TargetRefused } from "../../src/ports/target.ts";
import type { PostgresWorld } from "../support/postgres/postgres-world.ts";

/** Checks what the PostgreSQL target promises beyond the port, on every version of PostgreSQL. */
export function describePostgresTarget(name: string, open: () => Promise<PostgresWorld>): void {
  describe(`PostgreSQL target: ${name}`, () => {
    let world: PostgresWorld;
    const end = new Date("2026-12-01T00:00:00Z");
    const provision = (permission: string) => world.target.provision("anna", permission, end);
    const held = async (identity: string) => (await world.target.observe(identity)).permissions;
    const refuses = async (permission: string, words: string) => {
      await expect(provision(permission)).rejects.toSatisfy(
        (error) => error instanceof TargetRefused && error.message.includes(words),
      );
      expect(await held("anna")).not.toContain(permission);
    };

    beforeEach(async () => {
      world = await open();
      await world.addIdentity("anna");
      await world.addPermission("read_all");
    });
    afterEach(() => world.close());

    it("gives no ADMIN OPTION", async () => {
      await provision("read_all");
      const rows = await world.sql(
        "SELECT admin_option FROM pg_auth_members WHERE member = 'anna'::regrole",
      );
      expect(rows).toEqual([{ admin_option: false }]);
    });

    it("says the statement that makes a missing role", async () => {
      await refuses("own_all", `CREATE ROLE "own_all" NOLOGIN;`);
      await expect(world.target.provision("carl", "read_all", end)).rejects.toThrow(
        `CREATE ROLE "carl" LOGIN;`,
      );
    });

    it.each(["SUPERUSER", "CREATEROLE", "REPLICATION", "BYPASSRLS", "LOGIN"])(
      "refuses a permission with %s",
      async (attribute) => {
        await world.sql(`ALTER ROLE read_all ${attribute}`);
        await refuses("read_all", attribute);
      },
    );

    it.each([
      "pg_execute_server_program",
      "pg_read_server_files",
      "pg_write_server_files",
      "pg_read_all_data",
      "pg_signal_backend",
    ])("refuses %s, by itself and inside another role", async (predefined) => {
      await refuses(predefined, "predefined role");
      await world.addPermission("middle");
      await world.sql(`GRANT ${predefined} TO middle; GRANT middle TO read_all`);
      await refuses("read_all", predefined);
    });

    it("allows a role that only watches", async () => {
      await provision("pg_monitor");
      expect(await held("anna")).toEqual(["pg_monitor"]);
    });

    it("refuses a permission whose holder could hand out another", async () => {
      await world.addPermission("other");
      await world.sql("GRANT other TO read_all WITH ADMIN OPTION");
      await refuses("read_all", "ADMIN OPTION");
    });

    it("refuses a superuser and the executor's own role as identities", async () => {
      await world.sql("ALTER ROLE anna SUPERUSER");
      await refuses("read_all", "superuser");
      await expect(world.target.provision("postgres", "read_all", end)).rejects.toThrow(
        TargetRefused,
      );
    });

    it("never takes a name for the first 63 bytes of it", async () => {
      const longest = "r".repeat(63);
      await world.addPermission(longest);
      await world.addIdentity("i".repeat(63));
      await expect(provision(`${longest}r`)).rejects.toThrow(TargetRefused);
      await expect(world.target.provision("i".repeat(64), longest, end)).rejects.toThrow(
        TargetRefused,
      );
      await provision(longest);
      await world.target.revoke("anna", `${longest}r`);
      expect(await held("anna")).toEqual([longest]);
      await world.give("i".repeat(63), "read_all");
      expect(await held("i".repeat(64))).toEqual([]);
    });

    it.each(["public", "none", "current_user", "a\0b"])("has no role %j", async (keyword) => {
      await expect(world.target.provision(keyword, "read_all", end)).rejects.toThrow(TargetRefused);
      await world.target.revoke(keyword, "read_all");
      expect(await held(keyword)).toEqual([]);
    });

    it("lists and takes direct memberships, and leaves what comes through a team's role", async () => {
      await world.addPermission("team");
      await world.sql("GRANT read_all TO team; GRANT team TO anna");
      expect(await held("anna")).toEqual(["team"]);
      await provision("read_all");
      await world.target.revoke("anna", "read_all");
      expect(await held("anna")).toEqual(["team"]);
      expect(await held("team")).toEqual(["read_all"]);
    });

    it("takes with the membership what the identity passed on", async () => {
      await world.addIdentity("ben");
      await world.sql("GRANT read_all TO anna WITH ADMIN OPTION");
      await world.sql("SET ROLE anna; GRANT read_all TO ben; RESET ROLE");
      await world.target.revoke("anna", "read_all");
      expect(await held("anna")).toEqual([]);
    });
  });
}
