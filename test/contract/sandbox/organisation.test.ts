import { afterAll, beforeAll, expect, test } from "vitest";
import { startAcme } from "./acme.ts";
import type { Acme } from "./acme.ts";

let acme: Acme;
let token: string;
let elsewhere: string;

beforeAll(async () => {
  const permissions = { members: "write", administration: "write" };
  const app = { permissions, webhookUrl: null, events: [] };
  acme = await startAcme({
    people: [
      { login: "alice", id: 1001, access: "write" },
      { login: "carol", id: 1003, access: "admin", organisation: "owner" },
      { login: "ivan", id: 1004, access: "read", organisation: "invited" },
      { login: "olga", id: 1005, access: "read", organisation: "none" },
    ],
    teams: [
      { slug: "risk", members: [] },
      { slug: "risk-night", members: ["alice"], parent: "risk" },
    ],
    apps: [
      { slug: "everywhere", id: 103, ...app, repositories: "all" },
      { slug: "here", id: 104, ...app },
    ],
    protection: [],
    customRoles: ["auditor"],
  });
  acme.sandbox.organisation.addRepository("payments");
  token = await acme.token("everywhere");
  elsewhere = await acme.token("here");
});
afterAll(() => acme.close());

const membership = (team: string, login: string) => `/orgs/acme/teams/${team}/memberships/${login}`;
const collaborator = (login: string) => `/repos/acme/payments/collaborators/${login}`;

test("says where an App is installed on an organisation, and on what", async () => {
  const everywhere = await acme.ask(acme.jwt("everywhere"), "GET", "/orgs/acme/installation");
  expect(everywhere.at("repository_selection")).toBe("all");
  const here = await acme.ask(acme.jwt("here"), "GET", "/orgs/acme/installation");
  expect(here.at("repository_selection")).toBe("selected");
  const nowhere = await acme.ask(acme.jwt("here"), "GET", "/orgs/other/installation");
  expect(nowhere.status).toBe(404);
});

test("tells members, owners, invited people and outsiders of the organisation apart", async () => {
  const roleOf = async (login: string) => {
    const answer = await acme.ask(token, "GET", `/orgs/acme/memberships/${login}`);
    return [answer.status, answer.at("state"), answer.at("role")];
  };
  expect(await roleOf("ALICE")).toEqual([200, "active", "member"]);
  expect(await roleOf("carol")).toEqual([200, "active", "admin"]);
  expect(await roleOf("ivan")).toEqual([200, "pending", "member"]);
  expect(await roleOf("olga")).toEqual([404, undefined, undefined]);
});

test("counts a member of a child team as one of its parent, whom nothing removes there", async () => {
  const path = membership("risk", "alice");
  expect((await acme.ask(token, "GET", path)).at("state")).toBe("active");
  expect((await acme.ask(token, "DELETE", path)).status).toBe(204);
  expect((await acme.ask(token, "GET", path)).at("state")).toBe("active");
  const answer = await acme.query(
    token,
    `{ organization(login: "acme") { teams(first: 10, userLogins: ["alice"]) { nodes { slug
      childTeams(first: 1) { totalCount } members(first: 10, membership: IMMEDIATE) { nodes { login } } } } } }`,
  );
  expect(answer.at("data.organization.teams.nodes")).toEqual([
    { slug: "risk", childTeams: { totalCount: 1 }, members: { nodes: [] } },
    {
      slug: "risk-night",
      childTeams: { totalCount: 0 },
      members: { nodes: [{ login: "alice" }] },
    },
  ]);
});

test("invites an outsider to a team, and makes an owner its maintainer", async () => {
  const invited = await acme.ask(token, "PUT", membership("risk", "olga"), { role: "member" });
  expect(invited.at("state")).toBe("pending");
  const owner = await acme.ask(token, "PUT", membership("risk", "carol"), { role: "member" });
  expect([owner.at("state"), owner.at("role")]).toEqual(["active", "maintainer"]);
  expect((await acme.ask(token, "GET", "/orgs/acme/teams/Risk")).at("members_count")).toBe(2);
  expect((await acme.ask(token, "DELETE", membership("risk", "olga"))).status).toBe(204);
  expect((await acme.ask(token, "GET", membership("risk", "olga"))).status).toBe(404);
  expect((await acme.ask(token, "GET", membership("nowhere", "olga"))).status).toBe(404);
});

test("shows where the access of a collaborator comes from", async () => {
  const { organisation } = acme.sandbox;
  organisation.addTeamTo("payments", "risk", "maintain");
  const put = await acme.ask(token, "PUT", collaborator("alice"), { permission: "pull" });
  expect(put.status).toBe(204);
  const answer = await acme.query(
    token,
    `{ repository(owner: "acme", name: "payments") { collaborators(first: 10, affiliation: DIRECT, login: "Alice") {
      totalCount edges { permission permissionSources { permission roleName source { __typename } } node { login } } } } }`,
  );
  expect(answer.at("errors")).toBeUndefined();
  expect(answer.at("data.repository.collaborators.edges.0")).toEqual({
    permission: "MAINTAIN",
    permissionSources: [
      { permission: "READ", roleName: "read", source: { __typename: "Repository" } },
      { permission: "WRITE", roleName: "maintain", source: { __typename: "Team" } },
    ],
    node: { login: "alice" },
  });
  expect((await acme.ask(token, "DELETE", collaborator("alice"))).status).toBe(204);
  const direct = `{ repository(owner: "acme", name: "payments") { collaborators(first: 10, affiliation: DIRECT) { totalCount } } }`;
  expect((await acme.query(token, direct)).at("data.repository.collaborators.totalCount")).toBe(0);
});

test("invites an outsider to a repository, and knows its own roles only", async () => {
  const invited = await acme.ask(token, "PUT", collaborator("olga"), { permission: "auditor" });
  expect(invited.status).toBe(201);
  expect(acme.sandbox.organisation.invitedTo("payments")).toEqual(["olga"]);
  const path = `/repos/acme/payments/invitations/${Number(invited.at("id"))}`;
  expect((await acme.ask(token, "DELETE", path)).status).toBe(204);
  expect(acme.sandbox.organisation.invitedTo("payments")).toEqual([]);
  const unknown = await acme.ask(token, "PUT", collaborator("alice"), { permission: "emperor" });
  expect(unknown.status).toBe(422);
});

test("hides a repository that an App is not installed on, or that a token was not narrowed to", async () => {
  expect((await acme.ask(elsewhere, "DELETE", collaborator("alice"))).status).toBe(404);
  const narrowed = await acme.token("everywhere", { repositories: ["access"] });
  expect((await acme.ask(narrowed, "DELETE", collaborator("alice"))).status).toBe(404);
  const there = await acme.token("everywhere", { repositories: ["payments"] });
  expect((await acme.ask(there, "DELETE", collaborator("alice"))).status).toBe(204);
  const path = `/app/installations/${acme.sandbox.apps[1]?.installationId ?? 0}/access_tokens`;
  const wish = { repositories: ["payments"] };
  expect((await acme.ask(acme.jwt("here"), "POST", path, wish)).status).toBe(422);
});
