import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openLedgerStore } from "../../../../src/adapters/git/git-ledger-store.ts";
import { openMirror } from "../../../../src/adapters/git/git-mirror.ts";
import { requireRemote } from "../../../../src/adapters/git/git-remote.ts";
import { LedgerUnreachable } from "../../../../src/ports/ledger-store.ts";
import { MirrorUnreachable } from "../../../../src/ports/mirror.ts";
import { bareRemote } from "../../../support/git/bare-remote.ts";
import { gitIn } from "../../../support/git/git-in.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/acme/access.git`;
}

describe("the credential", () => {
  it("is fresh each time, sent as Basic, and in no file and no message", async () => {
    const seen: (string | undefined)[] = [];
    const remote = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(403).end(`no: ${request.headers.authorization ?? ""} ghs_secret1`);
    });
    const folder = join(await temporaryFolder(), "mirror");
    let calls = 0;
    const credential = () => Promise.resolve(`ghs_secret${(calls += 1)}`);
    const mirror = await openMirror({ folder, remote, credential });
    const failures = [await failure(mirror.fetch()), await failure(mirror.fetch())];
    const basic = (token: string) =>
      `Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
    expect(seen).toEqual([basic("ghs_secret1"), basic("ghs_secret2")]);
    const written = await readFile(join(folder, "config"), "utf8");
    for (const text of [written, ...failures.map(everything)]) {
      expect(text).not.toContain("ghs_secret");
      expect(text).not.toContain(basic("ghs_secret1").slice(6));
    }
    expect(failures[0]).toBeInstanceOf(MirrorUnreachable);
  });

  it("goes to no other server when the remote redirects", async () => {
    const asked: string[] = [];
    const elsewhere = await serve((request, response) => {
      asked.push(request.headers.authorization ?? "");
      response.end();
    });
    const remote = await serve((_, response) =>
      response.writeHead(302, { location: elsewhere }).end(),
    );
    const folder = join(await temporaryFolder(), "mirror");
    const mirror = await openMirror({ folder, remote, credential: () => Promise.resolve("t") });
    await expect(mirror.fetch()).rejects.toThrow(MirrorUnreachable);
    expect(asked).toEqual([]);
  });

  it("that cannot be had makes the remote unreachable, with the reason kept", async () => {
    const folder = join(await temporaryFolder(), "mirror");
    const remote = await serve((_, response) => response.end());
    const reason = new Error("token endpoint answered 502");
    const mirror = await openMirror({ folder, remote, credential: () => Promise.reject(reason) });
    const error = await failure(mirror.fetch());
    expect(error).toBeInstanceOf(MirrorUnreachable);
    expect((error as Error).cause).toBe(reason);
  });
});

describe("a remote that is silent", () => {
  it("makes mirror and ledger give up", async () => {
    const remote = await serve(() => undefined);
    const folder = await temporaryFolder();
    const settings = { remote, credential: null, timeoutSeconds: 0.3 };
    const mirror = await openMirror({ ...settings, folder: join(folder, "mirror") });
    const identity = { name: "Gate", email: "gate@example.com" };
    const ledger = await openLedgerStore({ ...settings, identity, folder: join(folder, "ledger") });
    await expect(mirror.fetch()).rejects.toThrow(MirrorUnreachable);
    await expect(ledger.fetch()).rejects.toThrow(LedgerUnreachable);
    await expect(
      ledger.append("audit/decisions", null, [{ bytes: "{}", message: "a" }]),
    ).rejects.toThrow(LedgerUnreachable);
  });
});

describe("requireRemote", () => {
  const credential = () => Promise.resolve("t");

  it.each([
    ["https://github.com/acme/access.git", credential],
    ["http://127.0.0.1:8080/acme/access.git", credential],
    ["http://localhost/acme/access.git", credential],
    ["http://forge.example.com/acme/access.git", null],
    ["file:///srv/access.git", null],
    ["/srv/access.git", null],
  ])("accepts %s", (url, given) => {
    expect(requireRemote({ url, credential: given }).url).toBe(url);
  });

  it.each([
    ["http://forge.example.com/acme/access.git", credential],
    ["http://127.0.0.1.example.com/acme/access.git", credential],
    ["https://x:secret@github.com/acme/access.git", null],
    ["ssh://git@github.com/acme/access.git", null],
    ["ext::sh -c true", null],
    ["git@github.com:acme/access.git", null],
    ["--upload-pack=true", null],
    ["relative/path", null],
    ["", null],
    ["/srv/access.git", credential],
  ])("refuses %s", (url, given) => {
    expect(() => requireRemote({ url, credential: given })).toThrow(RangeError);
  });
});

describe("the machine around", () => {
  it("has no say: neither GIT_ variables nor a configuration in the home folder", async () => {
    const remote = await bareRemote();
    const one = await remote.commit({ files: { a: "1" } });
    await remote.setRef("refs/heads/main", one);
    const folder = await temporaryFolder();
    const other = await bareRemote();
    await gitIn(folder, ["config", "--file", join(folder, ".gitconfig"), "core.bare", "maybe"]);
    vi.stubEnv("HOME", folder);
    vi.stubEnv("GIT_DIR", other.folder);
    vi.stubEnv("GIT_CONFIG_GLOBAL", join(folder, ".gitconfig"));
    vi.stubEnv("GIT_OBJECT_DIRECTORY", join(other.folder, "objects"));
    onTestFinished(() => void vi.unstubAllEnvs());
    const settings = { folder: join(folder, "mirror"), remote: remote.folder, credential: null };
    const mirror = await openMirror(settings);
    await mirror.fetch();
    expect(await mirror.tip("main")).toBe(one);
  });

  it("cannot put a tag or a replacement of the remote between a name and its commit", async () => {
    const remote = await bareRemote();
    const one = await remote.commit({ files: { a: "1" }, message: "one" });
    const two = await remote.commit({ parents: [one], files: { a: "2" }, message: "two" });
    await remote.setRef("refs/heads/main", two);
    await remote.setRef("refs/tags/main", one);
    await gitIn(remote.folder, ["replace", two, one]);
    const folder = join(await temporaryFolder(), "mirror");
    const mirror = await openMirror({ folder, remote: remote.folder, credential: null });
    await mirror.fetch();
    expect(await mirror.tip("main")).toBe(two);
    await gitIn(folder, ["update-ref", `refs/replace/${two}`, one]);
    expect(await mirror.message(two)).toBe("two");
    expect(await mirror.firstParents(null, two)).toHaveLength(2);
    expect(await gitIn(folder, ["for-each-ref", "refs/tags"])).toBe("");
  });
});

async function failure(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => null,
    (error: unknown) => error,
  );
}

/** The message of an error and of all its causes, as a log would print them. */
function everything(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.message}\n${error.stack ?? ""}\n${everything(error.cause)}`;
}
