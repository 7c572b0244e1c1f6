import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPostgresTarget } from "../../../../src/adapters/targets/postgres-target.ts";
import { TargetRefused, TargetUnreachable } from "../../../../src/ports/target.ts";

describe("openPostgresTarget", () => {
  it.each([
    "",
    "alice:s3cret@db/postgres",
    "https://u:s3cret@db/postgres",
    "postgres://u:s3cret@db:port/x",
  ])("refuses the URL %j without repeating it", (url) => {
    let thrown: unknown = null;
    try {
      openPostgresTarget({ url, timeoutSeconds: 5 });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TargetRefused);
    expect(inspect(thrown)).not.toContain("s3cret");
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 3601])(
    "refuses the time-out %d, which would wait for ever",
    (timeoutSeconds) => {
      const open = () => openPostgresTarget({ url: "postgres://db/x", timeoutSeconds });
      expect(open).toThrow(TargetRefused);
    },
  );

  it("promises no end of its own and no session after a revoke", () => {
    const { capabilities } = openPostgresTarget({ url: "postgres://db/x", timeoutSeconds: 1 });
    expect(capabilities).toMatchObject({
      nativeExpiry: "none",
      residualSeconds: 0,
      endsSessions: "yes",
    });
  });
});

describe("a PostgreSQL that does not answer as one", () => {
  let server: Server;
  let sockets: Socket[];
  let answer: (socket: Socket) => void;
  const open = () => {
    const { port } = server.address() as AddressInfo;
    const url = `postgres://someone:s3cret@127.0.0.1:${String(port)}/postgres`;
    return openPostgresTarget({ url, timeoutSeconds: 0.2 });
  };

  beforeEach(async () => {
    sockets = [];
    server = createServer((socket) => {
      sockets.push(socket);
      answer(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each([
    ["stays silent", () => undefined],
    ["hangs up", (socket: Socket) => socket.destroy()],
  ] as const)("is unreachable when it %s", async (_, behave) => {
    answer = behave;
    const attempts = await Promise.allSettled([
      open().observe("anna"),
      open().provision("anna", "read_all", new Date(0)),
      open().revoke("anna", "read_all"),
    ]);
    for (const attempt of attempts) {
      const error: unknown = attempt.status === "rejected" ? attempt.reason : null;
      expect(error).toBeInstanceOf(TargetUnreachable);
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("s3cret");
    }
  });

  it("is refused, with the remedy, when it does not accept the credential", async () => {
    const fields = `SFATAL\0C28P01\0Mpassword authentication failed for user "someone"\0\0`;
    const message = Buffer.alloc(5 + fields.length);
    message.write("E");
    message.writeInt32BE(4 + fields.length, 1);
    message.write(fields, 5);
    answer = (socket) => socket.once("data", () => socket.end(message));
    const error: unknown = await open()
      .revoke("anna", "read_all")
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TargetRefused);
    expect(String(error)).toContain("credential");
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("s3cret");
  });
});
