import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An object of the API as the stand-in keeps it. */
export interface Stored {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: string;
    readonly managedFields: readonly { readonly manager: string; readonly operation: string }[];
  };
  readonly rules?: readonly object[];
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly object[];
}

/** One request that arrived. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: unknown;
}

/**
 * A stand-in for a Kubernetes API server, for the tests: there is none in Debian to install. It keeps roles and bindings
 * in memory and behaves as the published API for these few requests: Status objects, server-side apply with field
 * managers, an unchangeable roleRef, preconditions of a delete, finalizers, and lists with `limit`, `continue` and
 * `labelSelector`. It authorises by a list of `verb resource` that a test sets, not by RBAC.
 */
export interface StandInApiServer {
  readonly url: string;
  readonly token: string;
  readonly seen: readonly Seen[];
  readonly handler: RequestListener;
  addNamespace(name: string): void;
  addRole(path: string, rules?: readonly object[]): void;
  /** Puts an object past server-side apply, as `manager` would with `kubectl create` or `edit`. */
  put(path: string, object: object, manager?: string): void;
  get(path: string): Stored | undefined;
  remove(path: string): void;
  /** What is refused with 403, as `create rolebindings`. */
  readonly forbidden: Set<string>;
  /** At most this many items a page, whatever the limit that was asked for. */
  pageSize: number;
  /** Answers every request with this status instead, or hangs. */
  fault: number | "hang" | null;
  /** Runs once before the next request of this method, as somebody else's change in between. */
  before(method: string, act: () => void): void;
  clear(): void;
  close(): Promise<void>;
}

const root = "/apis/rbac.authorization.k8s.io/v1";
const pathForm =
  /^(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<resource>(?:cluster)?role(?:binding)?s)(?:\/(?<name>[^/]+))?$/u;

/** Starts the stand-in on this machine only. */
export async function startStandInApiServer(): Promise<StandInApiServer> {
  const token = "stand-in.token-of_executor";
  const objects = new Map<string, Stored>();
  const namespaces = new Set<string>();
  const seen: Seen[] = [];
  const hooks: { method: string; act: () => void }[] = [];
  let version = 1;
  const server = createServer((request, response) => standIn.handler(request, response));
  const put = (path: string, object: object, manager = "kubectl-create"): void => {
    const { namespace, name = "" } = pathForm.exec(path)?.groups ?? {};
    const old = objects.get(path);
    const given = object as Partial<Stored>;
    objects.set(path, {
      ...given,
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: kindOf(path),
      metadata: {
        ...old?.metadata,
        ...given.metadata,
        name: decodeURIComponent(name),
        ...(namespace === undefined ? {} : { namespace }),
        uid: old?.metadata.uid ?? randomUUID(),
        resourceVersion: String((version += 1)),
        managedFields: [{ manager, operation: manager === "countersign" ? "Apply" : "Update" }],
      },
    });
  };
  const standIn: StandInApiServer = {
    url: "",
    token,
    seen,
    forbidden: new Set(),
    pageSize: 500,
    fault: null,
    handler: (request, response) => void answer(request, response),
    addNamespace: (name) => void namespaces.add(name),
    addRole: (path, rules = [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }]) =>
      put(path, { rules }),
    put,
    get: (path) => objects.get(path),
    remove: (path) => void objects.delete(path),
    before: (method, act) => void hooks.push({ method, act }),
    clear: () => {
      objects.clear();
      namespaces.clear();
      hooks.length = 0;
      standIn.forbidden.clear();
      standIn.pageSize = 500;
      standIn.fault = null;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://stand-in");
    const method = request.method ?? "";
    const text = await textOf(request);
    const body: unknown = text === "" ? null : JSON.parse(text);
    const contentType = request.headers["content-type"] ?? "";
    seen.push({ method, path: url.pathname, query: url.searchParams, contentType, body });
    if (standIn.fault === "hang") return;
    const isKnown = request.headers.authorization === `Bearer ${token}`;
    const { status, value } = isKnown
      ? answerTo(method, url, { contentType, body })
      : failure(401, "Unauthorized");
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  }

  function answerTo(method: string, url: URL, sent: Sent): Answer {
    if (typeof standIn.fault === "number") return failure(standIn.fault, "Fault");
    const hook = hooks.findIndex((one) => one.method === method);
    if (hook >= 0) hooks.splice(hook, 1)[0]?.act();
    const path = url.pathname.slice(root.length);
    const groups = pathForm.exec(path)?.groups;
    if (!url.pathname.startsWith(root) || groups === undefined) {
      return failure(404, "NotFound");
    }
    const { resource = "", name } = groups;
    if (standIn.forbidden.has(`${verbOf(method, name)} ${resource}`)) {
      return failure(403, "Forbidden");
    }
    if (method === "GET" && name === undefined) return list(url, path, resource);
    if (method === "GET") return read(path);
    if (method === "PATCH") return apply(url, path, groups, sent);
    if (method === "DELETE") return remove(path, sent.body);
    return failure(405, "MethodNotAllowed");
  }

  function list(url: URL, path: string, resource: string): Answer {
    const selector = url.searchParams.get("labelSelector")?.split("=") ?? null;
    const all = [...objects]
      .filter(([key]) => key.startsWith(`${path}/`) || isOfAll(path, resource, key))
      .map(([, object]) => object)
      .filter(
        ({ metadata }) => selector === null || metadata.labels?.[selector[0] ?? ""] === selector[1],
      );
    const from = Number(url.searchParams.get("continue") ?? 0);
    const size = Math.min(Number(url.searchParams.get("limit") ?? 500), standIn.pageSize);
    const next = from + size < all.length ? String(from + size) : undefined;
    return {
      status: 200,
      value: {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: `${kindOf(path)}List`,
        metadata: { resourceVersion: String(version), ...(next && { continue: next }) },
        items: all.slice(from, from + size),
      },
    };
  }

  function read(path: string): Answer {
    const found = objects.get(path);
    if (found === undefined) return failure(404, "NotFound");
    return { status: 200, value: found };
  }

  function apply(
    url: URL,
    path: string,
    { namespace, name }: Readonly<Record<string, string | undefined>>,
    { contentType, body }: Sent,
  ): Answer {
    if (contentType !== "application/apply-patch+yaml") {
      return failure(415, "UnsupportedMediaType");
    }
    const manager = url.searchParams.get("fieldManager");
    const wanted = body as Stored;
    const isComplete =
      wanted.apiVersion === "rbac.authorization.k8s.io/v1" &&
      wanted.kind === kindOf(path) &&
      wanted.metadata.name === name &&
      wanted.metadata.namespace === namespace;
    if (manager === null || !isComplete) return failure(400, "BadRequest");
    if (namespace !== undefined && !namespaces.has(namespace)) {
      return failure(404, "NotFound");
    }
    const old = objects.get(path);
    if (old !== undefined && !isSame(old.roleRef, wanted.roleRef)) {
      return failure(422, "Invalid");
    }
    const isOthers = old?.metadata.managedFields.every((one) => one.manager !== manager) ?? false;
    if (old !== undefined && isOthers && !isSame(old.subjects, wanted.subjects)) {
      return failure(409, "Conflict");
    }
    put(path, wanted, manager);
    return { status: old === undefined ? 201 : 200, value: objects.get(path) ?? {} };
  }

  function remove(path: string, body: unknown): Answer {
    const found = objects.get(path);
    if (found === undefined) return failure(404, "NotFound");
    const { preconditions } = (body ?? {}) as {
      readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
    };
    const { uid, resourceVersion, finalizers = [] } = found.metadata;
    const isThat =
      (preconditions?.uid ?? uid) === uid &&
      (preconditions?.resourceVersion ?? resourceVersion) === resourceVersion;
    if (!isThat) return failure(409, "Conflict");
    if (finalizers.length === 0) {
      objects.delete(path);
      return { status: 200, value: { kind: "Status", apiVersion: "v1", status: "Success" } };
    }
    const deletionTimestamp = "2026-12-01T00:00:00Z";
    objects.set(path, { ...found, metadata: { ...found.metadata, deletionTimestamp } });
    return { status: 200, value: objects.get(path) ?? {} };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(standIn, { url: `http://127.0.0.1:${port}` });
}

interface Answer {
  readonly status: number;
  readonly value: object;
}

interface Sent {
  readonly contentType: string;
  readonly body: unknown;
}

function failure(code: number, reason: string): Answer {
  const value = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", reason, code };
  return { status: code, value };
}

function kindOf(path: string): string {
  const resource = pathForm.exec(path)?.groups?.["resource"] ?? "";
  const kinds = new Map([
    ["roles", "Role"],
    ["clusterroles", "ClusterRole"],
    ["rolebindings", "RoleBinding"],
    ["clusterrolebindings", "ClusterRoleBinding"],
  ]);
  return kinds.get(resource) ?? "";
}

function verbOf(method: string, name: string | undefined): string {
  if (method === "GET") return name === undefined ? "list" : "get";
  return method === "PATCH" ? "patch" : "delete";
}

/** A list without a namespace is of all of them. */
function isOfAll(path: string, resource: string, key: string): boolean {
  return path === `/${resource}` && key.includes(`/${resource}/`) && key.startsWith("/namespaces/");
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
