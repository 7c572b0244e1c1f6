import { describe, expect, it } from "vitest";
import { runProgram } from "../../../../src/adapters/targets/files/run-program.ts";
import { openTarget } from "../../../../src/adapters/targets/open-target.ts";
import { dropInName, grantOfName } from "../../../../src/adapters/targets/sudoers/drop-in-name.ts";
import { targetSettings } from "../../../../src/adapters/targets/target-settings.ts";
import { TargetRefused, TargetUnreachable } from "../../../../src/ports/target.ts";

const ssh = {
  PROVIDER: "ssh-certificate",
  CA_KEY_FILE: "/etc/countersign/user-ca",
  PUBLIC_KEYS: "/srv/keys",
  CERTIFICATES: "/srv/certificates",
  PRINCIPALS: "/etc/ssh/auth_principals",
  KRL_FILE: "/srv/krl/revoked-keys",
};
const sudoers = { PROVIDER: "sudoers", TEMPLATES: "/etc/countersign/rules" };

function open(settings: Readonly<Record<string, string>>, timeoutSeconds = 5) {
  const variables = Object.entries(settings).map(([key, value]) => [
    `COUNTERSIGN_TARGET_WEB_${key}`,
    value,
  ]);
  return openTarget(
    targetSettings(Object.fromEntries(variables) as Record<string, string>, "web", timeoutSeconds),
  );
}

describe("targets that are made of files: settings", () => {
  it.each([ssh, sudoers])(
    "opens $PROVIDER, which ends access by itself and no session",
    async (settings) => {
      const { capabilities } = await open(settings);
      expect(capabilities).toMatchObject({
        nativeExpiry: "exact",
        residualSeconds: null,
        endsSessions: "no",
      });
    },
  );

  it.each(Object.keys(ssh).slice(1))(
    "says that %s of ssh-certificate is missing",
    async (setting) => {
      await expect(open({ ...ssh, [setting]: "" })).rejects.toThrow(
        `COUNTERSIGN_TARGET_WEB_${setting} is not set: write the path`,
      );
    },
  );

  it("says that TEMPLATES of sudoers is missing", async () => {
    await expect(open({ PROVIDER: "sudoers" })).rejects.toThrow("WEB_TEMPLATES is not set");
  });

  it.each([
    ...Object.keys(ssh)
      .slice(1)
      .map((setting) => [ssh, setting] as const),
    ...["SUDOERS_DIR", "TEMPLATES", "ACCOUNTS"].map((setting) => [sudoers, setting] as const),
  ])("refuses a path that depends on where it was started: %o %s", async (settings, setting) => {
    const opened = open({ ...settings, [setting]: "some/where" });
    await expect(opened).rejects.toThrow(`${setting} is "some/where": write the whole path`);
  });

  it.each(["permit-everything", "permit-pty,force-command=/bin/sh", "PERMIT-PTY"])(
    "refuses the extensions %j",
    async (extensions) => {
      await expect(open({ ...ssh, EXTENSIONS: extensions })).rejects.toThrow(TargetRefused);
    },
  );

  it.each(["none", "permit-pty", "permit-pty, permit-port-forwarding", ","])(
    "takes the extensions %j",
    async (extensions) => {
      await (await open({ ...ssh, EXTENSIONS: extensions })).close();
    },
  );

  it.each([ssh, sudoers])(
    "refuses a time-out of $PROVIDER that would wait for ever",
    async (settings) => {
      for (const seconds of [0, Number.NaN, 3601]) {
        await expect(open(settings, seconds)).rejects.toThrow(TargetRefused);
      }
    },
  );

  it.each([ssh, sudoers])(
    "cannot tell sessions of $PROVIDER, and nothing at all once closed",
    async (settings) => {
      const target = await open(settings);
      expect(await target.sessions("anna")).toBeNull();
      await target.close();
      await expect(target.sessions("anna")).rejects.toThrow("open it again");
    },
  );
});

describe("runProgram", () => {
  const program = (command: string) => ({ command, package: "some-package" });

  it("is unreachable when a program does not end in time", async () => {
    const hanging = runProgram(program("sleep"), ["20"], { timeoutSeconds: 0.1 });
    await expect(hanging).rejects.toThrow(TargetUnreachable);
  });

  it("refuses a program that is not there, and says how to get it", async () => {
    const missing = runProgram(program("no-such-program"), [], { timeoutSeconds: 5 });
    await expect(missing).rejects.toThrow("apt-get install -y some-package");
    await expect(missing).rejects.toThrow(TargetRefused);
  });

  it("passes arguments as they are, and none of the executor's environment", async () => {
    process.env["COUNTERSIGN_TARGET_WEB_TOKEN"] = "s3cret";
    try {
      const run = { timeoutSeconds: 5 };
      const said = await runProgram(program("echo"), ["$HOME; `id`", "*"], run);
      expect(said).toEqual({ code: 0, stdout: "$HOME; `id` *\n", stderr: "" });
      const { stdout } = await runProgram(program("env"), [], run);
      expect(stdout.split("\n").map((line) => line.split("=")[0])).toEqual([
        "PATH",
        "LC_ALL",
        "TZ",
        "",
      ]);
    } finally {
      delete process.env["COUNTERSIGN_TARGET_WEB_TOKEN"];
    }
  });
});

describe("names of drop-ins", () => {
  it.each([
    [{ identity: "anna", permission: "psql" }, "countersign-anna-psql"],
    [{ identity: "a.b_c-d@e", permission: "x=1" }, "countersign-a_2eb_5fc_2dd_40e-x_3d1"],
  ])("%o is %s, and back", (grant, name) => {
    expect(dropInName(grant)).toBe(name);
    expect(grantOfName(name)).toEqual(grant);
  });

  it.each([
    "countersign-anna",
    "countersign-anna-psql-x",
    "other-anna-psql",
    "countersign-a_61-x",
    "countersign-a.b-x",
  ])("%s is no file of ours", (name) => {
    expect(grantOfName(name)).toBeNull();
  });
});
