import { instant } from "../world/instant.ts";
import { nodeId } from "../world/node-id.ts";
import { renderRepository } from "../render/repository.ts";
import { renderUser } from "../render/user.ts";
import { invalid, notFound } from "../http/refusal.ts";
import { administrators, created, noContent, param } from "../http/reply.ts";
import { asRepository } from "../world/as-repository.ts";
import { standardRoles } from "../world/standard-roles.ts";
import { findPerson } from "./find-person.ts";
import type { JsonObject } from "../http/json.ts";
import type { Call, Route } from "../http/reply.ts";
import type { Holding } from "../world/account.ts";

const collaborator = "/repos/{owner}/{repo}/collaborators/{username}";

/** Serves who was added to a repository directly: add, change, remove, and take an invitation back. */
export const collaboratorRoutes: readonly Route[] = [
  {
    method: "PUT",
    path: collaborator,
    needs: administrators("administration"),
    repositories: "all",
    answer: (call) => {
      const holding = findHolding(call);
      const person = findPerson(call);
      const role = call.body["permission"] ?? "push";
      if (typeof role !== "string" || !isRole(call, role)) {
        throw invalid("Repository", "permission", "invalid");
      }
      if (person.organisation === "member" || person.organisation === "owner") {
        holding.collaborators.set(person.account.login, role);
        return noContent();
      }
      const id = call.world.nextId();
      holding.invitations.set(id, person.account.login);
      return created(renderInvitation(call, holding, id));
    },
  },
  {
    method: "DELETE",
    path: collaborator,
    needs: administrators("administration"),
    repositories: "all",
    answer: (call) => {
      findHolding(call).collaborators.delete(findPerson(call).account.login);
      return noContent();
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/invitations/{invitation_id}",
    needs: administrators("administration"),
    repositories: "all",
    answer: (call) => {
      const isThere = findHolding(call).invitations.delete(Number(param(call, "invitation_id")));
      if (!isThere) throw notFound();
      return noContent();
    },
  },
];

function isRole({ world }: Call, role: string): boolean {
  return standardRoles.includes(role) || (world.options.customRoles ?? []).includes(role);
}

function findHolding(call: Call): Holding {
  const holding = call.world.holdings.get(param(call, "repo"));
  if (holding === undefined) throw notFound();
  return holding;
}

function renderInvitation(call: Call, holding: Holding, id: number): JsonObject {
  const { world } = call;
  const api = `${world.baseUrl}/repos/${world.options.owner}/${holding.name}/invitations/${id}`;
  return {
    id,
    node_id: nodeId("RI", id),
    repository: renderRepository(asRepository(world, holding)),
    invitee: renderUser(world, findPerson(call).account),
    inviter: renderUser(world, call.actor.account),
    permissions: "read",
    created_at: instant(),
    expired: false,
    url: api,
    html_url: `${world.baseUrl}/${world.options.owner}/${holding.name}/invitations`,
  };
}
