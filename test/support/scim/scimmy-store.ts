import SCIMMY from "scimmy";

/** A member of a group as SCIM writes it. */
export interface StoredMember {
  readonly value: string;
}

/** What the SCIM server under test keeps; SCIMMY has one store a process. */
export interface ScimStore {
  readonly users: Map<string, { id: string; userName: string; active?: boolean }>;
  readonly groups: Map<string, { id: string; displayName: string; members: StoredMember[] }>;
}

/** Lets SCIMMY, which is an npm package, keep its Users and Groups in a store that tests can reach into. */
export function declareScimmyStore(): ScimStore {
  const store: ScimStore = { users: new Map(), groups: new Map() };
  SCIMMY.Resources.declare(SCIMMY.Resources.User, {
    egress: (resource: Asked) => stored(store.users, resource),
    ingress: () => {
      throw new SCIMMY.Types.Error(501, "", "Users are made by their administrator.");
    },
    degress: () => undefined,
  });
  SCIMMY.Resources.declare(SCIMMY.Resources.Group, {
    egress: (resource: Asked) => stored(store.groups, resource),
    ingress: (resource: Asked, written: Written) => {
      const group = found(store.groups, resource.id);
      group.members = (written.members ?? []).map(({ value }) => ({ value }));
      return group;
    },
    degress: () => undefined,
  });
  return store;
}

interface Asked {
  readonly id?: string | undefined;
  readonly filter?: { match(values: readonly object[]): object[] } | undefined;
}

interface Written {
  readonly members?: readonly StoredMember[];
}

function stored<T extends object>(values: ReadonlyMap<string, T>, asked: Asked): T | T[] {
  if (asked.id !== undefined) return found(values, asked.id);
  // A copy: SCIMMY's filter looks into lists by changing them.
  const all = structuredClone([...values.values()]);
  return asked.filter === undefined ? all : (asked.filter.match(all) as T[]);
}

function found<T>(values: ReadonlyMap<string, T>, id: string | undefined): T {
  const value = id === undefined ? undefined : values.get(id);
  if (value !== undefined) return value;
  throw new SCIMMY.Types.Error(404, "", `Resource ${id ?? ""} not found`);
}
