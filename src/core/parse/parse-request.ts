import type { AccessExtension } from "../../generated/access-extension.ts";
import type { AccessRequest } from "../../generated/access-request.ts";
import type { BreakGlassRequest } from "../../generated/break-glass-request.ts";
import type { DeepReadonly } from "../model/governance.ts";
import type { Parsed, Problem } from "../model/problem.ts";
import { documentKind } from "./document-kind.ts";
import { governedPath } from "./governed-path.ts";
import type { GovernedPath } from "./governed-path.ts";
import { requestYaml } from "./request-yaml.ts";
import { maxRequestBytes, problemAt } from "./strict-yaml.ts";
import type { StrictDocument } from "./strict-yaml.ts";
import { textMemory } from "./text-memory.ts";
import { validate } from "./validate.ts";

/** A request of any kind; `kind` tells which. */
export type RequestDocument = DeepReadonly<AccessRequest | BreakGlassRequest | AccessExtension>;

/** The kinds of request. */
export const requestKinds = ["AccessRequest", "BreakGlassRequest", "AccessExtension"] as const;

/**
 * Parses one request file. Its folder must be its target and its file name its name, so that moving a
 * file cannot buy softer approvers. Never throws. Does not look at governance: see check-catalogue.ts.
 */
export function parseRequest(path: string, bytes: Uint8Array | string): Parsed<RequestDocument> {
  if (typeof bytes !== "string" || bytes.length > maxRequestBytes) return parseAnew(path, bytes);
  return remembered(path, bytes, () => parseAnew(path, bytes));
}

const remembered = textMemory<Parsed<RequestDocument>>();

function parseAnew(path: string, bytes: Uint8Array | string): Parsed<RequestDocument> {
  const place = governedPath(path);
  if (place.area !== "request") return { ok: false, problems: [notARequest(path, place)] };
  const document = requestYaml(path, bytes);
  if (!document.ok) return document;
  const kind = documentKind(document.value, requestKinds);
  if (!kind.ok) return kind;
  const request: Parsed<RequestDocument> = validate(kind.value, document.value);
  if (!request.ok) return request;
  const problems = misplaced(document.value, request.value, place);
  if (problems.length === 0) return request;
  return { ok: false, problems };
}

function notARequest(path: string, place: Exclude<GovernedPath, { area: "request" }>): Problem {
  const refused = place.area === "refused";
  return {
    path,
    line: 1,
    column: 1,
    code: "wrong-path",
    message: refused ? place.reason : "The path is not that of a request.",
    fix: refused ? place.fix : "Name the file access-requests/<target>/<name>.yaml.",
  };
}

function misplaced(
  document: StrictDocument,
  { metadata, spec }: RequestDocument,
  place: { readonly target: string; readonly name: string },
): readonly Problem[] {
  const problems: Problem[] = [];
  if (spec.target !== place.target) {
    problems.push(
      problemAt(document, "/spec/target", "value", {
        code: "wrong-folder",
        message: `The file lies in the folder of ${place.target}, but asks for ${spec.target}.`,
        fix: `Move the file to access-requests/${spec.target}/, or write \`target: ${place.target}\`.`,
      }),
    );
  }
  if (metadata.name !== place.name) {
    problems.push(
      problemAt(document, "/metadata/name", "value", {
        code: "wrong-file-name",
        message: `The file is named ${place.name}.yaml, but the request ${metadata.name}.`,
        fix: `Rename the file to ${metadata.name}.yaml, or write \`name: ${place.name}\`.`,
      }),
    );
  }
  return problems;
}
