import { createEmulator } from "emulate";
import type { Emulator } from "emulate";
import { openOktaTarget } from "../../../src/adapters/targets/okta/okta-target.ts";
import type { HttpTargetWorld } from "../../contract/target-http.contract.ts";
import { startFront } from "../http/front-server.ts";
import type { FrontServer } from "../http/front-server.ts";

/** An emulated Okta organisation with the hands of its administrator. */
export interface OktaWorld extends HttpTargetWorld {
  /** Asks the emulator itself, past Countersign and the front. */
  api(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** A running emulator and the front before it, for one file of tests. */
export interface OktaServer {
  readonly emulator: Emulator;
  readonly front: FrontServer;
  stop(): Promise<void>;
}

const token = "00-okta-token-of-the-executor";
const credential = { kind: "token", token } as const;

/** Starts the emulator of Okta, which is an npm package, on a port of its own. */
export async function startOkta(): Promise<OktaServer> {
  const emulator = await createEmulator({
    service: "okta",
    port: 0,
    seed: { tokens: { [token]: { login: "testuser@okta.local" } } },
  });
  const front = await startFront(upstreamOf(emulator), decodedTwice);
  return {
    emulator,
    front,
    stop: async () => {
      await front.close();
      await emulator.close();
    },
  };
}

/** Opens a target on the emulator, which forgets everything first. */
export function openOktaWorld({ emulator, front }: OktaServer): OktaWorld {
  emulator.reset();
  front.reset();
  const api: OktaWorld["api"] = async (method, path, body) => {
    const response = await fetch(`${upstreamOf(emulator)}/api/v1/${path}`, {
      method,
      headers: { authorization: `SSWS ${token}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The emulator answered ${response.status} to ${path}.`);
    return response.status === 204 ? null : await response.json();
  };
  const change = async (method: string, path: string, body?: unknown): Promise<void> => {
    await api(method, path, body);
  };
  const groupId = async (name: string): Promise<string> => {
    const groups = (await api("GET", "groups?per_page=100")) as readonly OktaGroup[];
    return groups.find(({ profile }) => profile.name === name)?.id ?? "none";
  };
  const target = openOktaTarget({ url: front.url, credential, timeoutSeconds: 10 });
  return {
    api,
    target,
    front,
    secrets: [token],
    remedy: "okta.groups.members.manage",
    impatient: (timeoutSeconds) => openOktaTarget({ url: front.url, credential, timeoutSeconds }),
    addIdentity: (login) =>
      change("POST", "users?activate=true", { profile: { login, email: login } }),
    addPermission: (name) => change("POST", "groups", { profile: { name } }),
    dropIdentity: async (login) => {
      // The first one deactivates, the second deletes.
      await api("DELETE", `users/${twice(login)}`);
      await api("DELETE", `users/${twice(login)}`);
    },
    dropPermission: async (name) => change("DELETE", `groups/${await groupId(name)}`),
    give: async (login, name) =>
      change("PUT", `groups/${await groupId(name)}/users/${twice(login)}`),
    unreachable: () => openOktaTarget({ url: "http://127.0.0.1:1", credential, timeoutSeconds: 2 }),
    close: () => target.close(),
  };
}

interface OktaGroup {
  readonly id: string;
  readonly profile: { readonly name: string };
}

function upstreamOf({ url }: Emulator): string {
  return url.replace("localhost", "127.0.0.1");
}

// The emulator decodes names in paths twice, which Okta does not.
function decodedTwice(path: string): string {
  const [before = "", ...query] = path.split("?");
  return [before.replaceAll("%", "%25"), ...query].join("?");
}

function twice(name: string): string {
  return encodeURIComponent(encodeURIComponent(name));
}
