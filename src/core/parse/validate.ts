import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { schemas } from "../../generated/schemas.ts";
import type { AccessExtension } from "../../generated/access-extension.ts";
import type { AccessPolicy } from "../../generated/access-policy.ts";
import type { AccessRequest } from "../../generated/access-request.ts";
import type { BreakGlassRequest } from "../../generated/break-glass-request.ts";
import type { Conflicts } from "../../generated/conflicts.ts";
import type { GovernancePolicy } from "../../generated/governance-policy.ts";
import type { People } from "../../generated/people.ts";
import type { PolicyTest } from "../../generated/policy-test.ts";
import type { Target } from "../../generated/target.ts";
import type { TrustRoot } from "../../generated/trust-root.ts";
import type { TrustRootSignatures } from "../../generated/trust-root-signatures.ts";
import type { DeepReadonly } from "../model/governance.ts";
import type { Parsed } from "../model/problem.ts";
import { durationSeconds } from "./duration.ts";
import { parseInstant } from "./instant.ts";
import { schemaProblem } from "./schema-problem.ts";
import type { StrictDocument } from "./strict-yaml.ts";

/** What a document of each kind is once its schema has accepted it. */
export interface DocumentKinds {
  AccessRequest: AccessRequest;
  BreakGlassRequest: BreakGlassRequest;
  AccessExtension: AccessExtension;
  AccessPolicy: AccessPolicy;
  GovernancePolicy: GovernancePolicy;
  PolicyTest: PolicyTest;
  Target: Target;
  People: People;
  Conflicts: Conflicts;
  TrustRoot: TrustRoot;
  TrustRootSignatures: TrustRootSignatures;
}

export type DocumentKind = keyof DocumentKinds;

/**
 * Validates a document against the schema of its kind and turns every error into a problem with its
 * place. Of several errors at one place only the most telling is reported.
 */
export function validate<Kind extends DocumentKind>(
  kind: Kind,
  document: StrictDocument,
): Parsed<DeepReadonly<DocumentKinds[Kind]>> {
  const check = validators[kind];
  if (check(document.value)) {
    return { ok: true, value: document.value as unknown as DeepReadonly<DocumentKinds[Kind]> };
  }
  const telling = new Map<string, ErrorObject>();
  // Why no element fits `contains` is said at the list itself.
  const errors = new Set(check.errors?.filter((error) => !isInContains(error)));
  for (const error of [...errors].slice(0, 200)) {
    const place = placeOf(error);
    const other = telling.get(place);
    if (other === undefined || rank(error) < rank(other)) telling.set(place, error);
  }
  return {
    ok: false,
    problems: [...telling.values()].map((error) => schemaProblem(document, error)),
  };
}

const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  // They say something to people, and nothing about what is valid.
  keywords: ["patternErrorMessage", "anyValue"],
  formats: {
    duration: (text: string) => durationSeconds(text) !== null,
    "date-time": (text: string) => parseInstant(text) !== null,
  },
});

const validators: Readonly<Record<DocumentKind, ValidateFunction>> = {
  AccessRequest: ajv.compile(schemas["access-request"]),
  BreakGlassRequest: ajv.compile(schemas["break-glass-request"]),
  AccessExtension: ajv.compile(schemas["access-extension"]),
  AccessPolicy: ajv.compile(schemas["access-policy"]),
  GovernancePolicy: ajv.compile(schemas["governance-policy"]),
  PolicyTest: ajv.compile(schemas["policy-test"]),
  Target: ajv.compile(schemas.target),
  People: ajv.compile(schemas.people),
  Conflicts: ajv.compile(schemas.conflicts),
  TrustRoot: ajv.compile(schemas["trust-root"]),
  TrustRootSignatures: ajv.compile(schemas["trust-root-signatures"]),
};

function isInContains({ schemaPath }: ErrorObject): boolean {
  return schemaPath.includes("/contains/");
}

/** Two missing or unknown keys of one object are two places. */
function placeOf(error: ErrorObject): string {
  if (error.keyword === "required" || error.keyword === "additionalProperties") {
    return `${error.instancePath} ${error.keyword} ${JSON.stringify(error.params)}`;
  }
  return error.instancePath;
}

function rank(error: ErrorObject): number {
  const least = ["pattern", "format", "minLength", "maxLength", "type"];
  return -least.indexOf(error.keyword);
}
