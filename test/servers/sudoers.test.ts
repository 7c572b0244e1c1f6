import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { SudoersAccess } from "../../src/adapters/targets/sudoers/sudoers-access.ts";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import { describeTarget } from "../contract/target.contract.ts";
import { openSudoersWorld } from "../support/sudoers/sudoers-world.ts";
import type { SudoersWorld } from "../support/sudoers/sudoers-world.ts";

describeTarget("sudoers", openSudoersWorld);

const run = promisify(execFile);
const soon = (seconds: number) => new Date(Date.now() + seconds * 1000);
const digits = (instant: Date) => instant.toISOString().slice(0, 19).replace(/\D/gu, "");
const end = soon(3600);
const refusal = (message: string) => ({
  name: "TargetRefused",
  message: expect.stringContaining(message) as string,
});

describe("sudoers: what sudo does with the rules", () => {
  let world: SudoersWorld;
  const included = `/etc/sudoers.d/countersign-test-${String(process.pid)}`;
  const held = async () => (await world.target.observe("games")).permissions;

  /** What sudo says that `games` may do, with its own files and one of ours that leads to the world's folder. */
  const allows = (...command: readonly string[]): Promise<boolean> =>
    run("sudo", ["-l", "-U", "games", "-u", "daemon", ...command]).then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 1, stderr: "" });
        return false;
      },
    );

  beforeAll(() => {
    if (userInfo().uid === 0) return;
    throw new Error("sudo tells only root what it allows: run this test as root in a container.");
  });
  beforeEach(async () => {
    world = await openSudoersWorld();
    await chmod(join(world.access.sudoersFolder, ".."), 0o755);
    await world.addIdentity("games");
    await world.writeTemplate("id", "ALL=(daemon) NOPASSWD: /usr/bin/id -u");
    await writeFile(included, `@includedir ${world.access.sudoersFolder}\n`, { mode: 0o440 });
  });
  afterEach(async () => {
    await rm(included, { force: true });
    await world.close();
  });

  it("lets the person run the command, as the account, and nothing else, until the revoke", async () => {
    expect(await allows("/usr/bin/id", "-u")).toBe(false);
    // The accounts of this machine, as a host itself has them.
    const target = world.open({ accounts: null });
    await target.provision("games", "id", end);
    expect(await allows("/usr/bin/id", "-u")).toBe(true);
    expect(await allows("/usr/bin/id", "-g")).toBe(false);
    const asGames = ["--reuid=games", "--regid=games", "--clear-groups"];
    const { stdout } = await run("setpriv", [
      ...asGames,
      ...["sudo", "-n", "-u", "daemon", "/usr/bin/id", "-u"],
    ]);
    expect(stdout).toBe("1\n");
    await target.revoke("games", "id");
    expect(await allows("/usr/bin/id", "-u")).toBe(false);
    await expect(target.provision("nobody_of_that_name", "id", end)).rejects.toThrow(TargetRefused);
    // The id of an account is not its name.
    await expect(target.provision("5", "id", end)).rejects.toThrow(TargetRefused);
  });

  it("ends by itself at the end, not in the second that follows", async () => {
    const ends = new Date(Math.ceil(Date.now() / 1000) * 1000 + 2000);
    await world.target.provision("games", "id", ends);
    expect(await allows("/usr/bin/id", "-u")).toBe(true);
    expect(await held()).toEqual(["id"]);
    await sleep(ends.getTime() - Date.now());
    expect(await allows("/usr/bin/id", "-u")).toBe(false);
    await expect.poll(held, { timeout: 10_000 }).toEqual([]);
  });

  it("writes files that sudo reads, whatever is in the names", async () => {
    await world.addIdentity("games.x");
    await world.writeTemplate("id.v2~", "ALL=(daemon) /usr/bin/id");
    await world.writeTemplate("id.v2", "ALL=(daemon) /usr/bin/id");
    await expect(world.target.provision("games", "id.v2~", end)).rejects.toThrow(TargetRefused);
    await world.target.provision("games", "id.v2", end);
    expect(await allows("/usr/bin/id", "-g")).toBe(true);
    expect(await held()).toEqual(["id.v2"]);
    await run("visudo", ["-c"]);
  });
});

describe("sudoers: what can go wrong with files", () => {
  let world: SudoersWorld;
  let access: SudoersAccess;
  const held = async (identity = "anna") => (await world.target.observe(identity)).permissions;
  const give = (permission = "psql", expiresAt = end) =>
    world.target.provision("anna", permission, expiresAt);
  /** The files that are there, without the lock. */
  const files = async () =>
    (await readdir(access.sudoersFolder)).filter((name) => name !== ".countersign.lock");
  const own = () => join(access.sudoersFolder, "countersign-anna-psql");

  beforeEach(async () => {
    world = await openSudoersWorld();
    ({ access } = world);
    await world.addIdentity("anna");
    await world.writeTemplate("psql", "ALL=(postgres) /usr/bin/psql, (root) /usr/bin/id");
  });
  afterEach(() => world.close());

  it("names the end for every command, as the last second before it, and the file's mode", async () => {
    const whole = new Date(Math.floor(end.getTime() / 1000) * 1000);
    await give("psql", new Date(whole.getTime() + 900));
    const text = await readFile(own(), "utf8");
    const last = digits(new Date(whole.getTime() - 1000));
    expect(text).toContain(
      `\nanna ALL = (postgres) NOTAFTER=${last}Z /usr/bin/psql, (root) /usr/bin/id\n`,
    );
    const { stdout } = await run("cvtsudoers", ["-c", "/dev/null", "-f", "json", own()]);
    expect(stdout.match(new RegExp(`"notafter": "${last}Z"`, "gu"))).toHaveLength(2);
    expect((await stat(own())).mode & 0o777).toBe(0o440);
    expect(await files()).toEqual([basename(own())]);
  });

  it("K4: a shorter grant does not shorten, a longer one lengthens", async () => {
    await give();
    await give("psql", soon(60));
    expect(await readFile(own(), "utf8")).toContain(`NOTAFTER=${digits(lastSecondBefore(end))}Z`);
    const later = soon(7200);
    await give("psql", later);
    expect(await readFile(own(), "utf8")).toContain(`NOTAFTER=${digits(lastSecondBefore(later))}Z`);
  });

  it("follows the template when it is changed, and keeps the end", async () => {
    await give();
    await world.writeTemplate("psql", "ALL=(postgres) /usr/bin/psql -d payments");
    expect(await held()).toEqual(["psql"]);
    await give("psql", soon(60));
    const text = await readFile(own(), "utf8");
    expect(text).toContain("/usr/bin/psql -d payments\n");
    expect(text).toContain(`NOTAFTER=${digits(lastSecondBefore(end))}Z`);
  });

  it.each([
    ["a user of its own", "ben ALL=(postgres) /usr/bin/psql"],
    ["no command", "ALL=(postgres)"],
    ["a syntax that sudo refuses", "ALL=(postgres /usr/bin/psql"],
    ["a relative command", "ALL=(postgres) psql"],
    ["an end of its own", "ALL=(postgres) NOTAFTER=20990101000000Z /usr/bin/psql"],
    ["a later end for one command", "ALL=/usr/bin/id, NOTAFTER=20990101000000Z /usr/bin/psql"],
    ["a second list of hosts, which has no end", "ALL=/usr/bin/id : ALL=/usr/bin/psql"],
    ["a second rule", "ALL=/usr/bin/id\nben ALL=(ALL) ALL"],
    ["a setting", "ALL=/usr/bin/id\nDefaults !authenticate"],
    ["an include", "@include /tmp/more = /usr/bin/id"],
    ["a line that goes on", "ALL=/usr/bin/id \\"],
    ["a comment at its end", "ALL=/usr/bin/id # and more"],
    ["a carriage return in it", "ALL=/usr/bin/id\r, /usr/bin/psql"],
    ["odd letters", "ALL=/usr/bin/id “x”"],
    ["nothing", ""],
  ])("refuses a template with %s, and leaves no file", async (_, rule) => {
    await world.writeTemplate("psql", rule);
    await expect(give()).rejects.toMatchObject(refusal("ALL=(postgres) /usr/bin/psql"));
    expect(await files()).toEqual([]);
    expect(await held()).toEqual([]);
  });

  it("takes hosts, several commands, tags, options and digests as sudo does", async () => {
    const rule =
      'web1,!web2 = (deploy : adm) CWD=/srv NOPASSWD: NOEXEC: /usr/bin/less /var/log/*, !/bin/sh, /usr/bin/id ""';
    await world.writeTemplate("less", rule);
    await give("less");
    expect(await held()).toEqual(["less"]);
    await world.writeDropIn("by_hand", `anna ${rule}\n`);
    await expect(world.target.revoke("anna", "less")).rejects.toThrow("by_hand");
  });

  it.each([
    "ALL",
    "DBA",
    "%dba",
    "#0",
    "Defaults",
    "anna,ben",
    "!anna",
    "../x",
    "a b",
    "a\nb",
    "+netgroup",
  ])("takes %j for no account", async (name) => {
    await world.addIdentity(name);
    await expect(world.target.provision(name, "psql", end)).rejects.toMatchObject(
      refusal("cannot be an account"),
    );
    expect(await held(name)).toEqual([]);
    await world.target.revoke(name, "psql");
    expect(await files()).toEqual([]);
  });

  it("gives nothing to the account of the executor itself", async () => {
    const { username } = userInfo();
    await world.addIdentity(username);
    await expect(world.target.provision(username, "psql", end)).rejects.toThrow("executor");
    expect(await files()).toEqual([]);
  });

  it.each(["../templates/psql", "psql~", ".psql", "p sql", "x".repeat(101)])(
    "takes %j for no permission",
    async (name) => {
      await expect(give(name)).rejects.toThrow(TargetRefused);
      await world.target.revoke("anna", name);
      expect(await files()).toEqual([]);
    },
  );

  it("refuses names that are too long together for a file", async () => {
    const name = `a${"-".repeat(99)}`;
    await world.addIdentity(name);
    await world.writeTemplate(name, "ALL=/usr/bin/id");
    await expect(world.target.provision(name, name, end)).rejects.toThrow(TargetRefused);
  });

  it("keeps apart names that only differ in what is escaped", async () => {
    for (const name of ["a.b", "a-b", "a_2eb"]) await world.addIdentity(name);
    await world.target.provision("a.b", "psql", end);
    expect(await held("a.b")).toEqual(["psql"]);
    expect([await held("a-b"), await held("a_2eb")]).toEqual([[], []]);
  });

  it("writes nothing that is over already", async () => {
    await expect(give("psql", soon(0))).rejects.toMatchObject(refusal("is over"));
    await expect(give("psql", new Date(Number.NaN))).rejects.toThrow(TargetRefused);
    expect(await files()).toEqual([]);
  });

  it("takes a file of ours that somebody changed for access without end, until the revoke", async () => {
    await give();
    const over = "ALL = NOTAFTER=20200101000000Z /usr/bin/id";
    for (const text of [
      "anna ALL=(ALL) ALL\n",
      `ben ${over}\n`,
      `anna ${over}\nanna ALL=(ALL) ALL\n`,
      `anna ${over}, NOTAFTER=20990101000000Z ALL\n`,
      "anna ALL=(AL",
    ]) {
      await rm(own());
      await world.writeDropIn(basename(own()), text);
      expect(await held()).toEqual(["psql"]);
      await give("psql", soon(60));
      expect(await readFile(own(), "utf8")).toBe(text);
    }
    await world.target.revoke("anna", "psql");
    expect(await held()).toEqual([]);
  });

  it("K5: sees a rule of somebody else, also by an alias or with an end, and leaves it to them", async () => {
    const rule = "ALL = (postgres) /usr/bin/psql, (root) /usr/bin/id";
    for (const text of [
      `ben, anna ${rule}\n`,
      `User_Alias PEOPLE = ben, anna\nPEOPLE ${rule}\n`,
      `anna ALL = (postgres) NOTAFTER=${digits(end)}Z /usr/bin/psql, (root) /usr/bin/id\n`,
    ]) {
      const path = await world.writeDropIn("by_hand", text);
      expect(await held()).toEqual(["psql"]);
      await expect(world.target.revoke("anna", "psql")).rejects.toMatchObject(refusal(path));
      expect(await readFile(path, "utf8")).toBe(text);
      await rm(path);
    }
    for (const text of [
      "anna ALL = (postgres) /usr/bin/psql\n",
      `ALL, !anna ${rule}\n`,
      `ben ${rule}\n`,
      "anna ALL = (postgres) NOTAFTER=20200101000000Z /usr/bin/psql, (root) /usr/bin/id\n",
    ]) {
      const path = await world.writeDropIn("by_hand", text);
      expect([text, await held()]).toEqual([text, []]);
      await rm(path);
    }
  });

  it("passes over what sudo passes over, and names a file that sudo cannot read", async () => {
    for (const name of ["by.hand", "by_hand~"]) {
      await world.writeDropIn(name, "anna ALL = (postgres) /usr/bin/psql, (root) /usr/bin/id\n");
    }
    expect(await held()).toEqual([]);
    await world.writeDropIn("broken", "anna ALL = (postgres\n");
    await expect(held()).rejects.toMatchObject(refusal("broken"));
    expect(await held("ben")).toEqual([]);
    await give();
    await expect(world.target.revoke("anna", "psql")).rejects.toMatchObject(refusal("broken"));
    expect(await files()).not.toContain(basename(own()));
  });

  it("is unreachable while another process holds the lock, and does nothing", async () => {
    await give();
    const holder = spawn("flock", [join(access.sudoersFolder, ".countersign.lock"), "cat"]);
    onTestFinished(async () => {
      holder.stdin.end();
      await once(holder, "close");
    });
    holder.stdin.write("\n");
    await once(holder.stdout, "data");
    const impatient = world.open({ timeoutSeconds: 0.3 });
    await expect(impatient.revoke("anna", "psql")).rejects.toThrow(TargetUnreachable);
    expect(await held()).toEqual(["psql"]);
  });

  it("is unreachable without its templates, and refuses without its accounts", async () => {
    await rename(access.templates, `${access.templates}.away`);
    await expect(give()).rejects.toThrow(TargetUnreachable);
    await rename(`${access.templates}.away`, access.templates);
    const other = world.open({ accounts: join(access.templates, "no-such-file") });
    await expect(other.provision("anna", "psql", end)).rejects.toMatchObject(
      refusal("no-such-file"),
    );
    expect(await files()).toEqual([]);
  });
});

/** The last second in which sudo takes a rule that ends at an instant. */
function lastSecondBefore(instant: Date): Date {
  return new Date(instant.getTime() - 1000);
}
