import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import type { Target } from "../../src/ports/target.ts";

/** One system that holds access, with the hands of its own administrator beside the target under test. */
export interface TargetWorld {
  readonly target: Target;
  /** How this system writes the permission that the suite calls by a plain name; the same name when left out. */
  spell?(permission: string): string;
  /** Whether the system can have an identity and a permission of that name at all; it can when left out. */
  canName?(name: string): boolean;
  /** `no`: the system keeps no list of identities, and who logs in by a name is the one; it keeps one when left out. */
  readonly knowsIdentities?: "no";
  addIdentity(name: string): Promise<void>;
  addPermission(name: string): Promise<void>;
  dropIdentity(name: string): Promise<void>;
  dropPermission(name: string): Promise<void>;
  /** Gives access past Countersign. Permissions come by their plain names here, as in the four above. */
  give(identity: string, permission: string): Promise<void>;
  /** A second target on a system that cannot be reached. */
  unreachable(): Target;
  /** Puts everything away; called after each test. */
  close(): Promise<void>;
}

/** Checks what src/ports/target.ts promises, whatever stands behind it. */
export function describeTarget(name: string, open: () => Promise<TargetWorld>): void {
  describe(`target contract: ${name}`, () => {
    let world: TargetWorld;
    // By the clock of the system, which some systems end access by themselves with.
    const end = new Date(Date.now() + 3_600_000);
    const spelled = (permission: string) => world.spell?.(permission) ?? permission;
    const held = async (identity: string) => (await world.target.observe(identity)).permissions;

    beforeEach(async () => {
      world = await open();
      await world.addIdentity("anna");
      await world.addIdentity("ben");
      await world.addPermission("write_all");
      await world.addPermission("read_all");
    });
    afterEach(() => world.close());

    it("reads back what was provisioned, sorted, with the identity and the instant", async () => {
      await world.target.provision("anna", spelled("write_all"), end);
      await world.target.provision("anna", spelled("read_all"), end);
      const readBack = await world.target.observe("anna");
      expect(readBack.identity).toBe("anna");
      expect(readBack.permissions).toEqual(["read_all", "write_all"].map(spelled));
      expect(new Date(readBack.at).toISOString()).toBe(readBack.at);
    });

    it("K10: reads that an identity which does not exist holds nothing", async () => {
      expect(await held("nobody_of_that_name")).toEqual([]);
      expect(await held("")).toEqual([]);
    });

    it("takes away with one revoke what was provisioned twice", async () => {
      await world.target.provision("anna", spelled("read_all"), end);
      await world.target.provision("anna", spelled("read_all"), end);
      await world.target.revoke("anna", spelled("read_all"));
      expect(await held("anna")).toEqual([]);
    });

    it("revokes twice, and what was never held, without an error", async () => {
      await world.target.provision("anna", spelled("read_all"), end);
      await world.target.revoke("anna", spelled("read_all"));
      await world.target.revoke("anna", spelled("read_all"));
      await world.target.revoke("ben", spelled("write_all"));
      expect(await held("anna")).toEqual([]);
    });

    it("leaves every other permission and identity alone", async () => {
      await world.target.provision("anna", spelled("read_all"), end);
      await world.target.provision("anna", spelled("write_all"), end);
      await world.target.provision("ben", spelled("read_all"), end);
      await world.target.revoke("anna", spelled("read_all"));
      expect(await held("anna")).toEqual([spelled("write_all")]);
      expect(await held("ben")).toEqual([spelled("read_all")]);
    });

    it("never creates an identity or a permission: the refusal names what is missing", async () => {
      if (world.knowsIdentities !== "no") {
        await expect(world.target.provision("carl", spelled("read_all"), end)).rejects.toSatisfy(
          (error) => error instanceof TargetRefused && error.message.includes("carl"),
        );
      }
      await expect(world.target.provision("anna", spelled("own_all"), end)).rejects.toSatisfy(
        (error) => error instanceof TargetRefused && error.message.includes("own_all"),
      );
      await expect(world.target.provision("", spelled("read_all"), end)).rejects.toThrow(
        TargetRefused,
      );
      expect(await held("anna")).toEqual([]);
      expect(await held("carl")).toEqual([]);
    });

    it("K5: sees access that somebody else gave", async () => {
      await world.give("anna", "read_all");
      expect(await held("anna")).toEqual([spelled("read_all")]);
    });

    it("K10: counts a dropped identity or permission as revoked", async () => {
      await world.target.provision("anna", spelled("read_all"), end);
      await world.dropPermission("read_all");
      await world.target.revoke("anna", spelled("read_all"));
      expect(await held("anna")).toEqual([]);
      await world.target.provision("anna", spelled("write_all"), end);
      await world.dropIdentity("anna");
      await world.target.revoke("anna", spelled("write_all"));
      expect(await held("anna")).toEqual([]);
    });

    it.each([
      `anna"; DROP ROLE ben; --`,
      `anna'; DROP ROLE ben; --`,
      "Ärger mit ünïcode 数据",
      "UPPER and lower",
      "back\\slash $1 %s",
      "public_not",
    ])("takes the hostile name %j for a name and nothing else", async (hostile) => {
      const permission = spelled(`${hostile} p`);
      if (world.canName?.(hostile) === false) {
        await expect(world.target.provision(hostile, permission, end)).rejects.toThrow(
          TargetRefused,
        );
        expect(await held(hostile)).toEqual([]);
        await world.target.revoke(hostile, permission);
        return;
      }
      await world.addIdentity(hostile);
      await world.addPermission(`${hostile} p`);
      await world.target.provision(hostile, permission, end);
      expect(await held(hostile)).toEqual([permission]);
      expect(await held("anna")).toEqual([]);
      await world.target.revoke(hostile, permission);
      expect(await held(hostile)).toEqual([]);
      await world.target.provision("ben", spelled("read_all"), end);
      await world.dropIdentity(hostile);
      await world.dropPermission(`${hostile} p`);
    });

    it("answers many questions at once, each with its own answer", async () => {
      await world.target.provision("anna", spelled("read_all"), end);
      await world.target.provision("ben", spelled("write_all"), end);
      const names = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? "anna" : "ben"));
      const answers = await Promise.all(names.map((identity) => world.target.observe(identity)));
      for (const [index, answer] of answers.entries()) {
        expect(answer.identity).toBe(names[index]);
        expect(answer.permissions).toEqual([spelled(index % 2 === 0 ? "read_all" : "write_all")]);
      }
    });

    it("K10: unreachable is neither gone nor done", async () => {
      const lost = world.unreachable();
      await expect(lost.observe("anna")).rejects.toThrow(TargetUnreachable);
      await expect(lost.provision("anna", spelled("read_all"), end)).rejects.toThrow(
        TargetUnreachable,
      );
      await expect(lost.revoke("anna", spelled("read_all"))).rejects.toThrow(TargetUnreachable);
      await lost.close();
    });

    it("does nothing any more once it is closed", async () => {
      await world.target.close();
      await expect(world.target.observe("anna")).rejects.toThrow(TargetRefused);
      await expect(world.target.provision("anna", spelled("read_all"), end)).rejects.toThrow(
        TargetRefused,
      );
      await expect(world.target.revoke("anna", spelled("read_all"))).rejects.toThrow(TargetRefused);
    });
  });
}
