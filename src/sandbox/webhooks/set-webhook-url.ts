import { notFound } from "../http/refusal.ts";
import { ping } from "./ping.ts";
import type { World } from "../world/world.ts";

/** Gives an App's webhook its address (`null`: none) and pings it. */
export function setWebhookUrl(world: World, slug: string, url: string | null): void {
  const app = world.apps.get(slug);
  if (app === undefined) throw notFound();
  app.webhookUrl = url;
  ping(world, app);
}
