import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Somebody's permission set on an account. */
export interface StoredAssignment {
  readonly account: string;
  readonly arn: string;
  readonly type: "USER" | "GROUP";
  readonly principal: string;
}

interface StoredOperation extends StoredAssignment {
  readonly id: string;
  readonly kind: "creation" | "deletion";
  status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
}

/** One request that arrived. */
export interface AwsRequest {
  readonly action: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly credential: string;
}

/**
 * A stand-in for AWS IAM Identity Center and its identity store, for the tests: there is none to install. It speaks the
 * AWS JSON 1.1 protocol for the few actions that are used, keeps assignments in memory, and carries out creations and
 * deletions only after the answer, as the real one. It looks at the form of a signature and does not verify it.
 */
export interface StandInIdentityCenter {
  readonly url: string;
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly requests: AwsRequest[];
  addUser(name: string, status?: "ENABLED" | "DISABLED"): void;
  addToGroup(name: string, group: string): void;
  removeUser(name: string): void;
  addSet(name: string): void;
  /** With its assignments, without which AWS deletes none. */
  removeSet(name: string): void;
  assign(account: string, set: string, principal: string, type?: "USER" | "GROUP"): void;
  /** Makes every operation stay as it is until `settle`. */
  hold(): void;
  /** Carries out what goes on, with this outcome. */
  settle(outcome: "SUCCEEDED" | "FAILED"): void;
  /** Hides an assignment from the list as soon as its deletion has begun, although it goes on. */
  hidesLeaving: boolean;
  /** What operations are said to be, instead of how they stand. */
  shownStatus: string | null;
  pageSize: number;
  /** Actions that are answered with this error instead. */
  readonly errors: Map<string, string>;
  isHanging: boolean;
  clear(): void;
  close(): Promise<void>;
}

/** The accounts of the organisation. */
export const accounts = ["111122223333", "444455556666"];

const milliseconds = 30;

/** Starts the stand-in on this machine only. */
export async function startStandInIdentityCenter(): Promise<StandInIdentityCenter> {
  const users = new Map<string, { id: string; status: string; groups: string[] }>();
  const sets = new Map<string, string>();
  let assignments: StoredAssignment[] = [];
  let operations: StoredOperation[] = [];
  let isHeld = false;
  const isSame = (one: StoredAssignment, other: StoredAssignment): boolean =>
    one.account === other.account && one.arn === other.arn && one.principal === other.principal;
  const arnOf = (name: string): string => {
    const found = [...sets].find(([, one]) => one === name)?.[0];
    if (found === undefined) throw new Error(`no permission set ${name}`);
    return found;
  };
  const carryOut = (operation: StoredOperation, outcome: "SUCCEEDED" | "FAILED"): void => {
    if (operation.status !== "IN_PROGRESS") return;
    operation.status = outcome;
    if (outcome === "FAILED") return;
    assignments = assignments.filter((one) => !isSame(one, operation));
    if (operation.kind === "creation") {
      const { account, arn, type, principal } = operation;
      assignments.push({ account, arn, type, principal });
    }
  };
  const standIn: StandInIdentityCenter = {
    url: "",
    instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
    identityStoreId: "d-1234567890",
    requests: [],
    addUser: (name, status = "ENABLED") =>
      void users.set(name, { id: randomUUID(), status, groups: [] }),
    addToGroup: (name, group) => void users.get(name)?.groups.push(group),
    removeUser: (name) => void users.delete(name),
    addSet: (name) =>
      void sets.set(`arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${sets.size}`, name),
    removeSet: (name) => {
      const arn = arnOf(name);
      assignments = assignments.filter((one) => one.arn !== arn);
      sets.delete(arn);
    },
    assign: (account, set, principal, type = "USER") =>
      void assignments.push({
        account,
        arn: arnOf(set),
        type,
        principal: users.get(principal)?.id ?? principal,
      }),
    hold: () => {
      isHeld = true;
    },
    settle: (outcome) => {
      isHeld = false;
      for (const operation of operations) carryOut(operation, outcome);
    },
    hidesLeaving: false,
    shownStatus: null,
    pageSize: 100,
    errors: new Map(),
    isHanging: false,
    clear: () => {
      users.clear();
      sets.clear();
      assignments = [];
      operations = [];
      isHeld = false;
      standIn.errors.clear();
      Object.assign(standIn, {
        hidesLeaving: false,
        shownStatus: null,
        pageSize: 100,
        isHanging: false,
      });
      standIn.requests.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const page = (items: readonly unknown[], { NextToken }: Body): [readonly unknown[], object] => {
    const from = Number(NextToken ?? 0);
    const to = from + standIn.pageSize;
    return [items.slice(from, to), to < items.length ? { NextToken: String(to) } : {}];
  };
  const show = (one: StoredOperation) => ({
    Status: standIn.shownStatus ?? one.status,
    RequestId: one.id,
    TargetId: one.account,
    TargetType: "AWS_ACCOUNT",
    PermissionSetArn: one.arn,
    PrincipalType: one.type,
    PrincipalId: one.principal,
    ...(one.status === "FAILED" ? { FailureReason: "the account is suspended" } : {}),
  });
  const begin = (kind: "creation" | "deletion", body: Body) => {
    const wanted: StoredAssignment = {
      account: text(body, "TargetId"),
      arn: text(body, "PermissionSetArn"),
      type: "USER",
      principal: text(body, "PrincipalId"),
    };
    if (!accounts.includes(wanted.account) || !sets.has(wanted.arn)) {
      throw new AwsError("ResourceNotFoundException");
    }
    const isBusy = operations.some((one) => isSame(one, wanted) && one.status === "IN_PROGRESS");
    if (isBusy) throw new AwsError("ConflictException");
    const operation = { ...wanted, id: randomUUID(), kind, status: "IN_PROGRESS" as const };
    operations.push(operation);
    if (!isHeld) setTimeout(() => carryOut(operation, "SUCCEEDED"), milliseconds);
    return show(operation);
  };
  const described = (kind: "creation" | "deletion", id: string) => {
    const found = operations.find((one) => one.kind === kind && one.id === id);
    if (found === undefined) throw new AwsError("ResourceNotFoundException");
    return show(found);
  };
  const listed = (kind: "creation" | "deletion", body: Body): [readonly unknown[], object] => {
    const { Status } = (body["Filter"] ?? {}) as { readonly Status?: string };
    const found = operations.filter(
      (one) => one.kind === kind && (Status === undefined || one.status === Status),
    );
    return page(
      found.map(({ id, status }) => ({ RequestId: id, Status: status })),
      body,
    );
  };
  const actions: Readonly<Record<string, (body: Body) => object>> = {
    "AWSIdentityStore.GetUserId": (body) => {
      requireStore(body);
      const { UniqueAttribute } = body["AlternateIdentifier"] as {
        readonly UniqueAttribute: {
          readonly AttributePath: string;
          readonly AttributeValue: string;
        };
      };
      if (UniqueAttribute.AttributePath !== "userName") throw new AwsError("ValidationException");
      // The service finds a name in any case of its letters.
      const wanted = UniqueAttribute.AttributeValue.toLowerCase();
      const found = [...users].find(([name]) => name.toLowerCase() === wanted)?.[1];
      if (found === undefined) {
        throw new AwsError("ResourceNotFoundException", { ResourceType: "USER" });
      }
      return { IdentityStoreId: standIn.identityStoreId, UserId: found.id };
    },
    "AWSIdentityStore.DescribeUser": (body) => {
      requireStore(body);
      const found = [...users].find(([, { id }]) => id === body["UserId"]);
      if (found === undefined) {
        throw new AwsError("ResourceNotFoundException", { ResourceType: "USER" });
      }
      const [name, { id, status }] = found;
      return {
        IdentityStoreId: standIn.identityStoreId,
        UserId: id,
        UserName: name,
        UserStatus: status,
      };
    },
    "SWBExternalService.ListPermissionSets": (body) => {
      const [items, next] = page([...sets.keys()], body);
      return { PermissionSets: items, ...next };
    },
    "SWBExternalService.DescribePermissionSet": (body) => {
      const name = sets.get(text(body, "PermissionSetArn"));
      if (name === undefined) throw new AwsError("ResourceNotFoundException");
      return { PermissionSet: { Name: name, PermissionSetArn: body["PermissionSetArn"] } };
    },
    "SWBExternalService.ListAccountAssignmentsForPrincipal": (body) => {
      const id = text(body, "PrincipalId");
      const groups = [...users.values()].find((one) => one.id === id)?.groups ?? [];
      const found = assignments.filter(
        (one) =>
          (one.principal === id || groups.includes(one.principal)) &&
          !(standIn.hidesLeaving && operations.some((going) => isLeaving(going, one))),
      );
      const [items, next] = page(
        found.map(({ account, arn, type, principal }) => ({
          AccountId: account,
          PermissionSetArn: arn,
          PrincipalId: principal,
          PrincipalType: type,
        })),
        body,
      );
      return { AccountAssignments: items, ...next };
    },
    "SWBExternalService.CreateAccountAssignment": (body) => ({
      AccountAssignmentCreationStatus: begin("creation", body),
    }),
    "SWBExternalService.DeleteAccountAssignment": (body) => ({
      AccountAssignmentDeletionStatus: begin("deletion", body),
    }),
    "SWBExternalService.DescribeAccountAssignmentCreationStatus": (body) => ({
      AccountAssignmentCreationStatus: described(
        "creation",
        text(body, "AccountAssignmentCreationRequestId"),
      ),
    }),
    "SWBExternalService.DescribeAccountAssignmentDeletionStatus": (body) => ({
      AccountAssignmentDeletionStatus: described(
        "deletion",
        text(body, "AccountAssignmentDeletionRequestId"),
      ),
    }),
    "SWBExternalService.ListAccountAssignmentCreationStatus": (body) => {
      const [items, next] = listed("creation", body);
      return { AccountAssignmentsCreationStatus: items, ...next };
    },
    "SWBExternalService.ListAccountAssignmentDeletionStatus": (body) => {
      const [items, next] = listed("deletion", body);
      return { AccountAssignmentsDeletionStatus: items, ...next };
    },
  };

  function isLeaving(operation: StoredOperation, one: StoredAssignment): boolean {
    const { kind, status } = operation;
    return kind === "deletion" && status === "IN_PROGRESS" && isSame(operation, one);
  }

  function requireStore(body: Body): void {
    if (body["IdentityStoreId"] === standIn.identityStoreId) return;
    throw new AwsError("ResourceNotFoundException", { ResourceType: "IDENTITY_STORE" });
  }

  function answerTo(action: string, body: Body, credential: string): object {
    const [service = "", name = ""] = action.split(".");
    standIn.requests.push({ action: name, body, credential });
    const scope = service === "AWSIdentityStore" ? "identitystore" : "sso";
    const form = new RegExp(`^AKIDSTANDIN/\\d{8}/eu-central-1/${scope}/aws4_request$`, "u");
    if (!form.test(credential)) throw new AwsError("UnrecognizedClientException");
    const error = standIn.errors.get(name);
    if (error !== undefined) throw new AwsError(error);
    const isOurs = scope === "identitystore" || body["InstanceArn"] === standIn.instanceArn;
    if (!isOurs) throw new AwsError("ResourceNotFoundException");
    const act = actions[action];
    if (act === undefined) throw new AwsError("UnknownOperationException");
    return act(body);
  }

  const server = createServer((request, response) => void answer(request, response));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (standIn.isHanging) return;
    const action = String(request.headers["x-amz-target"]);
    const credential = /Credential=([^,]+),/u.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const json = { "content-type": "application/x-amz-json-1.1" };
    try {
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Body;
      const value = JSON.stringify(answerTo(action, body, credential));
      response.writeHead(200, json).end(value);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const status = error.code === "InternalServerException" ? 500 : 400;
      const body = { __type: error.code, Message: "said by the stand-in", ...error.members };
      response.writeHead(status, json).end(JSON.stringify(body));
    }
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(standIn, { url: `http://127.0.0.1:${port}` });
}

type Body = Readonly<Record<string, unknown>>;

function text(body: Body, key: string): string {
  const value = body[key];
  if (typeof value === "string") return value;
  throw new AwsError("ValidationException");
}

class AwsError extends Error {
  readonly code: string;
  readonly members: object;
  constructor(code: string, members: object = {}) {
    super(code);
    this.code = code;
    this.members = members;
  }
}
