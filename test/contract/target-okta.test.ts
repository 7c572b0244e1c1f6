import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openOktaTarget } from "../../src/adapters/targets/okta/okta-target.ts";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import { json } from "../support/http/front-server.ts";
import { openOktaWorld, startOkta } from "../support/okta/okta-world.ts";
import type { OktaServer, OktaWorld } from "../support/okta/okta-world.ts";
import { describeHttpTarget } from "./target-http.contract.ts";
import { describeTarget } from "./target.contract.ts";

let okta: OktaServer;
beforeAll(async () => {
  okta = await startOkta();
});
afterAll(() => okta.stop());

const open = () => Promise.resolve(openOktaWorld(okta));
describeTarget("Okta, emulated", open);
describeHttpTarget("Okta, emulated", open);

describe("Okta target, emulated", () => {
  const end = new Date("2026-12-01T00:00:00Z");
  let world: OktaWorld;
  const held = async (identity: string) => (await world.target.observe(identity)).permissions;
  const refuses = async (identity: string, permission: string, words: string) => {
    await expect(world.target.provision(identity, permission, end)).rejects.toSatisfy(
      (error) => error instanceof TargetRefused && error.message.includes(words),
    );
  };
  const idOf = async (login: string) =>
    ((await world.api("GET", `users/${encodeURIComponent(login)}`)) as { id: string }).id;

  beforeEach(async () => {
    world = await open();
    await world.addIdentity("anna@acme.example");
    await world.addPermission("read_all");
  });
  afterEach(() => world.close());

  it.each(["deactivate", "suspend", "reactivate"])(
    "an account after %s, which Okta takes as a member, is given nothing",
    async (change) => {
      await world.api("POST", `users/${await idOf("anna@acme.example")}/lifecycle/${change}`);
      await refuses("anna@acme.example", "read_all", "only ACTIVE accounts");
      expect(await held("anna@acme.example")).toEqual([]);
    },
  );

  it("an account that was deactivated while it held access is read back and can be revoked", async () => {
    await world.target.provision("anna@acme.example", "read_all", end);
    await world.api("POST", `users/${await idOf("anna@acme.example")}/lifecycle/deactivate`);
    expect(await held("anna@acme.example")).toEqual(["read_all"]);
    await world.target.revoke("anna@acme.example", "read_all");
    expect(await held("anna@acme.example")).toEqual([]);
  });

  it("takes nothing but the login for an identity: no id, no e-mail, no short name, no 'me'", async () => {
    await world.addIdentity("ben@acme.example");
    const ben = await idOf("ben@acme.example");
    await world.api("PUT", `users/${ben}`, { profile: { email: "b@acme.example" } });
    await world.give("ben@acme.example", "read_all");
    for (const other of [ben, "b@acme.example", "me"]) {
      await refuses(other, "read_all", "no user with the login");
      expect(await held(other)).toEqual([]);
      await world.target.revoke(other, "read_all");
    }
    expect(await held("ben@acme.example")).toEqual(["read_all"]);
  });

  it.each(["", ".", ".."])(
    "asks nothing about the identity %j, which no path can name",
    async (name) => {
      world.front.reset();
      expect(await held(name)).toEqual([]);
      await world.target.revoke(name, "read_all");
      await refuses(name, "read_all", "no user with the login");
      expect(world.front.seen).toEqual([]);
    },
  );

  it("grants by Okta's own spelling alone, and reads and revokes by every one of them", async () => {
    await world.give("anna@acme.example", "read_all");
    // The emulator compares logins letter by letter; Okta does not.
    const user = await world.api("GET", "users/anna%40acme.example");
    world.front.behave(({ path }) =>
      path.startsWith("/api/v1/users/ANNA") ? json(200, user) : "pass",
    );
    await refuses("ANNA@acme.example", "read_all", `"anna@acme.example": write it so`);
    expect(await held("ANNA@acme.example")).toEqual(["read_all"]);
    await world.target.revoke("ANNA@acme.example", "read_all");
    expect(await held("anna@acme.example")).toEqual([]);
  });

  it("gives the group of exactly that name, among all that the search finds", async () => {
    await world.addPermission("read_all_and_write");
    await world.addPermission("READ_ALL");
    await world.target.provision("anna@acme.example", "read_all", end);
    expect(await held("anna@acme.example")).toEqual(["read_all"]);
    await refuses("anna@acme.example", "read_al", "no group with the name");
  });

  it("finds a group on a later page", async () => {
    for (let n = 0; n < 35; n += 1) await world.addPermission(`writer ${n}`);
    await world.addPermission("writer");
    await world.target.provision("anna@acme.example", "writer", end);
    expect(await held("anna@acme.example")).toEqual(["writer"]);
    expect(world.front.seen.some(({ path }) => path.includes("page=2"))).toBe(true);
  });

  it("neither gives nor counts a group that Okta keeps itself", async () => {
    await refuses("anna@acme.example", "Everyone", "BUILT_IN");
    await world.give("anna@acme.example", "Everyone");
    expect(await held("anna@acme.example")).toEqual([]);
    await world.target.revoke("anna@acme.example", "Everyone");
  });

  it("neither gives nor counts a group that an application keeps", async () => {
    await world.give("anna@acme.example", "read_all");
    // The emulator makes no such groups: the front changes the type.
    const groups = JSON.stringify(await world.api("GET", "groups"));
    world.front.behave(({ path }) =>
      path.includes("/groups?") ? json(200, JSON.parse(groups.replace("OKTA_", "APP_"))) : "pass",
    );
    expect(groups).toContain('"OKTA_GROUP"');
    await refuses("anna@acme.example", "read_all", "APP_GROUP");
    expect(await held("anna@acme.example")).toEqual([]);
    await world.target.revoke("anna@acme.example", "read_all");
    expect(world.front.seen.some(({ method }) => method !== "GET")).toBe(false);
  });

  it("refuses a name that two groups have, and revokes from both", async () => {
    await world.addPermission("second");
    await world.give("anna@acme.example", "read_all");
    await world.give("anna@acme.example", "second");
    // The emulator refuses a second group of one name: the front renames it.
    const groups = JSON.stringify(await world.api("GET", "groups"));
    world.front.behave(({ path }) =>
      path.startsWith("/api/v1/groups?")
        ? json(200, JSON.parse(groups.replace('"second"', '"read_all"')))
        : "pass",
    );
    await refuses("anna@acme.example", "read_all", "2 groups");
    await world.target.revoke("anna@acme.example", "read_all");
    expect(await held("anna@acme.example")).toEqual([]);
  });

  describe("a list of groups in pages", () => {
    const group = (id: string) => ({ id, type: "OKTA_GROUP", profile: { name: id } });
    const next = (path: string) => ({
      link: `<${world.front.url}${path}>; rel="self", <${path}>; rel="next"`,
    });
    const groups = "/groups?limit=200";

    it("is read to its end", async () => {
      world.front.behave(({ path }) => {
        if (path.endsWith(groups)) return json(200, [group("b")], next("/api/v1/more"));
        return path === "/api/v1/more" ? json(200, [group("a")]) : "pass";
      });
      expect(await held("anna@acme.example")).toEqual(["a", "b"]);
    });

    it.each([
      ["breaks off", TargetUnreachable, "/api/v1/more", json(503, {})],
      [
        "is forgotten half way",
        TargetRefused,
        "/api/v1/more",
        json(404, { errorCode: "E0000007" }),
      ],
      ["goes on elsewhere", TargetRefused, "https://elsewhere.example/more", json(200, [])],
    ] as const)("that %s says nothing", async (_, kind, more, answer) => {
      world.front.behave(({ path }) => {
        if (path.endsWith(groups)) return json(200, [group("b")], { link: `<${more}>; rel=next` });
        return path === "/api/v1/more" ? answer : "pass";
      });
      await expect(held("anna@acme.example")).rejects.toThrow(kind);
    });

    it("that never ends takes no longer than one question may", async () => {
      let page = 0;
      world.front.behave(({ path }) =>
        path.includes("/groups?")
          ? {
              ...json(200, [group("b")], next(`/groups?page=${(page += 1)}`)),
              afterMilliseconds: 50,
            }
          : "pass",
      );
      await expect(world.impatient(0.5).observe("anna@acme.example")).rejects.toThrow(
        /no whole answer in 0\.5 seconds/u,
      );
      expect(page).toBeGreaterThan(1);
    });

    it("that leads back to itself ends", async () => {
      world.front.behave(({ path }) =>
        path.endsWith("/more") || path.endsWith(groups)
          ? json(200, [group("b")], next("/api/v1/more"))
          : "pass",
      );
      await expect(held("anna@acme.example")).rejects.toThrow(/lead back/u);
    });
  });

  it.each(["users", "groups"])(
    "a token that is shown no %s at all makes nothing count as gone",
    async (kind) => {
      await world.give("anna@acme.example", "read_all");
      world.front.behave(({ path }) => {
        if (path.startsWith(`/api/v1/${kind}?`) || path.includes("/groups?")) return json(200, []);
        return kind === "users" ? json(404, { errorCode: "E0000007" }) : "pass";
      });
      await expect(held("anna@acme.example")).rejects.toThrow(
        `shows the executor's token no ${kind} at all`,
      );
    },
  );

  it("sends its token with every request, as Okta reads it", async () => {
    // The emulator takes every token for a good one.
    world.front.behave(({ headers }) =>
      headers["authorization"] === `SSWS ${world.secrets.join()}` ? "pass" : json(401, {}),
    );
    await world.target.provision("anna@acme.example", "read_all", end);
    expect(await held("anna@acme.example")).toEqual(["read_all"]);
    await world.target.revoke("anna@acme.example", "read_all");
    const wrong = openOktaTarget({
      url: world.front.url,
      credential: { kind: "token", token: "wrong" },
      timeoutSeconds: 5,
    });
    await expect(wrong.observe("anna@acme.example")).rejects.toThrow(/401.*okta\.users\.read/u);
  });
});
