import type { Operation, RestSlice } from "./slice.ts";

/** An operation of the description, with its name there. */
export interface FoundOperation {
  readonly name: string;
  readonly operation: Operation;
}

/** These stand for branch names and file paths, which may contain slashes. */
const withSlashes = ["{branch}", "{path}", "{ref}"];

/**
 * Finds the operation of a concrete URL path; with several, the one with the fewest placeholders.
 * A query is ignored, and so is the prefix under which GitHub Enterprise Server has the same API.
 */
export function findOperation(
  slice: RestSlice,
  method: string,
  path: string,
): FoundOperation | undefined {
  const [plain = ""] = path.replace(/^\/api\/v3(?=\/)/u, "").split(/[?#]/u);
  const matching = Object.entries(slice.operations).filter(([name]) => {
    const [verb, template = ""] = name.split(" ");
    return verb === method.toUpperCase() && pattern(template).test(plain);
  });
  const [first] = matching.sort(([a], [b]) => placeholders(a) - placeholders(b));
  return first && { name: first[0], operation: first[1] };
}

function pattern(template: string): RegExp {
  const source = template.replaceAll(/\{\w+\}/gu, (placeholder) =>
    withSlashes.includes(placeholder) ? ".+" : "[^/]+",
  );
  return new RegExp(`^${source}$`, "u");
}

function placeholders(name: string): number {
  return name.split("{").length;
}
