import type { Route } from "./reply.ts";

/** Finds the route of a request with its parameters; `null` when nothing serves it. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly params: ReadonlyMap<string, string> } | null {
  for (const route of routes) {
    if (route.method !== method) continue;
    const params = match(route.path, path);
    if (params !== null) return { route, params };
  }
  return null;
}

/** The last parameter of these paths may contain slashes. */
const spanning = new Set(["path", "ref", "branch"]);

function match(pattern: string, path: string): ReadonlyMap<string, string> | null {
  const names: string[] = [];
  const source = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    return spanning.has(name) ? "(.+)" : "([^/]+)";
  });
  const found = new RegExp(`^${source}$`).exec(path);
  if (found === null) return null;
  return new Map(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? "")]));
}
