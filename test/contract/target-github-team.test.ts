import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openGitHubTeamTarget } from "../../src/adapters/targets/github/github-team-target.ts";
import type { Target } from "../../src/ports/target.ts";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import { startOrganisation } from "../support/github-target/organisation-world.ts";
import type { OrganisationWorld } from "../support/github-target/organisation-world.ts";
import { describeTarget } from "./target.contract.ts";
import type { TargetWorld } from "./target.contract.ts";

let world: OrganisationWorld;
let nextId = 2000;
const end = new Date("2026-12-01T00:00:00Z");
const slugOf = (name: string) => name.replaceAll(" ", "-");

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
const addPerson = (login: string, role: "member" | "owner" | "invited" | "none" = "member") =>
  organisation().addPerson({ login, id: (nextId += 1), access: "read", organisation: role });

describeTarget("GitHub team on the sandbox", () => {
  const people: string[] = [];
  const teams: string[] = [];
  const target = openGitHubTeamTarget(world.access());
  const made: TargetWorld = {
    target,
    spell: slugOf,
    canName: (name) => /^\w+$/.test(name),
    addIdentity: (name) =>
      at(() => {
        addPerson(name);
        people.push(name);
      }),
    addPermission: (name) =>
      at(() => {
        organisation().addTeam({ slug: slugOf(name), members: [] });
        teams.push(slugOf(name));
      }),
    dropIdentity: (name) => at(() => organisation().removePerson(name)),
    dropPermission: (name) => at(() => organisation().removeTeam(slugOf(name))),
    give: (identity, permission) =>
      at(() => organisation().join(slugOf(permission), identity, "member")),
    unreachable: () => openGitHubTeamTarget(world.lostAccess()),
    close: async () => {
      await target.close();
      for (const login of people) organisation().removePerson(login);
      for (const slug of teams) organisation().removeTeam(slug);
      expect(world.recording.problems()).toEqual([]);
    },
  };
  return Promise.resolve(made);
});

describe("GitHub team target: what GitHub does otherwise than other systems", () => {
  let target: Target;
  const held = async (login: string) => (await target.observe(login)).permissions;

  beforeAll(() => {
    for (const login of ["anna", "ben", "Cleo"]) addPerson(login);
    addPerson("ivan", "invited");
    addPerson("sten", "none");
    for (const slug of ["readers", "writers"]) organisation().addTeam({ slug, members: [] });
    organisation().addTeam({ slug: "readers-night", members: ["ben"], parent: "readers" });
    target = openGitHubTeamTarget(world.access());
  });
  afterEach(() => {
    for (const login of ["anna", "ben", "Cleo"]) {
      organisation().setRole(login, "none");
      organisation().setRole(login, "member");
    }
    organisation().join("readers-night", "ben", "member");
    world.sandbox.faults.clear();
  });
  afterAll(() => target.close());

  const asOwner = (team: string, login: string) =>
    fetch(`${world.sandbox.apiUrl}/orgs/acme/teams/${team}/memberships/${login}`, {
      headers: { authorization: `Bearer ${world.sandbox.tokens["olga"] ?? ""}` },
    });
  const refusalOf = async (doing: Promise<unknown>): Promise<string> => {
    const error: unknown = await doing.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TargetRefused);
    return String(error);
  };

  it.each(["sten", "ivan"])(
    "invites nobody: %s is no member of the organisation",
    async (login) => {
      const before = world.recording.exchanges.length;
      const refusal = await refusalOf(target.provision(login, "readers", end));
      expect(refusal).toContain(`${login} is no active member of acme`);
      const writes = world.recording.exchanges
        .slice(before)
        .filter(({ method }) => method === "PUT");
      expect(writes).toEqual([]);
      expect(await held(login)).toEqual([]);
    },
  );

  it("takes back the invitation to somebody who left between the question and the answer", async () => {
    const racing = openGitHubTeamTarget({
      ...world.access(),
      fetch: async (input, init) => {
        if (new Request(input, init).method === "PUT") organisation().setRole("anna", "none");
        return world.recording.fetch(input, init);
      },
    });
    const refusal = await refusalOf(racing.provision("anna", "readers", end));
    expect(refusal).toContain("the invitation to readers was taken back");
    expect((await asOwner("readers", "anna")).status).toBe(404);
    organisation().setRole("anna", "member");
    expect(await held("anna")).toEqual([]);
  });

  it("does not count an invitation as membership, and takes it back at a revoke", async () => {
    organisation().join("readers", "ivan", "member");
    expect(await held("ivan")).toEqual([]);
    await target.revoke("ivan", "readers");
    organisation().setRole("ivan", "member");
    expect(await held("ivan")).toEqual([]);
    expect((await asOwner("readers", "ivan")).status).toBe(404);
  });

  it("shows, gives and takes membership of the team itself, not what a child team brings", async () => {
    expect(await held("ben")).toEqual(["readers-night"]);
    await target.revoke("ben", "readers");
    expect(await held("ben")).toEqual(["readers-night"]);
    await target.provision("ben", "readers", end);
    expect(await held("ben")).toEqual(["readers", "readers-night"]);
    await target.revoke("ben", "readers");
    expect(await held("ben")).toEqual(["readers-night"]);
  });

  it("K5: leaves a maintainer what they are", async () => {
    organisation().join("writers", "anna", "maintainer");
    await target.provision("anna", "writers", end);
    const answer = await asOwner("writers", "anna");
    expect(await answer.json()).toMatchObject({ role: "maintainer", state: "active" });
    expect(await held("anna")).toEqual(["writers"]);
  });

  it("refuses an owner, whom no revoke would touch", async () => {
    expect(await refusalOf(target.provision("olga", "readers", end))).toContain("olga is an owner");
  });

  it("refuses a login or a slug in another case than GitHub writes it, and says which", async () => {
    expect(await refusalOf(target.provision("cleo", "readers", end))).toContain("as Cleo");
    expect(await refusalOf(target.provision("anna", "Readers", end))).toContain("no team Readers");
    await target.provision("Cleo", "readers", end);
    expect(await held("Cleo")).toEqual(["readers"]);
  });

  it("reads every team of a long list, and believes no list that is cut", async () => {
    const slugs = Array.from(
      { length: 103 },
      (_, index) => `many-${String(index).padStart(3, "0")}`,
    );
    for (const slug of slugs) organisation().addTeam({ slug, members: ["anna"] });
    expect(await held("anna")).toEqual(slugs);
    const cut = openGitHubTeamTarget({
      ...world.access(),
      fetch: async (input, init) => {
        const answer = await world.recording.fetch(input, init);
        const text = (await answer.text()).replace('"hasNextPage":true', '"hasNextPage":false');
        return new Response(text, { status: answer.status, headers: answer.headers });
      },
    });
    await expect(cut.observe("anna")).rejects.toThrow(TargetUnreachable);
    for (const slug of slugs) organisation().removeTeam(slug);
  });

  it("K10: a failing, slow or hanging GitHub is unreachable, and nothing takes effect later", async () => {
    world.sandbox.faults.fail("/orgs/acme/teams", 502, 10);
    const impatient = openGitHubTeamTarget({ ...world.access(), timeoutSeconds: 0.5 });
    await expect(impatient.provision("anna", "readers", end)).rejects.toThrow(TargetUnreachable);
    world.sandbox.faults.clear();
    world.sandbox.faults.delay("/orgs/acme/teams", 1500);
    await expect(impatient.provision("anna", "readers", end)).rejects.toThrow(TargetUnreachable);
    world.sandbox.faults.clear();
    world.sandbox.faults.limitRate("/orgs/acme/teams", 60, 1);
    await expect(impatient.revoke("anna", "readers")).rejects.toThrow(TargetUnreachable);
    world.sandbox.faults.clear();
    expect(await held("anna")).toEqual([]);
  });

  it("uses tokens that can do no more than its question needs, and asks for another when one ends", async () => {
    const before = world.recording.exchanges.length;
    const fresh = openGitHubTeamTarget(world.access());
    await fresh.observe("anna");
    await fresh.provision("anna", "readers", end);
    world.sandbox.faults.expireTokens();
    await fresh.revoke("anna", "readers");
    const asked = world.recording.exchanges
      .slice(before)
      .filter(({ url }) => url.endsWith("/access_tokens"))
      .map(({ requestBody }) => JSON.parse(requestBody) as unknown);
    expect(asked).toEqual([
      { permissions: { members: "read" } },
      { permissions: { members: "write" } },
      { permissions: { members: "write" } },
    ]);
    expect(world.recording.foreign()).toEqual([]);
    await fresh.close();
  });

  it("says what an App lacks that may only read, or is not installed, and repeats no secret", async () => {
    const reader = openGitHubTeamTarget(world.access("reader"));
    expect(await reader.observe("anna")).toMatchObject({ permissions: [] });
    const refusal = await refusalOf(reader.provision("anna", "readers", end));
    expect(refusal).toContain("permissions requested are not granted");
    const elsewhere = openGitHubTeamTarget({ ...world.access(), organisation: "other" });
    const absent = await refusalOf(elsewhere.observe("anna"));
    expect(absent).toContain("installed on the organisation");
    for (const text of [refusal, absent]) expect(text).not.toMatch(/ghs_|PRIVATE KEY-|eyJ/);
  });

  it.each([
    [{ apiUrl: "api.github.com" }, "not an http(s) address"],
    [{ organisation: "acme/other" }, "ORGANISATION"],
    [{ appId: Number.NaN }, "APP_ID"],
    [{ privateKey: "secret" }, "not a private key in PEM form"],
    [{ timeoutSeconds: 0 }, "time-out"],
  ])("refuses settings that cannot be used: %o", (wrong, said) => {
    expect(() => openGitHubTeamTarget({ ...world.access(), ...wrong })).toThrow(said);
  });
});
