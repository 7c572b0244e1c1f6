import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { usableAccess } from "../../../../../src/adapters/targets/ldap/ldap-access.ts";
import { openLdapTarget } from "../../../../../src/adapters/targets/ldap/ldap-target.ts";
import { openTarget } from "../../../../../src/adapters/targets/open-target.ts";
import { targetSettings } from "../../../../../src/adapters/targets/target-settings.ts";
import { TargetRefused, TargetUnreachable } from "../../../../../src/ports/target.ts";

const usual = {
  url: "ldaps://ldap.example.org",
  bindDn: "uid=countersign,dc=org",
  password: "s3cret",
  peopleBase: "ou=people,dc=org",
  groupsBase: "ou=groups,dc=org",
  placeholder: "cn=nobody,dc=org",
  ca: null,
  timeoutSeconds: 5,
};
const authority = rootCertificates[0] ?? "";
const thrownBy = (act: () => unknown): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return error;
  }
};
const shown = (value: unknown): string => inspect(value, { depth: 10, showHidden: true });

describe("usableAccess", () => {
  it.each([
    "",
    "ldap.example.org",
    "https://ldap.example.org",
    "ldapi:///var/run/slapd",
    "ldaps://",
    "ldaps:ldap.example.org",
    "ldaps://anna:s3cret@ldap.example.org",
    "ldaps://s3cret@ldap.example.org",
    "ldaps://ldap.example.org/dc=s3cret",
    "ldaps://ldap.example.org?s3cret",
    "ldaps://s3cret:port",
  ])("refuses the URL %j without repeating it", (url) => {
    const error = thrownBy(() => usableAccess({ ...usual, url }));
    expect(error).toBeInstanceOf(TargetRefused);
    expect(String(error)).toContain("ldaps://host:port");
    expect(shown(error)).not.toContain("s3cret");
  });

  it.each([
    ["ldaps://ldap.example.org", "ldap.example.org", 636, "tls"],
    ["ldaps://127.0.0.1:1636/", "127.0.0.1", 1636, "tls"],
    ["ldap://ldap.example.org", "ldap.example.org", 389, "starttls"],
    ["ldap://[2001:db8::1]:1389", "2001:db8::1", 1389, "starttls"],
    ["ldap://10.0.0.1", "10.0.0.1", 389, "starttls"],
    ["ldap://127.0.0.1.example.org", "127.0.0.1.example.org", 389, "starttls"],
    ["ldap://localhost.example.org", "localhost.example.org", 389, "starttls"],
    ["ldap://localhost:1389", "localhost", 1389, "none"],
    ["ldap://127.1.2.3", "127.1.2.3", 389, "none"],
    ["ldap://[::1]", "::1", 389, "none"],
  ])("reads %s, and encrypts all that leaves this machine", (url, host, port, encryption) => {
    expect(usableAccess({ ...usual, url })).toMatchObject({ host, port, encryption });
  });

  it("encrypts on this machine too when it is given an authority", () => {
    const access = usableAccess({ ...usual, url: "ldap://localhost", ca: authority });
    expect(access.encryption).toBe("starttls");
  });

  it.each([
    [{ bindDn: "EXTERNAL" }, "BIND_DN"],
    [{ bindDn: "" }, "BIND_DN"],
    [{ peopleBase: "people" }, "PEOPLE_BASE"],
    [{ groupsBase: "" }, "GROUPS_BASE"],
    [{ placeholder: "nobody" }, "PLACEHOLDER"],
    [{ placeholder: "UID=countersign, DC=org" }, "PLACEHOLDER"],
    [{ password: "" }, "PASSWORD"],
    [{ ca: "-----BEGIN CERTIFICATE-----" }, "CA_FILE"],
    [{ timeoutSeconds: 0 }, "time-out"],
    [{ timeoutSeconds: Number.NaN }, "time-out"],
    [{ timeoutSeconds: 3601 }, "time-out"],
  ])("refuses %j and names the setting", (options, setting) => {
    const error = thrownBy(() => usableAccess({ ...usual, ...options }));
    expect(error).toBeInstanceOf(TargetRefused);
    expect(String(error)).toContain(setting);
  });
});

describe("openTarget with PROVIDER ldap-group", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-ldap-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const variables = (more: Record<string, string | undefined> = {}) => {
    const settings = {
      PROVIDER: "ldap-group",
      URL: usual.url,
      BIND_DN: usual.bindDn,
      PASSWORD: usual.password,
      PEOPLE_BASE: usual.peopleBase,
      GROUPS_BASE: usual.groupsBase,
      PLACEHOLDER: usual.placeholder,
      ...more,
    };
    return Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [`COUNTERSIGN_TARGET_STAFF_${name}`, value]),
    );
  };
  const open = (more?: Record<string, string | undefined>) =>
    openTarget(targetSettings(variables(more), "staff", 5));

  it("opens a directory that promises no end of its own and nothing of sessions", async () => {
    const target = await open();
    expect(target.capabilities).toMatchObject({
      nativeExpiry: "none",
      residualSeconds: null,
      endsSessions: "no",
    });
    expect(await target.sessions("anna")).toBeNull();
  });

  it.each(["URL", "BIND_DN", "PASSWORD", "PEOPLE_BASE", "GROUPS_BASE", "PLACEHOLDER"])(
    "refuses to go without %s, by the variable's name",
    async (setting) => {
      await expect(open({ [setting]: undefined })).rejects.toSatisfy(
        (error) =>
          error instanceof TargetRefused &&
          error.message.includes(`COUNTERSIGN_TARGET_STAFF_${setting}`),
      );
    },
  );

  it("takes the password from a file", async () => {
    const file = join(folder, "password");
    await writeFile(file, `${usual.password}\n`);
    await open({ PASSWORD: undefined, PASSWORD_FILE: file });
    await expect(open({ PASSWORD_FILE: file })).rejects.toThrow("keep one");
  });

  it("refuses an authority that it cannot read", async () => {
    await expect(open({ CA_FILE: join(folder, "none.pem") })).rejects.toThrow(
      "COUNTERSIGN_TARGET_STAFF_CA_FILE",
    );
  });
});

describe("a stand-in for an LDAP server that misbehaves", () => {
  let server: Server;
  let sockets: Socket[];
  let received: Buffer[];
  let answer: (socket: Socket, request: Buffer) => unknown;
  const open = (host = "127.0.0.1") => {
    const { port } = server.address() as AddressInfo;
    return openLdapTarget({
      ...usual,
      url: `ldap://${host}:${String(port)}`,
      timeoutSeconds: 0.3,
    });
  };
  const failures = async (host?: string): Promise<readonly unknown[]> => {
    const attempts = await Promise.allSettled([
      open(host).observe("anna"),
      open(host).provision("anna", "read_all", new Date(0)),
      open(host).revoke("anna", "read_all"),
    ]);
    return attempts.map((attempt): unknown =>
      attempt.status === "rejected" ? attempt.reason : null,
    );
  };
  /** Answers a request with a result (RFC 4511): `operation` is the tag of the answer. */
  const result = (request: Buffer, operation: number, code: number, text = ""): Buffer => {
    const body = Buffer.concat([
      Buffer.from([0x0a, 1, code, 0x04, 0, 0x04, text.length]),
      Buffer.from(text),
    ]);
    const message = Buffer.concat([
      Buffer.from([0x02, 1, request[4] ?? 0, operation, body.length]),
      body,
    ]);
    return Buffer.concat([Buffer.from([0x30, message.length]), message]);
  };
  const [bindAnswer, extendedAnswer] = [0x61, 0x78];

  beforeEach(async () => {
    sockets = [];
    received = [];
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => undefined);
      socket.on("data", (request) => {
        received.push(request);
        answer(socket, request);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each([
    ["stays silent", () => undefined],
    ["hangs up", (socket: Socket) => socket.destroy()],
    ["speaks another protocol", (socket: Socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
    [
      "hangs up after the login",
      (socket: Socket, request: Buffer) => {
        if (request[5] === 0x60) socket.write(result(request, bindAnswer, 0));
        else socket.destroy();
      },
    ],
  ] as const)("is unreachable when it %s", async (_, behave) => {
    answer = behave;
    for (const error of await failures()) {
      expect(error).toBeInstanceOf(TargetUnreachable);
      expect(shown(error)).not.toContain("s3cret");
    }
  });

  it("is not connected to a second time, which would be without a login", async () => {
    answer = (socket, request) => socket.end(result(request, bindAnswer, 0));
    for (const error of await failures()) {
      expect(error).toBeInstanceOf(TargetUnreachable);
      expect(String(error)).toContain("connection broke");
    }
    expect(sockets).toHaveLength(3);
    expect(received.filter((request) => request[5] === 0x60)).toHaveLength(3);
  });

  it("gets no password when it offers no STARTTLS", async () => {
    answer = (socket, request) => socket.write(result(request, extendedAnswer, 2));
    for (const error of await failures("0.0.0.0")) {
      expect(error).toBeInstanceOf(TargetRefused);
      expect(String(error)).toContain("STARTTLS");
    }
    expect(received).toHaveLength(3);
    expect(Buffer.concat(received).includes("s3cret")).toBe(false);
  });

  it("gets no password when it agrees to STARTTLS and then does not begin", async () => {
    answer = (socket, request) => {
      if (request[0] === 0x30) socket.write(result(request, extendedAnswer, 0));
    };
    for (const error of await failures("0.0.0.0")) expect(error).toBeInstanceOf(TargetUnreachable);
    expect(Buffer.concat(received).includes("s3cret")).toBe(false);
  });

  it("is not repeated where it quotes the password", async () => {
    answer = (socket, request) =>
      socket.write(result(request, bindAnswer, 49, "the password s3cret is wrong"));
    for (const error of await failures()) {
      expect(error).toBeInstanceOf(TargetRefused);
      expect(String(error)).toContain("BIND_DN");
      expect(shown(error)).not.toContain("s3cret");
    }
  });
});
