import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyDetached } from "../../../src/core/attest/openpgp/verify-detached.ts";
import { keysOf } from "../../support/openpgp/forge-keys.ts";
import { repo, startAcme } from "./acme.ts";
import type { Acme } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

async function merge(number: number, body: object = {}) {
  return acme.ask("bob", "PUT", `${repo}/pulls/${number}/merge`, body);
}

/** The commit that git stores: the signature is its last header. */
function signedCommit(payload: string, signature: string): string {
  const header = `gpgsig ${signature.trimEnd().replaceAll("\n", "\n ")}\n \n`;
  return payload.replace("\n\n", `\n${header}\n`);
}

async function headOf(number: number): Promise<string> {
  return String((await acme.ask("bob", "GET", `${repo}/pulls/${number}`)).at("head.sha"));
}

test("refuses a merge while the required check is missing, failed, or somebody else's", async () => {
  const number = await acme.open("alice", "unchecked", { "access-requests/u.yaml": "u\n" });
  const head = await headOf(number);
  expect((await merge(number)).status).toBe(405);

  await acme.check(head, "success", "other");
  const status = { state: "success", context: "countersign" };
  expect((await acme.ask("alice", "POST", `${repo}/statuses/${head}`, status)).status).toBe(201);
  expect((await merge(number)).status).toBe(405);

  await acme.check(head, "failure");
  const refused = await merge(number);
  expect(refused.status).toBe(405);
  expect(refused.at("message")).toContain('Required status check "countersign" is expected.');
  const pull = await acme.ask("bob", "GET", `${repo}/pulls/${number}`);
  expect(pull.at("mergeable_state")).toBe("blocked");
});

test("merges a checked head with a real merge commit that GitHub signs", async () => {
  const number = await acme.open("alice", "good", { "access-requests/g.yaml": "g\n" });
  const head = await headOf(number);
  const before = String((await acme.ask("bob", "GET", `${repo}/branches/main`)).at("commit.sha"));
  await acme.check(head, "success");

  expect((await merge(number, { sha: "0".repeat(40) })).status).toBe(409);
  expect((await merge(number, { merge_method: "squash" })).status).toBe(405);
  const merged = await merge(number, {
    sha: head,
    merge_method: "merge",
    commit_title: "Merge the request",
    commit_message: "Countersign-Decision: sha256:0",
  });
  expect(merged.status).toBe(200);
  expect((await merge(number)).status).toBe(405);

  await acme.git("alice", "fetch", "--quiet");
  const raw = await acme.git("alice", "cat-file", "commit", String(merged.at("sha")));
  expect(raw).toContain(`parent ${before}\nparent ${head}\nauthor bob <bob@acme.example>`);
  expect(raw).toContain("committer GitHub <noreply@github.com>");
  const answer = await acme.ask("bob", "GET", `${repo}/branches/main`);
  const payload = String(answer.at("commit.commit.verification.payload"));
  const signature = String(answer.at("commit.commit.verification.signature"));
  expect(raw).toBe(signedCommit(payload, signature).trim());
  const published = await fetch(`${acme.sandbox.serverUrl}/web-flow.gpg`);
  const keys = keysOf(await published.text());
  expect(verifyDetached(Buffer.from(payload), signature, keys).outcome).toBe("good");
  expect(raw).toContain("Merge the request\n\nCountersign-Decision: sha256:0");
  expect(await acme.git("alice", "rev-parse", "origin/main")).toBe(merged.at("sha"));
  const branch = await acme.ask("bob", "GET", `${repo}/branches/main`);
  expect(branch.at("commit.commit.verification.verified")).toBe(true);
  const pull = await acme.ask("bob", "GET", `${repo}/pulls/${number}`);
  expect([pull.at("merged"), pull.at("merge_commit_sha")]).toEqual([true, merged.at("sha")]);
});

test("lets two changes of the same lines conflict, and two of different files merge", async () => {
  const first = await acme.open("alice", "one", { "README.md": "one\n" });
  const second = await acme.open("bob", "two", { "README.md": "two\n" });
  const third = await acme.open("bob", "three", { "three.txt": "three\n" });
  for (const number of [first, second, third]) await acme.check(await headOf(number), "success");
  expect((await merge(first)).status).toBe(200);
  expect((await merge(second)).status).toBe(405);
  const pull = await acme.ask("bob", "GET", `${repo}/pulls/${second}`);
  expect([pull.at("mergeable"), pull.at("mergeable_state")]).toEqual([false, "dirty"]);
  expect((await merge(third)).status).toBe(200);
});

test("refuses a draft, a closed pull request, and a person who may only read", async () => {
  await acme.push("alice", "draft", { "draft.txt": "d\n" });
  const wish = { title: "Draft", head: "draft", base: "main", draft: true };
  const opened = await acme.ask("alice", "POST", `${repo}/pulls`, wish);
  const number = Number(opened.at("number"));
  await acme.check(await headOf(number), "success");
  expect((await merge(number)).status).toBe(405);
  const asMallory = await acme.ask("mallory", "PUT", `${repo}/pulls/${number}/merge`, {});
  expect(asMallory.status).toBe(403);
  await acme.ask("alice", "PATCH", `${repo}/pulls/${number}`, { state: "closed" });
  expect((await merge(number)).status).toBe(405);
});

test("freezes base.sha at opening and moves it only with a push or an update of the branch", async () => {
  const number = await acme.open("alice", "frozen", { "frozen.txt": "f\n" });
  const at = async (): Promise<unknown> =>
    (await acme.ask("bob", "GET", `${repo}/pulls/${number}`)).at("base.sha");
  const frozen = await at();
  const other = await acme.open("bob", "mover", { "mover.txt": "m\n" });
  await acme.check(await headOf(other), "success");
  const moved = await merge(other);
  expect(await at()).toBe(frozen);

  const old = { expected_head_sha: "0".repeat(40) };
  const path = `${repo}/pulls/${number}/update-branch`;
  expect((await acme.ask("alice", "PUT", path, old)).status).toBe(422);
  expect((await acme.ask("alice", "PUT", path, {})).status).toBe(202);
  expect(await at()).toBe(moved.at("sha"));
  const commits = await acme.ask("bob", "GET", `${repo}/pulls/${number}/commits`);
  expect(commits.at("1.committer.login")).toBe("web-flow");
  expect(commits.at("1.commit.verification.verified")).toBe(true);
  expect((await acme.ask("alice", "PUT", path, {})).status).toBe(422);
});
