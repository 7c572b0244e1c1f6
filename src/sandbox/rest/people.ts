import { notFound, refuse } from "../http/refusal.ts";
import { ok, param, readers } from "../http/reply.ts";
import { renderProfile } from "../render/user.ts";
import { personOf } from "../world/person-of.ts";
import { webFlow } from "../world/web-flow.ts";
import type { Route } from "../http/reply.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Serves accounts. */
export const peopleRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/user",
    needs: readers(),
    answer: ({ world, actor }) => {
      if (actor.kind !== "person") throw refuse(403, "Resource not accessible by integration");
      return ok(renderProfile(world, actor.account, "own"));
    },
  },
  {
    method: "GET",
    path: "/users/{username}",
    needs: readers(),
    answer: (call) => {
      const account = findAccount(call.world, param(call, "username"));
      if (account === null) throw notFound();
      return ok(renderProfile(call.world, account, "other"));
    },
  },
];

function findAccount(world: World, login: string): Account | null {
  const bots = [...world.apps.values()].map((app) => app.bot);
  const all = [webFlow, world.organisation, ...bots];
  return personOf(world, login)?.account ?? all.find((one) => one.login === login) ?? null;
}
