import type { Case, OpenRequest } from "../../../src/core/evaluate/case.ts";
import { openCase } from "../../../src/core/evaluate/case.ts";
import { buildSnapshot, noon } from "./build-snapshot.ts";
import type { Given } from "./build-snapshot.ts";

/** A case with a request that the catalogue knows, as the rules see it. */
export type RequestCase = Case & { readonly request: OpenRequest };

/** Opens the ordinary request, with what is given: for a rule that is asked about a state which no file can lead to. */
export function openRequest(given: Given = {}): RequestCase {
  const opened = openCase(buildSnapshot(given), noon);
  if (opened.request === null) throw new Error("The ordinary request is one that is known.");
  return { ...opened, request: opened.request };
}

/** The case with another duration in its request, which its schema would not have let in. */
export function withDuration(given: RequestCase, duration: string): RequestCase {
  const { request } = given;
  const { document } = request;
  if (document.kind !== "AccessRequest") throw new Error("The ordinary request is no extension.");
  const spec = { ...document.spec, duration };
  return { ...given, request: { ...request, document: { ...document, spec } } };
}
