import { join } from "node:path";
import { approve, merged } from "./forge-view.ts";
import type { ForgeView } from "./forge-view.ts";
import { commitFile, person } from "./person.ts";
import type { Person } from "./person.ts";
import { rolesOf } from "./read-role.ts";
import { waitFor } from "./wait-for.ts";
import type { DemoWorld } from "./world.ts";

/** Where a demo is played: names of this time only, and a folder for everybody's clones. */
export interface DemoPlace {
  readonly stamp: string;
  readonly folder: string;
}

/** What people do in a scenario, through GitHub's API and git with tokens of their own. */
export interface Scene {
  readonly view: ForgeView;
  as(login: string): Person;
  /** Alice pushes one file on a branch and opens a pull request. */
  open(title: string, file: { readonly path: string; readonly text: string }): Promise<Opened>;
  /** Changes a text of a policy, by a pull request that erin and carol approve; nothing when it says so already. */
  changePolicy(change: PolicyChange): Promise<string>;
  /** Approvals one after the other, then the gate's merge. */
  approvedBy(pull: number, logins: readonly string[]): Promise<string>;
  /** Writes a comment and waits for the gate's answer to it. */
  command(
    pull: number,
    asked: AskedCommand,
  ): Promise<{ readonly id: number; readonly answer: string }>;
  /** Waits until the database itself shows that alice holds the role, or holds nothing. */
  database(what: "role" | "nothing"): Promise<string>;
  /** Waits until the revert pull request of a request is merged. */
  reverted(name: string): Promise<string>;
}

export interface Opened {
  readonly pull: number;
  readonly head: string;
}

export interface PolicyChange {
  readonly title: string;
  readonly path: string;
  readonly from: RegExp;
  readonly to: string;
}

export interface AskedCommand {
  readonly login: string;
  readonly text: string;
  /** Code that the answer must have. */
  readonly code: string;
}

export const target = "payments-db";
export const role = "payments_readwrite";

/** Sets the scene of a scenario. */
export function demoScene(world: DemoWorld, { stamp, folder }: DemoPlace): Scene {
  const [owner = "", repo = ""] = world.repository.split("/");
  const as = (login: string): Person => person(world, login, login === "alice" ? 1001 : 0);
  const alice = as("alice");
  const view: ForgeView = { owner, repo, by: alice };
  const on = { owner, repo };
  let opened = 0;
  const scene: Scene = {
    view,
    as,
    async changePolicy({ title, path, from, to }) {
      const { data } = await alice.github.repos.getContent({ ...on, path });
      const text = "content" in data ? Buffer.from(data.content, "base64").toString("utf8") : "";
      const changed = text.replace(from, to);
      if (changed === text) return "it says so already";
      const { pull } = await scene.open(title, { path, text: changed });
      return scene.approvedBy(pull, ["erin", "carol"]);
    },
    async open(title, { path, text }) {
      opened += 1;
      const branch = `demo/${stamp}-${opened}`;
      const clone = join(folder, "people", `${stamp}-${opened}`);
      const git = await alice.clone(clone);
      await git.checkoutLocalBranch(branch);
      await commitFile(git, { folder: clone, path, text, message: title });
      await git.push("origin", branch);
      const { data } = await alice.github.pulls.create({
        ...on,
        title,
        head: branch,
        base: "main",
      });
      return { pull: data.number, head: data.head.sha };
    },
    async approvedBy(pull, logins) {
      for (const login of logins) await approve(view, as(login), pull);
      const { commit } = await merged(view, pull, 25);
      return `approved by ${logins.join(" and ")}; merged as ${commit.slice(0, 8)}`;
    },
    async command(pull, { login, text, code }) {
      const { issues } = as(login).github;
      const { data } = await issues.createComment({ ...on, issue_number: pull, body: text });
      const answer = await waitFor(`the answer to ${login}`, 25, async () => {
        const { data: all } = await issues.listComments({ ...on, issue_number: pull });
        const ours = all.findLast(({ user }) => user?.type === "Bot")?.body ?? "";
        const row = ours
          .split("\n")
          .find((line) => line.includes(`| ${login} |`) && line.includes(code));
        return row === undefined ? { seen: ours.slice(0, 200) } : { found: row };
      });
      return { id: data.id, answer: `${login}: ${text}\n${answer}` };
    },
    async database(what) {
      return waitFor(`alice to hold ${what === "role" ? role : what}`, 45, async () => {
        const held = (await rolesOf(world.databaseUrl, "alice")).join(", ") || "no role";
        const found = `pg_auth_members: alice → ${held}`;
        return held === (what === "role" ? role : "no role") ? { found } : { seen: held };
      });
    },
    async reverted(name) {
      const revert = await waitFor("the revert pull request", 45, async () => {
        const { data } = await alice.github.pulls.list({ ...on, state: "all" });
        const found = data.find(({ head: { ref } }) => ref.startsWith(`revert/${name}/`));
        return found === undefined ? { seen: `${data.length} pull requests` } : { found };
      });
      await merged(view, revert.number, 45);
      return `pull request #${revert.number}`;
    },
  };
  return scene;
}

/** What a request is beside an ordinary one. */
export type DemoKind =
  | { readonly kind: "AccessRequest" }
  | { readonly kind: "AccessExtension"; readonly extends: string }
  /** Number of the issue that is the incident. */
  | { readonly kind: "BreakGlassRequest"; readonly incident: number };

/** The text of one of alice's requests. */
export function demoRequest(
  name: string,
  duration: string,
  asked: DemoKind = { kind: "AccessRequest" },
): string {
  const extended = asked.kind === "AccessExtension" ? `  extends: ${asked.extends}\n` : "";
  const reference =
    asked.kind === "BreakGlassRequest"
      ? `{ type: incident, id: "#${asked.incident}" }`
      : "{ type: change, id: CHG-1042 }";
  return `apiVersion: countersign/v1
kind: ${asked.kind}
metadata:
  name: ${name}
spec:
${extended}  requester: alice
  beneficiary: { kind: human, name: alice }
  target: ${target}
  entitlement: readwrite
  duration: ${duration}
  reason: Fix the stuck settlement batch 8841
  references: [${reference}]
  compensatingControls: [statement logging on]
`;
}
