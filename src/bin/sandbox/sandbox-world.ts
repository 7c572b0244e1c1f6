import type { Governance } from "../../core/model/governance.ts";
import type { GovernanceFile } from "../../core/model/snapshot.ts";
import type { AppOptions, SandboxOptions } from "../../sandbox/sandbox-options.ts";

export interface WorldOptions {
  readonly governance: Governance;
  readonly files: readonly GovernanceFile[];
  readonly folder: string;
  readonly port: number;
  /** Where the gate will listen for webhooks. */
  readonly webhookUrl: string;
  readonly log: (line: string) => void;
}

/** Describes the sandbox that fits the example governance: the same people, teams and Apps. */
export function sandboxWorld(options: WorldOptions): SandboxOptions {
  const { governance, files, folder, port } = options;
  return {
    owner: "acme",
    repository: "access",
    repositoryId: governance.trustRoot.repository.id,
    folder,
    port,
    files: [
      ...files.map(({ path, text }) => ({ path, content: text })),
      { path: "README.md", content: "# Access requests of acme\n" },
    ],
    people: governance.people.flatMap(({ accounts }) =>
      accounts.map(({ login, id }) => ({ login, id, access: "write" as const })),
    ),
    teams: governance.teams.map(({ name }) => ({
      slug: name,
      members: governance.people
        .filter(({ teams }) => teams.includes(name))
        .flatMap(({ accounts }) => accounts.slice(0, 1).map(({ login }) => login)),
    })),
    apps: [gateApp(options), executorApp(options)],
    protection: [
      {
        branch: governance.trustRoot.repository.governedBranch,
        pullRequestOnly: "yes",
        requiredCheck: { context: "countersign", app: "countersign-gate" },
      },
      { branch: "audit/decisions", onlyApp: "countersign-gate" },
      { branch: "audit/executions", onlyApp: "countersign-executor" },
    ],
    log: options.log,
  };
}

function gateApp({ governance, webhookUrl }: WorldOptions): AppOptions {
  return {
    slug: "countersign-gate",
    id: 101,
    ...botOf(governance, "countersign-gate[bot]"),
    permissions: {
      checks: "write",
      contents: "write",
      issues: "write",
      pull_requests: "write",
      statuses: "write",
      members: "read",
      metadata: "read",
    },
    webhookUrl,
    events: ["pull_request", "pull_request_review", "issues", "issue_comment", "check_run", "push"],
  };
}

function executorApp({ governance }: WorldOptions): AppOptions {
  return {
    slug: "countersign-executor",
    id: 102,
    ...botOf(governance, "countersign-executor[bot]"),
    permissions: {
      contents: "write",
      issues: "read",
      pull_requests: "read",
      members: "read",
      metadata: "read",
    },
    webhookUrl: null,
    events: [],
  };
}

function botOf(governance: Governance, login: string): { readonly botId?: number } {
  const accounts = governance.machines.flatMap((machine) => machine.accounts);
  const bot = accounts.find((account) => account.login === login);
  return bot === undefined ? {} : { botId: bot.id };
}
