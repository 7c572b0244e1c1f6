import { createHash, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { createForgeKey } from "../signing/forge-key.ts";
import { instant } from "./instant.ts";
import type { AppOptions, SandboxOptions } from "../sandbox-options.ts";
import type { Git } from "../git/run-git.ts";
import type { App, Person, Team } from "./account.ts";
import type { World } from "./world.ts";

/** Makes the state of a sandbox from its options: accounts, teams, Apps with fresh keys, tokens. */
export function createWorld(options: SandboxOptions, git: Git): World {
  let lastId = 500_000_000;
  let last: Promise<unknown> = Promise.resolve();
  const world: World = {
    options,
    git,
    baseUrl: "",
    startedAt: instant(),
    organisation: { login: options.owner, id: 800_001, type: "Organization" },
    people: new Map(options.people.map((person) => [person.login, toPerson(person)])),
    apps: new Map(options.apps.map((app) => [app.slug, toApp(app)])),
    teams: new Map(options.teams.map((team, index) => [team.slug, toTeam(team, index)])),
    tokens: new Map(),
    issues: new Map(),
    pulls: new Map(),
    comments: [],
    checkRuns: [],
    statuses: [],
    activity: [],
    forgeKey: createForgeKey(new Date()),
    forgeSigned: new Map(),
    protection: options.protection,
    deliveries: [],
    faults: { armed: [] },
    nextId: () => (lastId += 1),
    exclusively: (change) => {
      const next = last.then(change, change);
      last = next.catch(() => undefined);
      return next;
    },
  };
  for (const person of world.people.values()) {
    world.tokens.set(newSecret("ghp"), { kind: "person", person });
  }
  return world;
}

/** Makes a bearer token with GitHub's prefix. */
export function newSecret(prefix: "ghp" | "ghs"): string {
  return `${prefix}_${randomBytes(30).toString("hex").slice(0, 36)}`;
}

function toPerson(options: SandboxOptions["people"][number]): Person {
  const account = { login: options.login, id: options.id, type: "User" } as const;
  const email = options.email ?? `${options.id}+${options.login}@users.noreply.github.com`;
  return { account, access: options.access, email };
}

function toTeam(options: SandboxOptions["teams"][number], index: number): Team {
  return { id: 600_001 + index, slug: options.slug, members: new Set(options.members) };
}

function toApp(options: AppOptions): App {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return {
    id: options.id,
    slug: options.slug,
    clientId: `Iv23li${createHash("sha256").update(options.slug).digest("hex").slice(0, 14)}`,
    bot: { login: `${options.slug}[bot]`, id: options.botId ?? 900_000 + options.id, type: "Bot" },
    permissions: new Map(Object.entries({ metadata: "read", ...options.permissions })),
    events: options.events,
    installationId: 50_000_000 + options.id,
    hookId: 60_000_000 + options.id,
    privateKey,
    publicKey: createPublicKey(pair.privateKey),
    webhookSecret: randomBytes(32).toString("hex"),
    webhookUrl: options.webhookUrl,
    queue: Promise.resolve(),
  };
}
