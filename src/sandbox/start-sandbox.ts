import { randomBytes } from "node:crypto";
import { createRepository } from "./git/create-repository.ts";
import { armFaults } from "./http/faults.ts";
import { serve } from "./http/serve.ts";
import { setWebhookUrl } from "./webhooks/set-webhook-url.ts";
import { createWorld } from "./world/create-world.ts";
import { expireTokens } from "./world/expire-tokens.ts";
import { organisationSettings } from "./world/organisation-settings.ts";
import { writeRules } from "./world/write-rules.ts";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import type { Faults } from "./http/faults.ts";
import type { BranchProtection, SandboxOptions } from "./sandbox-options.ts";
import type { ForgeKey } from "./signing/forge-key.ts";
import type { Delivery } from "./webhooks/delivery.ts";
import type { OrganisationSettings } from "./world/organisation-settings.ts";
import type { World } from "./world/world.ts";

/** A running small GitHub. */
export interface Sandbox {
  /** Base of the REST API: `GITHUB_API_URL`. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  /** The key that signs the commits made on the forge; `<serverUrl>/web-flow.gpg` gives it to everybody. */
  readonly forgeKey: Pick<ForgeKey, "fingerprint" | "armored" | "createdAt">;
  /** Personal tokens by login. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly apps: readonly SandboxApp[];
  /** Bearer token of the `/_sandbox/` endpoints. */
  readonly controlToken: string;
  readonly faults: Faults;
  /** Every delivery so far, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Changes people, teams and repositories, as an owner could. */
  readonly organisation: OrganisationSettings;
  /** Gives an App's webhook its address, and pings it. */
  setWebhookUrl(slug: string, url: string | null): void;
  /** Replaces the protections, as an administrator of the real thing could. */
  setProtection(protection: readonly BranchProtection[]): Promise<void>;
  /** Resolves when every delivery so far was answered or given up. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** What an App needs to be told about itself. */
export interface SandboxApp {
  readonly id: number;
  readonly slug: string;
  /** The numeric id of `<slug>[bot]`. */
  readonly botId: number;
  readonly installationId: number;
  /** PKCS #8 PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

/** Starts a small GitHub on a real bare git repository, on this machine only. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const world = createWorld(options, await createRepository(options));
  await writeRules(world);
  const controlToken = randomBytes(24).toString("hex");
  const server = serve(world, controlToken);
  await listen(server, options.port);
  world.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: world.baseUrl,
    graphqlUrl: `${world.baseUrl}/graphql`,
    serverUrl: world.baseUrl,
    repository: `${options.owner}/${options.repository}`,
    forgeKey: world.forgeKey,
    tokens: tokensOf(world),
    apps: [...world.apps.values()].map((app) => ({
      id: app.id,
      slug: app.slug,
      botId: app.bot.id,
      installationId: app.installationId,
      privateKey: app.privateKey,
      webhookSecret: app.webhookSecret,
    })),
    controlToken,
    faults: armFaults(world.faults, () => expireTokens(world)),
    deliveries: world.deliveries,
    organisation: organisationSettings(world),
    setWebhookUrl: (slug, url) => setWebhookUrl(world, slug, url),
    setProtection: async (protection) => {
      world.protection = protection;
      await writeRules(world);
    },
    settled: async () => {
      await world.exclusively(() => Promise.resolve());
      await Promise.all([...world.apps.values()].map((app) => app.queue));
    },
    close: () => close(server),
  };
}

function tokensOf(world: World): Record<string, string> {
  const pairs = [...world.tokens].flatMap(([secret, token]) =>
    token.kind === "person" ? [[token.person.account.login, secret] as const] : [],
  );
  return Object.fromEntries(pairs);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
