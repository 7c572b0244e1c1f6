import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openGitHubRepositoryTarget } from "../../src/adapters/targets/github/github-repository-target.ts";
import type { GitHubRepositoryAccess } from "../../src/adapters/targets/github/github-repository-target.ts";
import type { Target } from "../../src/ports/target.ts";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import { startOrganisation } from "../support/github-target/organisation-world.ts";
import type { OrganisationWorld } from "../support/github-target/organisation-world.ts";
import { describeTarget } from "./target.contract.ts";
import type { TargetWorld } from "./target.contract.ts";

let world: OrganisationWorld;
let nextId = 3000;
const end = new Date("2026-12-01T00:00:00Z");
const repositoryOf = (name: string) => name.replaceAll(" ", "-");

beforeAll(async () => {
  world = await startOrganisation();
});
afterAll(() => world.close());

/** What happens at once, as the suite waits for it. */
const at = (act: () => unknown): Promise<void> => {
  act();
  return Promise.resolve();
};
const organisation = () => world.sandbox.organisation;
const addPerson = (login: string, role: "member" | "none" = "member") =>
  organisation().addPerson({ login, id: (nextId += 1), access: "read", organisation: role });
const access = (
  repositories: readonly string[],
  over: Partial<GitHubRepositoryAccess> = {},
): GitHubRepositoryAccess => ({ ...world.access(), repositories, deleted: [], ...over });

describeTarget("GitHub repository on the sandbox", () => {
  const people: string[] = [];
  const repositories: string[] = [];
  const listed = ["read_all", "write_all", "own_all", "public_not-p"];
  const target = openGitHubRepositoryTarget(access(listed));
  const made: TargetWorld = {
    target,
    spell: (permission) => `${repositoryOf(permission)}:pull`,
    canName: (name) => /^\w+$/.test(name),
    addIdentity: (name) =>
      at(() => {
        addPerson(name);
        people.push(name);
      }),
    addPermission: (name) =>
      at(() => {
        organisation().addRepository(repositoryOf(name));
        repositories.push(repositoryOf(name));
      }),
    dropIdentity: (name) => at(() => organisation().removePerson(name)),
    dropPermission: (name) => at(() => organisation().removeRepository(repositoryOf(name))),
    give: (identity, permission) =>
      at(() => organisation().addCollaborator(repositoryOf(permission), identity, "pull")),
    unreachable: () => openGitHubRepositoryTarget({ ...access(listed), ...world.lostAccess() }),
    close: async () => {
      await target.close();
      for (const login of people) organisation().removePerson(login);
      for (const name of repositories) organisation().removeRepository(name);
      expect(world.recording.problems()).toEqual([]);
    },
  };
  return Promise.resolve(made);
});

describe("GitHub repository target: what GitHub does otherwise than other systems", () => {
  let target: Target;
  const held = async (login: string) => (await target.observe(login)).permissions;
  const refusalOf = async (doing: Promise<unknown>): Promise<string> => {
    const error: unknown = await doing.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TargetRefused);
    return String(error);
  };

  beforeAll(() => {
    for (const login of ["anna", "ben"]) addPerson(login);
    addPerson("sten", "none");
    organisation().addTeam({ slug: "owners", members: ["anna"] });
    target = openGitHubRepositoryTarget(access(["payments", "ledger"]));
  });
  beforeEach(() => {
    organisation().addRepository("payments");
    organisation().addRepository("ledger");
  });
  afterEach(() => world.sandbox.faults.clear());
  afterAll(() => target.close());

  it("shows a role with the smaller ones that it contains, and takes the entry for any of them", async () => {
    await target.provision("anna", "payments:push", end);
    expect(await held("anna")).toEqual(["payments:pull", "payments:push", "payments:triage"]);
    await target.revoke("anna", "payments:push");
    expect(await held("anna")).toEqual([]);
  });

  it("neither sees nor takes what comes through a team, and still gives what is asked for", async () => {
    organisation().addTeamTo("payments", "owners", "admin");
    expect(await held("anna")).toEqual([]);
    await target.provision("anna", "payments:triage", end);
    expect(await held("anna")).toEqual(["payments:pull", "payments:triage"]);
    await target.revoke("anna", "payments:triage");
    expect(await held("anna")).toEqual([]);
  });

  it("K3, K5: does not raise a role that was there before, and a failed attempt leaves it alone", async () => {
    organisation().addCollaborator("payments", "anna", "pull");
    const refusal = await refusalOf(target.provision("anna", "payments:push", end));
    expect(refusal).toContain("anna has the role pull on payments directly");
    await target.revoke("anna", "payments:push");
    expect(await held("anna")).toEqual(["payments:pull"]);
  });

  it("K5: shows a smaller role as held where a larger one was there before, and leaves it", async () => {
    organisation().addCollaborator("payments", "anna", "maintain");
    expect(await held("anna")).toContain("payments:push");
    await target.provision("anna", "payments:push", end);
    expect(await held("anna")).toContain("payments:maintain");
  });

  it("takes the entry away at the end although somebody raised it in between", async () => {
    await target.provision("anna", "payments:pull", end);
    organisation().addCollaborator("payments", "anna", "admin");
    await target.revoke("anna", "payments:pull");
    expect(await held("anna")).toEqual([]);
  });

  it("gives a custom role of the organisation, and none that it does not have", async () => {
    await target.provision("anna", "payments:auditor", end);
    expect(await held("anna")).toEqual(["payments:auditor", "payments:pull"]);
    await target.revoke("anna", "payments:auditor");
    expect(await held("anna")).toEqual([]);
    const refusal = await refusalOf(target.provision("anna", "payments:emperor", end));
    expect(refusal).toContain("emperor");
    expect(await held("anna")).toEqual([]);
  });

  it("claims nothing gone where a custom role may have a new name", async () => {
    await target.provision("anna", "payments:auditor", end);
    organisation().addCollaborator("payments", "anna", "inspector");
    const refusal = await refusalOf(target.revoke("anna", "payments:auditor"));
    expect(refusal).toContain("inspector");
    expect(await held("anna")).toContain("payments:inspector");
  });

  it("invites no outsider, and takes back the invitation to who left in between", async () => {
    expect(await refusalOf(target.provision("sten", "payments:pull", end))).toContain("sten");
    const racing = openGitHubRepositoryTarget(
      access(["payments"], {
        fetch: async (input, init) => {
          if (new Request(input, init).method === "PUT") organisation().setRole("ben", "none");
          return world.recording.fetch(input, init);
        },
      }),
    );
    const refusal = await refusalOf(racing.provision("ben", "payments:pull", end));
    expect(refusal).toContain("the invitation to payments was taken back");
    expect(organisation().invitedTo("payments")).toEqual([]);
    organisation().setRole("ben", "member");
  });

  it("refuses an owner, an unlisted repository, and what is no repository and role", async () => {
    expect(await refusalOf(target.provision("olga", "payments:pull", end))).toContain("an owner");
    for (const wrong of ["access:pull", "payments", "payments:write", "pay/ments:pull", ":pull"]) {
      await refusalOf(target.provision("anna", wrong, end));
    }
    expect(await refusalOf(target.revoke("anna", "access:pull"))).toContain("REPOSITORIES");
  });

  it("K10: an App on selected repositories does not take one out of sight for one that is gone", async () => {
    const partial = openGitHubRepositoryTarget(access(["payments"], world.access("elsewhere")));
    organisation().addCollaborator("payments", "anna", "push");
    expect(await refusalOf(partial.observe("anna"))).toContain("DELETED");
    expect(await refusalOf(partial.revoke("anna", "payments:push"))).toContain("DELETED");
    const told = openGitHubRepositoryTarget(
      access(["payments"], { ...world.access("elsewhere"), deleted: ["payments"] }),
    );
    await told.revoke("anna", "payments:push");
    expect((await told.observe("anna")).permissions).toEqual([]);
  });

  it("believes no answer that hides where access comes from, or that is about another repository", async () => {
    organisation().addCollaborator("payments", "anna", "push");
    const answering = (change: (text: string) => string) =>
      openGitHubRepositoryTarget(
        access(["payments"], {
          fetch: async (input, init) => {
            const answer = await world.recording.fetch(input, init);
            if (!new Request(input, init).url.endsWith("/graphql")) return answer;
            const { status, headers } = answer;
            return new Response(change(await answer.text()), { status, headers });
          },
        }),
      );
    const hidden = answering((text) =>
      text.replace(/"permissionSources":\[.*?\]/, '"permissionSources":null'),
    );
    expect(await refusalOf(hidden.observe("anna"))).toContain("administration");
    const unnamed = answering((text) => text.replace('"roleName":"write"', '"roleName":null'));
    expect(await refusalOf(unnamed.observe("anna"))).toContain("roleName");
    const none = answering((text) =>
      text.replace(/"collaborators":\{.*\}(?=\}\}\})/, '"collaborators":null'),
    );
    expect(await refusalOf(none.observe("anna"))).toContain("administration");
    const renamed = answering((text) => text.replace('"name":"payments"', '"name":"pay"'));
    expect(await refusalOf(renamed.revoke("anna", "payments:push"))).toContain("renamed");
  });

  it("narrows the token that can write to the one repository", async () => {
    const before = world.recording.exchanges.length;
    const fresh = openGitHubRepositoryTarget(access(["payments", "ledger"]));
    await fresh.provision("anna", "payments:pull", end);
    const asked = world.recording.exchanges
      .slice(before)
      .filter(({ url }) => url.endsWith("/access_tokens"))
      .map(({ requestBody }) => JSON.parse(requestBody) as unknown);
    expect(asked).toEqual([
      { permissions: { administration: "read", members: "read" } },
      {
        repositories: ["payments"],
        permissions: { administration: "write", members: "read" },
      },
    ]);
    await fresh.close();
  });

  it("K10: a failing or slow GitHub is unreachable, in the middle of a revoke too", async () => {
    await target.provision("anna", "payments:pull", end);
    const impatient = openGitHubRepositoryTarget(access(["payments"], { timeoutSeconds: 0.5 }));
    world.sandbox.faults.fail("/repos/acme/payments/collaborators", 502, 10);
    await expect(impatient.revoke("anna", "payments:pull")).rejects.toThrow(TargetUnreachable);
    world.sandbox.faults.clear();
    expect(await held("anna")).toEqual(["payments:pull"]);
  });
});
