import { createHash, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { createForgeKey } from "../signing/forge-key.ts";
import { instant } from "./instant.ts";
import type { AppOptions, PersonOptions, SandboxOptions, TeamOptions } from "../sandbox-options.ts";
import type { Git } from "../git/run-git.ts";
import type { App, Holding, Person, Team } from "./account.ts";
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
    teams: new Map(options.teams.map((team, index) => [team.slug, toTeam(team, 600_001 + index)])),
    holdings: new Map([[options.repository, toHolding(options.repository, options.repositoryId)]]),
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

/** Makes a person of the organisation; the personal token comes from elsewhere. */
export function toPerson(options: PersonOptions): Person {
  const account = { login: options.login, id: options.id, type: "User" } as const;
  const email = options.email ?? `${options.id}+${options.login}@users.noreply.github.com`;
  const organisation = options.organisation ?? "member";
  return { account, access: options.access, email, organisation };
}

/** Makes a team. */
export function toTeam(options: TeamOptions, id: number): Team {
  return {
    id,
    slug: options.slug,
    parent: options.parent ?? null,
    members: new Set(options.members),
    maintainers: new Set(),
    invited: new Set(),
  };
}

/** Makes a repository that nobody was added to. */
export function toHolding(name: string, id: number): Holding {
  return { id, name, collaborators: new Map(), teams: new Map(), invitations: new Map() };
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
    repositories: options.repositories ?? "selected",
    hookId: 60_000_000 + options.id,
    privateKey,
    publicKey: createPublicKey(pair.privateKey),
    webhookSecret: randomBytes(32).toString("hex"),
    webhookUrl: options.webhookUrl,
    queue: Promise.resolve(),
  };
}
