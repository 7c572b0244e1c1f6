import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/decide/decide.ts";
import type { Decision } from "../../../src/core/model/decision.ts";
import type { Snapshot } from "../../../src/core/model/snapshot.ts";
import { readSnapshot } from "../../../src/facts/read-snapshot.ts";
import { account } from "../../support/snapshot/cast.ts";
import { exampleFiles } from "../../support/snapshot/example-files.ts";
import { ordinaryText } from "../../support/snapshot/request-text.ts";
import { gateScene, request, requestName } from "../gate/gate-scene.ts";
import type { GateScene } from "../gate/gate-scene.ts";

const text = ordinaryText(requestName);
const roles = exampleFiles.find(({ path }) => path === "governance/ROLES")?.text ?? "";

async function read(scene: GateScene, pull: number): Promise<Snapshot> {
  await scene.mirror.fetch();
  await scene.decisions.sync();
  const { reader, mirror, ledger, incidents } = scene.gate;
  const sources = {
    ...{ forge: reader, mirror, ledger: ledger.view(), incidents, governedBranch: "main" },
  };
  return readSnapshot(sources, pull);
}

async function decided(scene: GateScene, pull: number): Promise<Decision> {
  return decide(await read(scene, pull), scene.clock.now());
}

function codesAgainst({ findings }: Decision): readonly string[] {
  return findings.flatMap(({ outcome, code }) => (outcome === "satisfied" ? [] : [code]));
}

/** Shows commits at the forge, each by its author. */
function byAuthors(commits: readonly (readonly [oid: string, login: string])[]) {
  return commits.map(([oid, login]) => {
    const person = { name: login, email: `${login}@acme.example`, account: account(login) };
    return { oid, authors: [person], committer: person, signedByForge: false };
  });
}

describe("readSnapshot", () => {
  it.each([
    ["under another governed name", "access-requests/payments-db/draft.yaml"],
    ["at an ungoverned place", "notes/draft.yaml"],
  ])(
    "takes who wrote the bytes %s for a contributor, though another moved them",
    async (_, from) => {
      const scene = await gateScene();
      const written = scene.mirror.commit({ parents: [scene.origin], files: { [from]: text } });
      const moved = scene.mirror.commit({
        parents: [written],
        files: { [from]: null, [request]: text },
      });
      scene.open({ number: 7 });
      scene.mirror.setPull(7, moved);
      const commits = byAuthors([
        [written, "bob"],
        [moved, "alice"],
      ]);
      Object.assign(scene.world.pulls.get(7) ?? {}, { headOid: moved, commits });
      const { pull } = await read(scene, 7);
      expect(pull.commits.map(({ touchesGoverned }) => touchesGoverned)).toEqual([true, true]);
    },
  );

  it("A8 takes nobody for a contributor who only merged the branch into the head", async () => {
    const scene = await gateScene();
    const head = scene.open({ number: 7 });
    const main = scene.mirror.commit({ parents: [scene.origin], files: { "README.md": "new" } });
    await scene.moveMain(main);
    const update = scene.mirror.commit({ parents: [head, main], files: { "README.md": "new" } });
    scene.mirror.setPull(7, update);
    const commits = byAuthors([
      [head, "alice"],
      [update, "bob"],
    ]);
    Object.assign(scene.world.pulls.get(7) ?? {}, { headOid: update, commits });
    const { pull, missing } = await read(scene, 7);
    expect(pull.commits.map(({ touchesGoverned }) => touchesGoverned)).toEqual([true, false]);
    expect(missing).toEqual([]);
  });

  it("A2 names a commit that the forge does not show as missing", async () => {
    const scene = await gateScene();
    const head = scene.open({ number: 7 });
    const next = scene.mirror.commit({ parents: [head], files: { [request]: `${text}\n` } });
    scene.mirror.setPull(7, next);
    Object.assign(scene.world.pulls.get(7) ?? {}, { headOid: next });
    expect((await read(scene, 7)).missing.map(({ fact }) => fact)).toContain(`commit:${next}`);
  });

  it("B6 refuses a change of a governance file that the branch has changed meanwhile", async () => {
    const scene = await gateScene();
    const changed = { "governance/ROLES": `${roles}\n# one\n` };
    scene.open({ number: 7, author: "dave", files: changed });
    expect(codesAgainst(await decided(scene, 7))).not.toContain("SOD-FACTS");
    const files = { "governance/ROLES": `# two\n${roles}` };
    await scene.moveMain(scene.mirror.commit({ parents: [scene.origin], files }));
    expect(codesAgainst(await decided(scene, 7))).toContain("SOD-FACTS");
  });

  it("refuses a head with several merge bases, whose difference can hide what its merge would do", async () => {
    const scene = await gateScene();
    const { mirror, origin } = scene;
    const side = mirror.commit({ parents: [origin], files: { "a.md": "a" } });
    const policy = mirror.commit({
      parents: [origin],
      files: { "governance/ROLES": `${roles}\n` },
    });
    const files = { "a.md": "a", "governance/ROLES": `${roles}\n` };
    const main = mirror.commit({ parents: [policy, side], files });
    // Takes the governance from before the change, which the difference from `side` does not show.
    const head = mirror.commit({
      parents: [side, policy],
      files: { "b.md": "b", "governance/ROLES": roles },
    });
    await scene.moveMain(main);
    scene.open({ number: 7, files: { "b.md": "b" } });
    mirror.setPull(7, head);
    Object.assign(scene.world.pulls.get(7) ?? {}, { headOid: head });
    const decision = await decided(scene, 7);
    expect(decision.verdict).toBe("denied");
    expect(codesAgainst(decision)).toContain("SOD-FACTS");
  });

  it("C13 keeps a bounded part of a huge difference, and says so", async () => {
    const scene = await gateScene();
    const names = Array.from(
      { length: 301 },
      (_, index) => `access-requests/payments-db/r${index}`,
    );
    const many = Object.fromEntries(names.map((name) => [`${name}.yaml`, text]));
    const docs = Array.from({ length: 400 }, (_, index) => [`docs/${index}.md`, "x"] as const);
    scene.open({ number: 7, files: { ...many, ...Object.fromEntries(docs) } });
    const { pull, missing } = await read(scene, 7);
    expect(pull.changes).toHaveLength(600);
    expect(missing).toContainEqual({ fact: "files", reason: "101 files are too many." });
  });

  it("lets many ungoverned files pass: what is kept of them still says that nothing is governed", async () => {
    const scene = await gateScene();
    const docs = Array.from({ length: 400 }, (_, index) => [`docs/${index}.md`, "x"] as const);
    scene.open({ number: 7, files: Object.fromEntries(docs) });
    expect(await decided(scene, 7)).toMatchObject({ verdict: "approved", kind: "ungoverned" });
  });

  it("reads at most two mebibytes of text of one pull request", async () => {
    const scene = await gateScene();
    const large = "#".repeat(262_000);
    const files = Array.from({ length: 12 }, (_, index) => [
      `governance/policy/p${index}.yaml`,
      `${large}${index}`,
    ]);
    scene.open({ number: 7, files: Object.fromEntries(files) as Record<string, string> });
    const { pull } = await read(scene, 7);
    expect(pull.changes.filter((change) => change.text !== null)).toHaveLength(8);
  });

  it("can be recorded whatever the forge shows: half a character becomes U+FFFD", async () => {
    const scene = await gateScene();
    const half = "x\ud800y";
    const commits = byAuthors([]);
    const head = scene.open({ number: 7, parts: { headRef: half, commits } });
    const person = { name: half, email: half, account: null };
    const pull = scene.world.pulls.get(7);
    Object.assign(pull ?? {}, {
      commits: [{ oid: head, authors: [person], committer: person, signedByForge: false }],
      paths: [half],
    });
    await scene.look(7);
    expect(scene.entries("decision")).toHaveLength(1);
    expect(scene.published.at(-1)?.conclusion).toBe("failure");
  });

  it("lets a bad pull request hold up no other one", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, files: { [`access-requests/payments-db/\ud800.yaml`]: text } });
    scene.open({ number: 8 });
    await scene.look(7);
    await scene.look(8, [scene.review(8, "bob"), scene.review(8, "carol")]);
    expect(scene.published.map(({ conclusion }) => conclusion)).toEqual(["failure", "success"]);
  });
});
