import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openKubernetesTarget } from "../../src/adapters/targets/kubernetes/kubernetes-target.ts";
import type { KubernetesAccess } from "../../src/adapters/targets/kubernetes/kubernetes-api.ts";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import type { Target } from "../../src/ports/target.ts";
import { startStandInApiServer } from "../support/kubernetes/stand-in-api-server.ts";
import type { StandInApiServer } from "../support/kubernetes/stand-in-api-server.ts";
import { describeTarget } from "./target.contract.ts";

let cluster: StandInApiServer;
const end = new Date("2026-12-01T00:00:00Z");

beforeAll(async () => {
  cluster = await startStandInApiServer();
});
afterAll(() => cluster.close());

/** What happens at once, as the suite waits for it. */
const at = (act: () => unknown): Promise<void> => {
  act();
  return Promise.resolve();
};
const access = (over: Partial<KubernetesAccess> = {}): KubernetesAccess => ({
  url: cluster.url,
  token: cluster.token,
  ca: null,
  namespaces: null,
  timeoutSeconds: 10,
  ...over,
});
const open = (over: Partial<KubernetesAccess> = {}) => openKubernetesTarget(access(over));
const user = (name: string) => ({
  apiGroup: "rbac.authorization.k8s.io",
  kind: "User",
  name,
});
const binding = (role: string, ...subjects: readonly object[]) => ({
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role },
  subjects,
});
/** What the catalogue cannot write is not needed for a name of a role, whose hostile parts are left out. */
const roleOf = (name: string) => name.replaceAll(/[^\w-]/gu, "-");

describeTarget("Kubernetes role binding on a stand-in API server", () => {
  cluster.clear();
  cluster.addNamespace("team");
  const target = open();
  const rolePath = (name: string) => `/namespaces/team/roles/${roleOf(name)}`;
  return Promise.resolve({
    target,
    knowsIdentities: "no" as const,
    spell: (permission: string) => `team:role/${roleOf(permission)}`,
    addIdentity: () => Promise.resolve(),
    addPermission: (name: string) => at(() => cluster.addRole(rolePath(name))),
    dropIdentity: () => Promise.resolve(),
    dropPermission: (name: string) => at(() => cluster.remove(rolePath(name))),
    give: (identity: string, permission: string) =>
      at(() => {
        const path = `/namespaces/team/rolebindings/by-hand`;
        cluster.put(path, binding(roleOf(permission), user("somebody"), user(identity)));
      }),
    unreachable: () => open({ url: "http://127.0.0.1:1" }),
    close: () => target.close(),
  });
});

describe("Kubernetes target on a stand-in API server", () => {
  let target: Target;
  const held = async (name: string) => (await target.observe(name)).permissions;
  const bindingsIn = (path: string) => cluster.get(path);
  const written = () => cluster.seen.filter(({ method }) => method !== "GET").at(-1);
  const refusalOf = async (doing: Promise<unknown>): Promise<string> => {
    const error: unknown = await doing.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TargetRefused);
    expect(String(error)).not.toContain(cluster.token);
    return String(error);
  };

  beforeEach(() => {
    cluster.clear();
    cluster.addNamespace("team");
    cluster.addRole("/namespaces/team/roles/reader");
    cluster.addRole("/clusterroles/view");
    target = open();
  });

  it("applies a binding server-side, under its own name and label, as the manager of its fields", async () => {
    await target.provision("anna@acme.example", "team:role/reader", end);
    const request = written();
    expect(request?.contentType).toBe("application/apply-patch+yaml");
    expect([...(request?.query ?? [])]).toEqual([["fieldManager", "countersign"]]);
    const path = request?.path.replace("/apis/rbac.authorization.k8s.io/v1", "") ?? "";
    expect(path).toMatch(/^\/namespaces\/team\/rolebindings\/countersign-[0-9a-f]{40}$/);
    expect(bindingsIn(path)).toMatchObject({
      kind: "RoleBinding",
      metadata: { labels: { "app.kubernetes.io/managed-by": "countersign" } },
      roleRef: { kind: "Role", name: "reader" },
      subjects: [user("anna@acme.example")],
    });
  });

  it("binds a cluster role in one namespace or, only where the catalogue says so, in the whole cluster", async () => {
    await target.provision("anna", "team:clusterrole/view", end);
    expect(written()?.path).toContain("/namespaces/team/rolebindings/");
    await target.provision("anna", "clusterrole/view", end);
    expect(written()?.path).toContain("/v1/clusterrolebindings/");
    expect(await held("anna")).toEqual(["clusterrole/view", "team:clusterrole/view"]);
    await target.revoke("anna", "clusterrole/view");
    expect(await held("anna")).toEqual(["team:clusterrole/view"]);
  });

  it.each(["team:reader", "role/reader", "team:role/..", "team:role/a/b", "Team:role/reader", "*"])(
    "takes %s for no role",
    async (permission) => {
      expect(await refusalOf(target.provision("anna", permission, end))).toContain("write it as");
      await target.revoke("anna", permission);
    },
  );

  it("K5: shows a binding from before, whoever made it and whoever else is in it, and leaves it alone", async () => {
    const path = "/namespaces/team/rolebindings/by-hand";
    cluster.put(path, binding("reader", user("ben"), user("anna")));
    expect(await held("anna")).toEqual(["team:role/reader"]);
    await target.provision("anna", "team:role/reader", end);
    const refusal = await refusalOf(target.revoke("anna", "team:role/reader"));
    expect(refusal).toContain("by-hand");
    expect(await held("anna")).toEqual(["team:role/reader"]);
    expect(bindingsIn(path)?.subjects).toEqual([user("ben"), user("anna")]);
  });

  it("does not take a group or a service account for a user of the same name", async () => {
    const account = { kind: "ServiceAccount", name: "anna", namespace: "team" };
    const group = { ...user("anna"), kind: "Group" };
    cluster.put("/namespaces/team/rolebindings/by-hand", binding("reader", account, group));
    expect(await held("anna")).toEqual([]);
  });

  it("still sees a binding whose label somebody took off", async () => {
    await target.provision("anna", "team:role/reader", end);
    const path = written()?.path.replace("/apis/rbac.authorization.k8s.io/v1", "") ?? "";
    cluster.put(path, { ...cluster.get(path), metadata: { labels: {} } }, "kubectl-edit");
    expect(await held("anna")).toEqual(["team:role/reader"]);
    await target.revoke("anna", "team:role/reader");
    expect(await held("anna")).toEqual([]);
  });

  it("reads lists to their end, page by page, and believes none without one", async () => {
    for (let n = 0; n < 7; n += 1) {
      cluster.put(`/namespaces/team/rolebindings/one-${n}`, binding(`role-${n}`, user("anna")));
    }
    cluster.pageSize = 3;
    expect(await held("anna")).toHaveLength(7);
    cluster.pageSize = 0;
    await expect(target.observe("anna")).rejects.toThrow(TargetUnreachable);
  });

  it("is not done while a finalizer holds the binding back, which gives access until it is gone", async () => {
    await target.provision("anna", "team:role/reader", end);
    const path = written()?.path.replace("/apis/rbac.authorization.k8s.io/v1", "") ?? "";
    cluster.put(path, {
      ...cluster.get(path),
      metadata: { finalizers: ["acme.example/archive"] },
    });
    const refusal = await refusalOf(target.revoke("anna", "team:role/reader"));
    expect(refusal).toContain("acme.example/archive");
    expect(await held("anna")).toEqual(["team:role/reader"]);
    await expect(target.provision("anna", "team:role/reader", end)).rejects.toThrow(
      TargetUnreachable,
    );
  });

  it("deletes the binding that it read, and not one that somebody changed or made anew meanwhile", async () => {
    await target.provision("anna", "team:role/reader", end);
    const path = written()?.path.replace("/apis/rbac.authorization.k8s.io/v1", "") ?? "";
    const replaced = cluster.get(path) ?? {};
    cluster.before("DELETE", () => {
      cluster.remove(path);
      cluster.put(path, { ...replaced, metadata: {} });
    });
    await expect(target.revoke("anna", "team:role/reader")).rejects.toThrow(TargetUnreachable);
    expect(cluster.get(path)).toBeDefined();
    await target.revoke("anna", "team:role/reader");
    expect(await held("anna")).toEqual([]);
  });

  it("takes no binding of its name over from somebody else, nor one that refers to another role", async () => {
    await target.provision("anna", "team:role/reader", end);
    const path = written()?.path.replace("/apis/rbac.authorization.k8s.io/v1", "") ?? "";
    cluster.put(path, binding("reader", user("mallory")), "kubectl-edit");
    expect(await refusalOf(target.provision("anna", "team:role/reader", end))).toContain("409");
    cluster.put(path, binding("admin", user("anna")));
    expect(await refusalOf(target.provision("anna", "team:role/reader", end))).toContain("422");
    expect(cluster.seen.every(({ query }) => !query.has("force"))).toBe(true);
  });

  it("never creates a namespace", async () => {
    cluster.addRole("/clusterroles/view");
    const refusal = await refusalOf(target.provision("anna", "gone:clusterrole/view", end));
    expect(refusal).toContain("no namespace gone");
    await target.revoke("anna", "gone:clusterrole/view");
  });

  it.each([
    [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
    [
      {
        apiGroups: ["rbac.authorization.k8s.io"],
        resources: ["rolebindings"],
        verbs: ["create"],
      },
    ],
    [{ apiGroups: ["rbac.authorization.k8s.io"], resources: ["*"], verbs: ["escalate"] }],
    [{ apiGroups: [""], resources: ["users"], verbs: ["impersonate"] }],
  ])("refuses a role whose holder could keep the access: %j", async (rule) => {
    cluster.addRole("/namespaces/team/roles/owner", [rule]);
    const refusal = await refusalOf(target.provision("anna", "team:role/owner", end));
    expect(refusal).toContain("after the end");
  });

  it("gives a role that may only look at bindings", async () => {
    const rules = [
      { apiGroups: ["rbac.authorization.k8s.io"], resources: ["*"], verbs: ["get", "list"] },
    ];
    cluster.addRole("/namespaces/team/roles/auditor", rules);
    await target.provision("anna", "team:role/auditor", end);
    expect(await held("anna")).toEqual(["team:role/auditor"]);
  });

  it("gives nothing to a name of Kubernetes itself, such as whoever did not log in", async () => {
    for (const name of ["system:anonymous", "system:serviceaccount:team:robot", "system:admin"]) {
      expect(await refusalOf(target.provision(name, "team:role/reader", end))).toContain(name);
    }
  });

  it("looks at the namespaces that it was told and at no others", async () => {
    cluster.addNamespace("other");
    cluster.put("/namespaces/other/rolebindings/by-hand", binding("reader", user("anna")));
    const narrow = open({ namespaces: ["team"] });
    const before = cluster.seen.length;
    expect((await narrow.observe("anna")).permissions).toEqual([]);
    const paths = cluster.seen.slice(before).map(({ path }) => path);
    expect(paths).toEqual(["/apis/rbac.authorization.k8s.io/v1/namespaces/team/rolebindings"]);
    for (const outside of ["other:role/reader", "clusterrole/view"]) {
      expect(await refusalOf(narrow.provision("anna", outside, end))).toContain("NAMESPACES");
      expect(await refusalOf(narrow.revoke("anna", outside))).toContain("NAMESPACES");
    }
    expect(await held("anna")).toEqual(["other:role/reader"]);
  });

  it.each([
    ["list rolebindings", "observe", "the verb list on rolebindings"],
    ["list clusterrolebindings", "observe", "the verb list on clusterrolebindings"],
    ["get roles", "provision", 'get and bind on roles, resourceNames ["reader"]'],
    ["patch rolebindings", "provision", "create and patch on rolebindings"],
    ["get rolebindings", "revoke", "the verb get on rolebindings"],
    ["delete rolebindings", "revoke", "the verb delete on rolebindings"],
  ] as const)("names the rule that is missing: %s", async (forbidden, verb, rule) => {
    await target.provision("anna", "team:role/reader", end);
    cluster.forbidden.add(forbidden);
    const doing = {
      observe: () => target.observe("anna"),
      provision: () => target.provision("anna", "team:role/reader", end),
      revoke: () => target.revoke("anna", "team:role/reader"),
    }[verb];
    expect(await refusalOf(doing())).toContain(rule);
  });

  it("refuses with a wrong token, which no message repeats", async () => {
    const wrong = open({ token: "wrong-and-secret" });
    const refusal = await refusalOf(wrong.observe("anna"));
    expect(refusal).toContain("token");
    expect(refusal).not.toContain("wrong-and-secret");
  });

  it.each([408, 410, 429, 500, 503])("K10: takes %d for unreachable", async (status) => {
    await target.provision("anna", "team:role/reader", end);
    cluster.fault = status;
    await expect(target.observe("anna")).rejects.toThrow(TargetUnreachable);
    await expect(target.revoke("anna", "team:role/reader")).rejects.toThrow(TargetUnreachable);
  });

  it("follows no redirect", async () => {
    cluster.fault = 307;
    await refusalOf(target.revoke("anna", "team:role/reader"));
  });

  it("K10: a server that hangs is unreachable", async () => {
    cluster.fault = "hang";
    const impatient = open({ timeoutSeconds: 0.2 });
    await expect(impatient.observe("anna")).rejects.toThrow(TargetUnreachable);
    await expect(impatient.revoke("anna", "team:role/reader")).rejects.toThrow(TargetUnreachable);
  });

  it.each([
    [{ url: "http://cluster.example" }],
    [{ url: "https://user:pass@cluster.example" }],
    [{ url: "cluster" }],
    [{ token: "two\nlines" }],
    [{ token: "" }],
    [{ ca: "no certificate" }],
    [{ namespaces: ["Not-A-Name"] }],
    [{ namespaces: [] }],
    [{ timeoutSeconds: 0 }],
  ])("refuses settings that cannot be used: %j", (wrong) => {
    expect(() => open(wrong)).toThrow(TargetRefused);
  });
});
