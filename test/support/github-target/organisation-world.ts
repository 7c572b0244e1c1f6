import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OrganisationAccess } from "../../../src/adapters/targets/github/organisation.ts";
import { startSandbox } from "../../../src/sandbox/start-sandbox.ts";
import type { Sandbox, SandboxApp } from "../../../src/sandbox/start-sandbox.ts";
import { recordingFetch } from "../github/recording-fetch.ts";
import type { RecordingFetch } from "../github/recording-fetch.ts";

/** An organisation on the sandbox, with an owner's hands and everything that was said to it. */
export interface OrganisationWorld {
  readonly sandbox: Sandbox;
  /** Each exchange was held against GitHub's description. */
  readonly recording: RecordingFetch;
  /** How the target's App reaches it; `slug` is one of `target`, `reader` and `elsewhere`. */
  access(slug?: string): OrganisationAccess;
  /** The same on an address where nobody listens. */
  lostAccess(): OrganisationAccess;
  close(): Promise<void>;
}

/** Starts an organisation `acme` with the owner `olga` and three Apps: one for targets, one that only reads, one for one repository. */
export async function startOrganisation(): Promise<OrganisationWorld> {
  const folder = await mkdtemp(join(tmpdir(), "organisation-"));
  const full = { members: "write", administration: "write" };
  const app = { webhookUrl: null, events: [] };
  const sandbox = await startSandbox({
    owner: "acme",
    repository: "access",
    repositoryId: 700_001,
    folder: join(folder, "access.git"),
    port: 0,
    files: [{ path: "README.md", content: "access\n" }],
    people: [{ login: "olga", id: 1000, access: "admin", organisation: "owner" }],
    teams: [],
    apps: [
      { slug: "target", id: 201, permissions: full, ...app, repositories: "all" },
      { slug: "reader", id: 202, permissions: { members: "read" }, ...app, repositories: "all" },
      { slug: "elsewhere", id: 203, permissions: full, ...app, repositories: "selected" },
    ],
    protection: [],
    customRoles: ["auditor", "inspector"],
  });
  const recording = recordingFetch({ allowedOrigins: [sandbox.apiUrl] });
  const access = (slug = "target"): OrganisationAccess => ({
    apiUrl: sandbox.apiUrl,
    organisation: "acme",
    appId: appOf(sandbox, slug).id,
    privateKey: appOf(sandbox, slug).privateKey,
    timeoutSeconds: 20,
    fetch: recording.fetch,
  });
  return {
    sandbox,
    recording,
    access,
    lostAccess: () => ({
      ...access(),
      apiUrl: "http://127.0.0.1:1",
      timeoutSeconds: 0.3,
      fetch: globalThis.fetch,
    }),
    close: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function appOf(sandbox: Sandbox, slug: string): SandboxApp {
  const found = sandbox.apps.find((one) => one.slug === slug);
  if (found === undefined) throw new Error(`no App ${slug}`);
  return found;
}
