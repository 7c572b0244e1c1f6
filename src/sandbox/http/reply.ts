import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";
import type { Json, JsonObject } from "./json.ts";

/** What a route is given. */
export interface Call {
  readonly world: World;
  readonly actor: Actor;
  readonly params: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  /** The whole address asked for, for Link headers. */
  readonly url: URL;
}

/** What a route answers; a body of `undefined` sends none. */
export interface Reply {
  readonly status: number;
  readonly body: Json | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One served operation. Everything that is not one of these is a 404. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As GitHub's description writes it: `/repos/{owner}/{repo}/pulls/{pull_number}`. */
  readonly path: string;
  readonly needs: Needs;
  /** `all`: served for every repository of the organisation, and not for the one with git alone. */
  readonly repositories?: "all";
  readonly answer: (call: Call) => Promise<Reply> | Reply;
}

/** Who may ask: `key` is an App by its key; otherwise an App's permission and a person's access. */
export type Needs =
  | { readonly by: "key" }
  | {
      readonly by: "token";
      /** Any one of these permissions at this level; empty means that every token may. */
      readonly permissions: readonly string[];
      readonly level: "read" | "write";
      readonly access: "read" | "write" | "admin";
    };

/** Answers 200 with a body. */
export function ok(body: Json): Reply {
  return { status: 200, body };
}

/** Answers 201 with a body. */
export function created(body: Json): Reply {
  return { status: 201, body };
}

/** Answers 204. */
export function noContent(): Reply {
  return { status: 204, body: undefined };
}

/** Reads a path parameter that the route's pattern guarantees. */
export function param(call: Call, name: string): string {
  const value = call.params.get(name);
  if (value === undefined) throw new Error(`The route has no parameter ${name}.`);
  return value;
}

/** Needs that a reader meets. */
export function readers(...permissions: string[]): Needs {
  return { by: "token", permissions, level: "read", access: "read" };
}

/** Needs an App's write permission, and write access from people. */
export function writers(...permissions: string[]): Needs {
  return { by: "token", permissions, level: "write", access: "write" };
}

/** Needs an App's write permission; of people only that they can see the repository. */
export function participants(...permissions: string[]): Needs {
  return { by: "token", permissions, level: "write", access: "read" };
}

/** Needs an administrator, or an App's write permission. */
export function administrators(...permissions: string[]): Needs {
  return { by: "token", permissions, level: "write", access: "admin" };
}
