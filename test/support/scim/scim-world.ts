import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import SCIMMYRouters from "scimmy-routers";
import { openScimTarget } from "../../../src/adapters/targets/scim/scim-target.ts";
import type { HttpTargetWorld } from "../../contract/target-http.contract.ts";
import { startFront } from "../http/front-server.ts";
import type { FrontServer } from "../http/front-server.ts";
import { declareScimmyStore } from "./scimmy-store.ts";
import type { ScimStore } from "./scimmy-store.ts";

/** A SCIM service with what it keeps laid open. */
export interface ScimWorld extends HttpTargetWorld {
  readonly store: ScimStore;
  /** How often each user stands in a group. */
  members(displayName: string): readonly string[];
}

/** A running SCIM service and the front before it, for one file of tests. */
export interface ScimServer {
  readonly store: ScimStore;
  readonly front: FrontServer;
  stop(): Promise<void>;
}

const token = "scim-token-of-the-executor";

/** Starts SCIMMY behind express in this process. */
export async function startScim(): Promise<ScimServer> {
  const store = declareScimmyStore();
  const app = express();
  app.use(numbersForPaging);
  app.use("/scim/v2", new SCIMMYRouters({ type: "bearer", handler: requireToken }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const front = await startFront(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    store,
    front,
    stop: async () => {
      await front.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Opens a target on the service, which forgets everything first. */
export function openScimWorld({ store, front }: ScimServer): ScimWorld {
  store.users.clear();
  store.groups.clear();
  front.reset();
  const url = `${front.url}/scim/v2`;
  const target = openScimTarget({ url, token, timeoutSeconds: 10 });
  const userId = (name: string) => idBy(store.users, ({ userName }) => userName === name);
  const groupId = (name: string) => idBy(store.groups, ({ displayName }) => displayName === name);
  const later = (act: () => void): Promise<void> => Promise.resolve().then(act);
  return {
    store,
    target,
    front,
    secrets: [token],
    remedy: "PATCH the members of Groups",
    impatient: (timeoutSeconds) => openScimTarget({ url, token, timeoutSeconds }),
    members: (name) => store.groups.get(groupId(name))?.members.map(({ value }) => value) ?? [],
    addIdentity: (userName) =>
      later(() => {
        const id = randomUUID();
        store.users.set(id, { id, userName, active: true });
      }),
    addPermission: (displayName) =>
      later(() => {
        const id = randomUUID();
        store.groups.set(id, { id, displayName, members: [] });
      }),
    dropIdentity: (name) =>
      later(() => {
        const id = userId(name);
        store.users.delete(id);
        for (const group of store.groups.values()) {
          group.members = group.members.filter(({ value }) => value !== id);
        }
      }),
    dropPermission: (name) => later(() => void store.groups.delete(groupId(name))),
    give: (identity, name) =>
      later(() => void store.groups.get(groupId(name))?.members.push({ value: userId(identity) })),
    unreachable: () =>
      openScimTarget({ url: "http://127.0.0.1:1/scim/v2", token, timeoutSeconds: 2 }),
    close: () => target.close(),
  };
}

// SCIMMY takes numbers alone for a page, and its routers hand on the text of the query: every page would be the first.
function numbersForPaging(
  request: express.Request,
  _response: express.Response,
  next: () => void,
): void {
  const { startIndex, count, ...others } = request.query;
  const numbers =
    startIndex === undefined ? {} : { startIndex: Number(startIndex), count: Number(count) };
  Object.defineProperty(request, "query", { value: { ...others, ...numbers } });
  next();
}

function requireToken(request: express.Request): string {
  if (request.header("authorization") === `Bearer ${token}`) return "countersign";
  throw new Error("No such token.");
}

function idBy<T>(values: ReadonlyMap<string, T>, test: (value: T) => boolean): string {
  for (const [id, value] of values) if (test(value)) return id;
  return "none";
}
