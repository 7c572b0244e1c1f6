import { apiUrl } from "../render/repository.ts";
import { deliver } from "./emit.ts";
import type { App } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Sends the `ping` that GitHub sends when a webhook gets its address. */
export function ping(world: World, app: App): void {
  deliver(world, app, "ping", {
    zen: "Approachable is better than simple.",
    hook_id: app.hookId,
    hook: {
      type: "App",
      id: app.hookId,
      name: "web",
      active: true,
      events: [...app.events],
      app_id: app.id,
      config: {
        content_type: "json",
        insecure_ssl: "0",
        secret: "********",
        url: app.webhookUrl ?? "",
      },
      updated_at: world.startedAt,
      created_at: world.startedAt,
      deliveries_url: `${world.baseUrl}/app/hook/deliveries`,
      ping_url: apiUrl(world, `/hooks/${app.hookId}/pings`),
      test_url: apiUrl(world, `/hooks/${app.hookId}/test`),
      url: `${world.baseUrl}/app/hook/config`,
      last_response: { code: null, status: "unused", message: null },
    },
  });
}
