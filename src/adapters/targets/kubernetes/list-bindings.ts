import { TargetUnreachable } from "../../../ports/target.ts";
import { bindingsPath } from "./binding.ts";
import type { Binding } from "./binding.ts";
import type { AskApi } from "./kubernetes-api.ts";

/**
 * Lists every binding of the places, to the end of each list, whoever made it: a label that somebody took off, or access
 * from before Countersign, must not hide. Throws TargetUnreachable for a list that is cut or has no end.
 */
export async function listBindings(
  ask: AskApi,
  namespaces: readonly string[] | null,
): Promise<readonly Binding[]> {
  const paths =
    namespaces === null
      ? [bindingsPath("all-namespaces"), bindingsPath({ namespace: null })]
      : namespaces.map((namespace) => bindingsPath({ namespace }));
  const lists = await Promise.all(paths.map((path) => listAll(ask, path)));
  return lists.flat();
}

/** Lists the bindings of one address to the end. */
export async function listAll(ask: AskApi, path: string): Promise<readonly Binding[]> {
  const all: Binding[] = [];
  let next: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { body } = await ask({
      method: "GET",
      path,
      query: { limit: "500", ...(next === null ? {} : { continue: next }) },
      needs: `the verb list on ${path.split("/").at(-1) ?? ""}, in every place that it looks at`,
    });
    const list = body as BindingList | null;
    if (!Array.isArray(list?.items)) break;
    all.push(...(list.items as readonly Binding[]));
    const following: unknown = list.metadata?.continue ?? "";
    if (following === "") return all;
    if (typeof following !== "string" || following === next) break;
    next = following;
  }
  throw new TargetUnreachable(
    `The list ${path} could not be read to its end: what the target holds is unknown; try again.`,
  );
}

interface BindingList {
  readonly items?: unknown;
  readonly metadata?: { readonly continue?: unknown };
}

const mostPages = 200;
