import { afterAll, beforeAll, expect, test } from "vitest";
import { repo, startAcme } from "./acme.ts";
import type { Acme } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme({
    protection: [
      {
        branch: "main",
        requiredCheck: { context: "countersign", app: "gate" },
        pullRequestOnly: "yes",
      },
      { branch: "audit/decisions", onlyApp: "gate" },
      { branch: "steady" },
    ],
  });
});
afterAll(() => acme.close());

const x = { "x.txt": "x\n" };

test("refuses a direct push to main, from an administrator too, by git and by API", async () => {
  await acme.push("carol", "side", x);
  const pushing = acme.git("carol", "push", "--quiet", "origin", "side:main");
  await expect(pushing).rejects.toThrow(/Changes must be made through a pull request/);
  const put = { message: "m", content: Buffer.from("x").toString("base64"), branch: "main" };
  const answer = await acme.ask("carol", "PUT", `${repo}/contents/new.txt`, put);
  expect(answer.status).toBe(422);
  const deleting = acme.git("carol", "push", "--quiet", "origin", ":main");
  await expect(deleting).rejects.toThrow(/refusing to delete the current branch/);
  const byApi = await acme.ask("carol", "DELETE", `${repo}/git/refs/heads/main`);
  expect(byApi.status).toBe(422);
});

test("lets a merge of a checked head, made elsewhere, through exactly as GitHub would make it", async () => {
  const number = await acme.open("alice", "elsewhere", { "e.txt": "e\n" });
  const pull = await acme.ask("alice", "GET", `${repo}/pulls/${number}`);
  const head = String(pull.at("head.sha"));
  const identity = ["-c", "user.name=a", "-c", "user.email=alice@acme.example"];
  await acme.git("alice", "checkout", "--quiet", "-B", "local-main", "origin/main");
  await acme.git("alice", ...identity, "merge", "--quiet", "--no-ff", "-m", "By hand", head);
  const pushing = acme.git("alice", "push", "--quiet", "origin", "local-main:main");
  await expect(pushing).rejects.toThrow(/through a pull request/);

  await acme.check(head, "success");
  await acme.git("alice", "push", "--quiet", "origin", "local-main:main");
  const merged = await acme.ask("alice", "GET", `${repo}/pulls/${number}`);
  expect([merged.at("merged"), merged.at("merged_by.login")]).toEqual([true, "alice"]);
});

test("lets only the named App write its branch, and nobody rewrite or delete it", async () => {
  await acme.push("alice", "entry", x);
  const pushing = acme.git("alice", "push", "--quiet", "origin", "entry:audit/decisions");
  await expect(pushing).rejects.toThrow(/creations being restricted/);
  const url = new URL(`${acme.sandbox.serverUrl}/acme/access.git`);
  url.username = "x-access-token";
  url.password = await acme.token("other", { permissions: { contents: "write" } });
  const foreign = acme.git("alice", "push", "--quiet", url.href, "entry:audit/decisions");
  await expect(foreign).rejects.toThrow(/creations being restricted/);

  url.password = await acme.token("gate", { permissions: { contents: "write" } });
  await acme.git("alice", "push", "--quiet", url.href, "entry:audit/decisions");
  const over = ["--force", url.href, "origin/main:audit/decisions"];
  await expect(acme.git("alice", "push", "--quiet", ...over)).rejects.toThrow(/force-push/);
  url.password = await acme.token("gate", { permissions: { contents: "read" } });
  const reading = acme.git("alice", "push", "--quiet", url.href, "entry:audit/decisions");
  await expect(reading).rejects.toThrow(/403/);
});

test("refuses a force-push to a protected branch and lets others be rewritten", async () => {
  await acme.push("alice", "steady", x);
  const again = acme.push("alice", "steady", { "y.txt": "y\n" }, { force: "yes" });
  await expect(again).rejects.toThrow(/Cannot force-push/);
  const deleting = acme.git("alice", "push", "--quiet", "origin", ":steady");
  await expect(deleting).rejects.toThrow(/Cannot delete this branch/);
  await acme.push("alice", "loose", x);
  await acme.push("alice", "loose", { "y.txt": "y\n" }, { force: "yes" });
});

test("lets readers clone and fetch, and push nothing; shows nothing to strangers", async () => {
  await acme.push("alice", "readable", x);
  await expect(acme.push("mallory", "mine", x)).rejects.toThrow(/403/);
  const url = new URL(`${acme.sandbox.serverUrl}/acme/access.git`);
  const stranger = acme.git("mallory", "ls-remote", url.href);
  await expect(stranger).rejects.toThrow(/could not read Username/);
});

test("keeps a pull request's head under refs/pull, where nobody writes", async () => {
  const number = await acme.open("alice", "headed", { "h.txt": "1\n" });
  const head = await acme.push("alice", "headed", { "h.txt": "2\n" }, { from: "origin/headed" });
  const ref = `refs/pull/${number}/head`;
  await acme.git("bob", "clone").catch(() => "");
  await acme.git("bob", "fetch", "--quiet", "origin", ref);
  expect(await acme.git("bob", "rev-parse", "FETCH_HEAD")).toBe(head);
  const pushing = acme.git("alice", "push", "--quiet", "--force", "origin", `origin/main:${ref}`);
  await expect(pushing).rejects.toThrow(/deny updating a hidden ref|Cannot update/);
});

test("moves an approval to the new head of a patch-identical force-push, and only then", async () => {
  const number = await acme.open("alice", "moving", { "m.txt": "m\n" });
  const reviews = `${repo}/pulls/${number}/reviews`;
  await acme.ask("bob", "POST", reviews, { event: "APPROVE" });
  const commit = async (): Promise<unknown> =>
    (await acme.ask("carol", "GET", reviews)).at("0.commit_id");
  const seen = await commit();
  const same = { force: "yes", message: "Other words, same patch" } as const;
  const second = await acme.push("alice", "moving", { "m.txt": "m\n" }, same);
  expect(second).not.toBe(seen);
  expect(await commit()).toBe(second);

  await acme.push("alice", "moving", { "m.txt": "more\n" }, { force: "yes" });
  expect(await commit()).toBe(second);
});

test("closes a pull request whose branch is deleted, and does not reopen it", async () => {
  const number = await acme.open("alice", "gone", { "g.txt": "g\n" });
  await acme.git("alice", "push", "--quiet", "origin", ":gone");
  const pull = await acme.ask("bob", "GET", `${repo}/pulls/${number}`);
  expect([pull.at("state"), pull.at("merged")]).toEqual(["closed", false]);
  const path = `${repo}/pulls/${number}`;
  expect((await acme.ask("bob", "PATCH", path, { state: "open" })).status).toBe(422);
});
