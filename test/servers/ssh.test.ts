import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openSshWorld } from "../support/ssh/ssh-world.ts";
import type { SshWorld } from "../support/ssh/ssh-world.ts";
import { startSshd } from "../support/ssh/start-sshd.ts";
import type { RunningSshd } from "../support/ssh/start-sshd.ts";

const soon = (seconds: number) => new Date(Date.now() + seconds * 1000);
const end = soon(3600);

/** Opens a session that stays, and returns once it answers. */
async function openSession(
  sshd: RunningSshd,
  identity: string,
  certificate: string,
): Promise<ChildProcessWithoutNullStreams> {
  const session = sshd.session(identity, certificate);
  onTestFinished(async () => {
    if (session.exitCode !== null) return;
    session.stdin.end();
    await once(session, "close");
  });
  await say(session, "opened");
  return session;
}

async function say(session: ChildProcessWithoutNullStreams, text: string): Promise<void> {
  const heard = once(session.stdout, "data");
  session.stdin.write(`${text}\n`);
  expect(String(await heard)).toBe(`${text}\n`);
}

describe("SSH certificates: what sshd does with them", () => {
  let world: SshWorld;
  let sshd: RunningSshd;
  const held = async (identity: string) => (await world.target.observe(identity)).permissions;

  beforeAll(async () => {
    world = await openSshWorld();
    for (const name of ["anna", "ben", "carla", "dora", "emil", "fred"]) {
      await world.addIdentity(name);
    }
    for (const name of ["deploy", "debug", "elsewhere"]) await world.addPermission(name);
    sshd = await startSshd(world, ["deploy", "debug"]);
  });
  afterAll(async () => {
    await sshd.stop();
    await world.close();
  });

  it("lets in who has a certificate for a principal that the host names, and nobody else", async () => {
    await world.target.provision("anna", "deploy", end);
    const deploy = await world.fetch("anna", "deploy");
    expect(await sshd.login("anna", deploy)).toBe("in");
    // Another's certificate is of no use with one's own key.
    expect(await sshd.login("ben", deploy)).toContain("Connection closed by authenticating user");
    await world.target.provision("anna", "elsewhere", end);
    const elsewhere = await world.fetch("anna", "elsewhere");
    expect(await sshd.login("anna", elsewhere)).toContain("authorized principal");
  });

  it("writes identity and permission into the log of every login", async () => {
    await world.target.provision("ben", "debug", end);
    expect(await sshd.login("ben", await world.fetch("ben", "debug"))).toBe("in");
    expect(sshd.log()).toContain("ID countersign identity=ben permission=debug (serial ");
  });

  it("refuses after the revoke; another principal of the same key goes on; a new grant works", async () => {
    await world.target.provision("carla", "deploy", end);
    await world.target.provision("carla", "debug", end);
    const [deploy, debug] = [
      await world.fetch("carla", "deploy"),
      await world.fetch("carla", "debug"),
    ];
    expect(await sshd.login("carla", deploy)).toBe("in");
    await world.target.revoke("carla", "deploy");
    expect(await sshd.login("carla", deploy)).toContain("revoked by file");
    expect(await sshd.login("carla", debug)).toBe("in");
    expect(await held("carla")).toEqual(["debug"]);
    await world.target.provision("carla", "deploy", end);
    expect(await sshd.login("carla", await world.fetch("carla", "deploy"))).toBe("in");
    expect(await sshd.login("carla", deploy)).toContain("revoked by file");
    expect(await held("carla")).toEqual(["debug", "deploy"]);
  });

  it("K8: a session that was open at the revoke goes on, and no new one begins", async () => {
    expect(world.target.capabilities).toMatchObject({ residualSeconds: null, endsSessions: "no" });
    await world.target.provision("dora", "deploy", end);
    const certificate = await world.fetch("dora", "deploy");
    const session = await openSession(sshd, "dora", certificate);
    await world.target.revoke("dora", "deploy");
    await say(session, "still here");
    expect(await sshd.login("dora", certificate)).toContain("revoked by file");
    expect(await world.target.sessions("dora")).toBeNull();
  });

  it("ends by itself, when nobody revokes it", async () => {
    // Long enough to log in on a busy machine before it is over.
    const ends = soon(12);
    await world.target.provision("emil", "deploy", ends);
    const certificate = await world.fetch("emil", "deploy");
    expect(await sshd.login("emil", certificate)).toBe("in");
    expect(await held("emil")).toEqual(["deploy"]);
    await sleep(ends.getTime() - Date.now());
    expect(await sshd.login("emil", certificate)).toContain("expired");
    await expect.poll(() => held("emil"), { timeout: 10_000 }).toEqual([]);
  });

  it("K4: a shorter grant does not shorten, and one revoke ends every certificate of the access", async () => {
    await world.target.provision("fred", "deploy", soon(1000));
    const shorter = await world.fetch("fred", "deploy");
    await world.target.provision("fred", "deploy", end);
    await world.target.provision("fred", "deploy", soon(2000));
    const longer = await world.fetch("fred", "deploy");
    const listing = await world.keygen("-L", "-f", longer);
    expect(listing).toContain(` to ${end.toISOString().slice(0, 19)}\n`);
    expect(await sshd.login("fred", longer)).toBe("in");
    await world.target.revoke("fred", "deploy");
    expect(await sshd.login("fred", shorter)).toContain("revoked by file");
    expect(await sshd.login("fred", longer)).toContain("revoked by file");
  });

  it("many revokes at once, by two executors, all reach the list, and others still log in", async () => {
    const names = Array.from({ length: 8 }, (_, index) => `user${String(index)}`);
    for (const name of names) {
      await world.addIdentity(name);
      await world.target.provision(name, "debug", end);
    }
    const [kept, ...leaving] = names;
    const other = world.open();
    const revokes = leaving.map((name, index) =>
      (index % 2 === 0 ? other : world.target).revoke(name, "debug"),
    );
    await Promise.all(revokes);
    for (const name of leaving) expect(await held(name)).toEqual([]);
    expect(await sshd.login(kept ?? "", await world.fetch(kept ?? "", "debug"))).toBe("in");
  });

  it("refuses to revoke into a missing list, without which sshd lets nobody in", async () => {
    await world.target.provision("ben", "deploy", end);
    const certificate = await world.fetch("ben", "deploy");
    await rm(world.access.revocationList);
    expect(await sshd.login("ben", certificate)).toContain("revoked-keys: No such file");
    const refusal = {
      name: "TargetRefused",
      message: expect.stringContaining("restore it") as string,
    };
    await expect(world.target.revoke("ben", "deploy")).rejects.toMatchObject(refusal);
    await expect(world.target.provision("ben", "debug", soon(7200))).rejects.toMatchObject(refusal);
    await world.keygen("-q", "-k", "-f", world.access.revocationList, "/dev/null");
    expect(await sshd.login("ben", certificate)).toBe("in");
  });
});
