import { nodeId } from "../world/node-id.ts";
import { renderUser } from "./user.ts";
import type { JsonObject } from "../http/json.ts";
import type { App } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Renders an App as `integration`. */
export function renderApp(world: World, app: App): JsonObject {
  return { ...renderAppOfIssue(world, app), client_id: app.clientId };
}

/** Renders an App as the issues in webhooks name it: alone there, without its client id. */
export function renderAppOfIssue(world: World, app: App): JsonObject {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("A", app.id),
    owner: renderUser(world, world.organisation),
    name: app.slug,
    description: "",
    external_url: `${world.baseUrl}/apps/${app.slug}`,
    html_url: `${world.baseUrl}/apps/${app.slug}`,
    created_at: world.startedAt,
    updated_at: world.startedAt,
    permissions: Object.fromEntries(app.permissions),
    events: [...app.events],
  };
}

/** Renders the installation of an App on the organisation. */
export function renderInstallation(world: World, app: App): JsonObject {
  const api = `${world.baseUrl}/app/installations/${app.installationId}`;
  return {
    id: app.installationId,
    client_id: app.clientId,
    account: renderUser(world, world.organisation),
    repository_selection: app.repositories,
    access_tokens_url: `${api}/access_tokens`,
    repositories_url: `${world.baseUrl}/installation/repositories`,
    html_url: `${world.baseUrl}/organizations/${world.options.owner}/settings/installations/${app.installationId}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: world.organisation.id,
    target_type: "Organization",
    permissions: Object.fromEntries(app.permissions),
    events: [...app.events],
    created_at: world.startedAt,
    updated_at: world.startedAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}
