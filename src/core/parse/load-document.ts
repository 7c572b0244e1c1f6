import type { DeepReadonly } from "../model/governance.ts";
import type { Parsed } from "../model/problem.ts";
import type { GovernanceFile } from "../model/snapshot.ts";
import { documentKind } from "./document-kind.ts";
import { maxGovernanceBytes, parseStrictYaml } from "./strict-yaml.ts";
import type { StrictDocument } from "./strict-yaml.ts";
import { validate } from "./validate.ts";
import type { DocumentKind, DocumentKinds } from "./validate.ts";

/** A document that its schema accepted, with its text for the places of later problems. */
export interface Loaded<Kind extends DocumentKind> {
  readonly document: StrictDocument;
  readonly value: DeepReadonly<DocumentKinds[Kind]>;
}

/** Loads one file of `governance/`, which must be of the one kind. */
export function loadDocument<Kind extends DocumentKind>(
  file: GovernanceFile,
  kind: Kind,
): Parsed<Loaded<Kind>> {
  const document = parseStrictYaml(file.path, file.text, maxGovernanceBytes);
  if (!document.ok) return document;
  const stated = documentKind(document.value, [kind]);
  if (!stated.ok) return stated;
  const value = validate(kind, document.value);
  return value.ok ? { ok: true, value: { document: document.value, value: value.value } } : value;
}
