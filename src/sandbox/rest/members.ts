import { notFound } from "../http/refusal.ts";
import { ok, param, readers } from "../http/reply.ts";
import { renderOrganisation, renderUser } from "../render/user.ts";
import { findPerson } from "./find-person.ts";
import type { Route } from "../http/reply.ts";

/** Serves what somebody is in the organisation. */
export const memberRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/orgs/{org}/memberships/{username}",
    needs: readers("members"),
    answer: (call) => {
      const { world } = call;
      const person = findPerson(call);
      const isHere = param(call, "org") === world.options.owner;
      if (!isHere || person.organisation === "none") throw notFound();
      return ok({
        url: `${world.baseUrl}${call.url.pathname}`,
        state: person.organisation === "invited" ? "pending" : "active",
        role: person.organisation === "owner" ? "admin" : "member",
        organization_url: `${world.baseUrl}/orgs/${world.options.owner}`,
        organization: renderOrganisation(world),
        user: renderUser(world, person.account),
      });
    },
  },
];
