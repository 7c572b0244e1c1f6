import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadAwsSdk } from "../../src/adapters/targets/aws/aws-session.ts";
import type { AwsSdk, IdentityCenterAccess } from "../../src/adapters/targets/aws/aws-session.ts";
import { openIdentityCenterTarget } from "../../src/adapters/targets/aws/identity-center-target.ts";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import type { Target } from "../../src/ports/target.ts";
import { accounts, startStandInIdentityCenter } from "../support/aws/stand-in-identity-center.ts";
import type { StandInIdentityCenter } from "../support/aws/stand-in-identity-center.ts";
import { describeTarget } from "./target.contract.ts";

let aws: StandInIdentityCenter;
let sdk: AwsSdk;
const end = new Date("2026-12-01T00:00:00Z");
const [account = "", other = ""] = accounts;

beforeAll(async () => {
  aws = await startStandInIdentityCenter();
  sdk = await loadAwsSdk();
});
afterAll(() => aws.close());

/** What happens at once, as the suite waits for it. */
const at = (act: () => unknown): Promise<void> => {
  act();
  return Promise.resolve();
};
const open = (over: Partial<IdentityCenterAccess> = {}) =>
  openIdentityCenterTarget(
    {
      region: "eu-central-1",
      instanceArn: aws.instanceArn,
      identityStoreId: aws.identityStoreId,
      credentials: { accessKeyId: "AKIDSTANDIN", secretAccessKey: "stand-in-secret" },
      endpoint: aws.url,
      timeoutSeconds: 10,
      pollMilliseconds: 10,
      ...over,
    },
    sdk,
  );
const setOf = (name: string) => name.replaceAll(/[^\w+=,.@-]/gu, "-").slice(0, 32);

describeTarget("AWS Identity Center on a stand-in", () => {
  aws.clear();
  const target = open();
  return Promise.resolve({
    target,
    spell: (permission: string) => `${account}/${setOf(permission)}`,
    canName: (name: string) => !/\s/u.test(name),
    addIdentity: (name: string) => at(() => aws.addUser(name)),
    addPermission: (name: string) => at(() => aws.addSet(setOf(name))),
    dropIdentity: (name: string) => at(() => aws.removeUser(name)),
    dropPermission: (name: string) => at(() => aws.removeSet(setOf(name))),
    give: (identity: string, permission: string) =>
      at(() => aws.assign(account, setOf(permission), identity)),
    unreachable: () => open({ endpoint: "http://127.0.0.1:1" }),
    close: () => target.close(),
  });
});

describe("AWS Identity Center target on a stand-in", () => {
  let target: Target;
  const permission = `${account}/ReadOnly`;
  const held = async (name: string) => (await target.observe(name)).permissions;
  const asked = (action: string) => aws.requests.filter((one) => one.action === action);
  const refusalOf = async (doing: Promise<unknown>): Promise<string> => {
    const error: unknown = await doing.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TargetRefused);
    expect(String(error)).not.toContain("stand-in-secret");
    expect(String(error)).not.toContain("said by the stand-in");
    return String(error);
  };

  beforeEach(() => {
    aws.clear();
    aws.addUser("Anna@acme.example");
    aws.addUser("anna");
    for (const name of ["Operator", "ReadOnly"]) aws.addSet(name);
    target = open();
  });

  it("waits until AWS has given and taken, and tells accounts apart", async () => {
    await target.provision("anna", permission, end);
    expect(await held("anna")).toEqual([permission]);
    await target.provision("anna", `${other}/ReadOnly`, end);
    await target.provision("anna", `${account}/Operator`, end);
    await target.revoke("anna", permission);
    expect(await held("anna")).toEqual([`${account}/Operator`, `${other}/ReadOnly`]);
    expect(asked("DescribeAccountAssignmentDeletionStatus").length).toBeGreaterThan(0);
  });

  it.each(["seen in the list", "hidden from the list"])(
    "does not call gone what is still being deleted: %s",
    async (where) => {
      await target.provision("anna", permission, end);
      aws.hold();
      aws.hidesLeaving = where === "hidden from the list";
      const impatient = open({ timeoutSeconds: 0.4 });
      await expect(impatient.revoke("anna", permission)).rejects.toThrow(TargetUnreachable);
      expect(await held("anna")).toEqual([permission]);
      await expect(target.provision("anna", permission, end)).rejects.toThrow(TargetUnreachable);
      aws.settle("SUCCEEDED");
      await target.revoke("anna", permission);
      expect(await held("anna")).toEqual([]);
    },
  );

  it("does not call gone what is still being created, and would be there after the end", async () => {
    aws.hold();
    const impatient = open({ timeoutSeconds: 0.4 });
    await expect(impatient.provision("anna", permission, end)).rejects.toThrow(TargetUnreachable);
    await expect(target.revoke("anna", permission)).rejects.toThrow(TargetUnreachable);
    await target.revoke("anna", `${account}/Operator`);
    aws.settle("SUCCEEDED");
    await target.revoke("anna", permission);
    expect(await held("anna")).toEqual([]);
  });

  it("says why AWS could not do it, and what is still there stays shown", async () => {
    aws.hold();
    const giving = target.provision("anna", permission, end);
    await expect.poll(() => asked("CreateAccountAssignment").length).toBe(1);
    aws.settle("FAILED");
    expect(await refusalOf(giving)).toContain("the account is suspended");
    await target.provision("anna", permission, end);
    aws.hold();
    const taking = target.revoke("anna", permission);
    await expect.poll(() => asked("DeleteAccountAssignment").length).toBe(1);
    aws.settle("FAILED");
    expect(await refusalOf(taking)).toContain("the account is suspended");
    expect(await held("anna")).toEqual([permission]);
  });

  it("takes a status that nobody knows neither for done nor for failed", async () => {
    aws.shownStatus = "PAUSED";
    await expect(target.provision("anna", permission, end)).rejects.toThrow(TargetUnreachable);
  });

  it("neither shows nor takes what a group was assigned", async () => {
    aws.addToGroup("anna", "group-of-owners");
    aws.assign(account, "ReadOnly", "group-of-owners", "GROUP");
    expect(await held("anna")).toEqual([]);
    await target.revoke("anna", permission);
    expect(asked("DeleteAccountAssignment")).toEqual([]);
    await target.provision("anna", permission, end);
    expect(await held("anna")).toEqual([permission]);
  });

  it("K5: creates nothing where the assignment was there before", async () => {
    aws.assign(account, "ReadOnly", "anna");
    await target.provision("anna", permission, end);
    expect(asked("CreateAccountAssignment")).toEqual([]);
  });

  it("reads lists to their end, page by page, and believes none without one", async () => {
    for (let n = 0; n < 5; n += 1) {
      aws.addSet(`Set${n}`);
      aws.assign(account, `Set${n}`, "anna");
    }
    aws.pageSize = 2;
    expect(await held("anna")).toHaveLength(5);
    await target.revoke("anna", `${account}/Set4`);
    expect(await held("anna")).toHaveLength(4);
    await target.provision("anna", `${account}/Set4`, end);
    expect(await held("anna")).toHaveLength(5);
    aws.pageSize = 0;
    await expect(target.observe("anna")).rejects.toThrow(TargetUnreachable);
  });

  it("refuses a user who is disabled or written otherwise, and an account that is none", async () => {
    aws.addUser("ben", "DISABLED");
    expect(await refusalOf(target.provision("ben", permission, end))).toContain("disabled");
    const otherwise = await refusalOf(target.provision("anna@acme.example", permission, end));
    expect(otherwise).toContain("Anna@acme.example");
    const nowhere = target.provision("anna", "999999999999/ReadOnly", end);
    expect(await refusalOf(nowhere)).toContain("the account in the catalogue");
  });

  it.each(["ReadOnly", "1234/ReadOnly", `${account}/`, `${account}/a/b`, `${account}:ReadOnly`])(
    "takes %s for no permission",
    async (wrong) => {
      expect(await refusalOf(target.provision("anna", wrong, end))).toContain("write it as");
      await target.revoke("anna", wrong);
    },
  );

  it("does not take a store that does not exist for one without that user", async () => {
    const elsewhere = open({ identityStoreId: "d-0000000000" });
    expect(await refusalOf(elsewhere.observe("anna"))).toContain("IDENTITY_STORE_ID");
    expect(await refusalOf(elsewhere.revoke("anna", permission))).toContain("IDENTITY_STORE_ID");
  });

  it.each([
    ["identitystore:GetUserId", "observe"],
    ["identitystore:DescribeUser", "provision"],
    ["sso:ListAccountAssignmentsForPrincipal", "observe"],
    ["sso:ListAccountAssignmentDeletionStatus", "observe"],
    ["sso:DescribePermissionSet", "observe"],
    ["sso:ListPermissionSets", "provision"],
    ["sso:ListAccountAssignmentCreationStatus", "revoke"],
    ["sso:DeleteAccountAssignment", "revoke"],
    ["sso:DescribeAccountAssignmentDeletionStatus", "revoke"],
  ] as const)("names the action that a policy lacks: %s", async (action, verb) => {
    await target.provision("anna", permission, end);
    aws.errors.set(action.split(":")[1] ?? "", "AccessDeniedException");
    const doing = {
      observe: () => target.observe("anna"),
      provision: () => target.provision("anna", permission, end),
      revoke: () => target.revoke("anna", permission),
    }[verb];
    expect(await refusalOf(doing())).toContain(`the action ${action}`);
  });

  it.each(["ThrottlingException", "InternalServerException", "ConflictException"])(
    "K10: takes %s for unreachable",
    async (error) => {
      await target.provision("anna", permission, end);
      aws.errors.set("ListAccountAssignmentsForPrincipal", error);
      await expect(target.observe("anna")).rejects.toThrow(TargetUnreachable);
      await expect(target.revoke("anna", permission)).rejects.toThrow(TargetUnreachable);
    },
  );

  it("K10: an instance that hangs is unreachable", async () => {
    aws.isHanging = true;
    const impatient = open({ timeoutSeconds: 0.3 });
    await expect(impatient.observe("anna")).rejects.toThrow(TargetUnreachable);
    await expect(impatient.revoke("anna", permission)).rejects.toThrow(TargetUnreachable);
  });

  it("refuses with a credential that AWS does not know", async () => {
    const credentials = { accessKeyId: "AKIDOTHER", secretAccessKey: "stand-in-secret" };
    expect(await refusalOf(open({ credentials }).observe("anna"))).toContain("credential");
  });

  it.each([
    [{ region: "Frankfurt" }],
    [{ instanceArn: "ssoins-1234567890abcdef" }],
    [{ identityStoreId: "store" }],
    [{ endpoint: "http://sso.example" }],
    [{ timeoutSeconds: Number.NaN }],
  ])("refuses settings that cannot be used: %j", (wrong) => {
    expect(() => open(wrong)).toThrow(TargetRefused);
  });
});
