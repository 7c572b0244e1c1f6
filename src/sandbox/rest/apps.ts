import { asRepository } from "../world/as-repository.ts";
import { newSecret } from "../world/create-world.ts";
import { printInstant } from "../world/instant.ts";
import { slice } from "../http/paging.ts";
import { objectIn } from "../http/read-body.ts";
import { notFound, refuse } from "../http/refusal.ts";
import { created, ok, param } from "../http/reply.ts";
import { renderApp, renderInstallation } from "../render/app.ts";
import { renderRepository } from "../render/repository.ts";
import type { Call, Reply, Route } from "../http/reply.ts";
import type { App, Holding } from "../world/account.ts";

const key = { by: "key" } as const;

/** Serves what an App asks with its key: itself, its installation, and tokens. */
export const appRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/app",
    needs: key,
    answer: (call) => ok({ ...renderApp(call.world, appOf(call)), installations_count: 1 }),
  },
  {
    method: "GET",
    path: "/app/installations",
    needs: key,
    answer: (call) => {
      const { items, headers } = slice(call, [renderInstallation(call.world, appOf(call))]);
      return { status: 200, body: items, headers };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/installation",
    needs: key,
    answer: (call) => ok(renderInstallation(call.world, appOf(call))),
  },
  {
    method: "GET",
    path: "/orgs/{org}/installation",
    needs: key,
    answer: (call) => {
      if (param(call, "org") !== call.world.options.owner) throw notFound();
      return ok(renderInstallation(call.world, appOf(call)));
    },
  },
  {
    method: "POST",
    path: "/app/installations/{installation_id}/access_tokens",
    needs: key,
    answer: issueToken,
  },
];

const levels = ["none", "read", "write", "admin"];

function issueToken(call: Call): Reply {
  const { world } = call;
  const app = appOf(call);
  checkInstallation(call);
  const permissions = narrowed(call, app);
  const wished = wishedRepositories(call, app);
  const expires = new Date(Date.now() + 3_600_000);
  const token = newSecret("ghs");
  const expiresAt = expires.getTime();
  const repositories = wished && new Set(wished.map(({ name }) => name));
  world.tokens.set(token, { kind: "installation", app, permissions, repositories, expiresAt });
  return created({
    token,
    expires_at: printInstant(expires),
    permissions: Object.fromEntries(permissions),
    repository_selection: wished === null ? app.repositories : "selected",
    ...(wished && {
      repositories: wished.map((one) => renderRepository(asRepository(world, one))),
    }),
  });
}

function narrowed(call: Call, app: App): ReadonlyMap<string, string> {
  const wished = objectIn(call.body, "permissions");
  if (wished === null) return app.permissions;
  const granted = new Map<string, string>();
  for (const [name, level] of Object.entries(wished)) {
    const held = levels.indexOf(app.permissions.get(name) ?? "none");
    if (typeof level !== "string" || levels.indexOf(level) < 1 || levels.indexOf(level) > held) {
      throw refuse(422, "The permissions requested are not granted to this installation.");
    }
    granted.set(name, level);
  }
  // GitHub gives every installation token the right to see that the repository exists.
  return granted.set("metadata", "read");
}

/** The repositories that a token is narrowed to; `null` when the wish names none. */
function wishedRepositories({ world, body }: Call, app: App): readonly Holding[] | null {
  const ids: unknown = body["repository_ids"];
  const names: unknown = body["repositories"];
  if (ids === undefined && names === undefined) return null;
  const wished = [ids, names].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  const reachable = [...world.holdings.values()].filter(
    ({ name }) => app.repositories === "all" || name === world.options.repository,
  );
  return wished.map((one) => {
    const found = reachable.find(({ id, name }) => one === id || one === name);
    if (found !== undefined) return found;
    throw refuse(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  });
}

function checkInstallation(call: Call): void {
  if (Number(param(call, "installation_id")) !== appOf(call).installationId) throw notFound();
}

function appOf(call: Call): App {
  if (call.actor.kind !== "app") throw refuse(401, "A JSON web token could not be decoded");
  return call.actor.app;
}
