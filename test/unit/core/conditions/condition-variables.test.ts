import { expect, test } from "vitest";
import { conditionVariables } from "../../../../src/core/conditions/condition-variables.ts";
import type { FactExtent } from "../../../../src/core/conditions/extent.ts";
import { schemas } from "../../../../src/generated/schemas.ts";

interface Schema {
  readonly type?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly string[];
  readonly const?: string;
}

function extentAt(path: string): FactExtent | undefined {
  const [variable = "", ...fields] = path.split(".");
  let extent = conditionVariables.get(variable);
  for (const field of fields) {
    if (field === "[]") extent = extent?.kind === "list" ? extent.of : undefined;
    else extent = extent?.kind === "record" ? extent.fields.get(field) : undefined;
  }
  return extent;
}

function schemaAt(schema: keyof typeof schemas, path: string): Schema | undefined {
  let found: Schema | undefined = schemas[schema];
  for (const part of path.split("."))
    found = part === "[]" ? found?.items : found?.properties?.[part];
  return found;
}

/** The largest that the schema lets through: the number of items, or of characters. */
function most(schema: Schema | undefined): number {
  const words = schema?.enum ?? [];
  return schema?.maxItems ?? schema?.maxLength ?? Math.max(...words.map(({ length }) => length));
}

test.each([
  ["request.name", "access-request", "metadata.name"],
  ["request.requester", "access-request", "spec.requester"],
  ["request.beneficiary.name", "access-request", "spec.beneficiary.name"],
  ["request.beneficiary.kind", "access-request", "spec.beneficiary.kind"],
  ["request.target", "access-request", "spec.target"],
  ["request.entitlement", "access-request", "spec.entitlement"],
  ["request.tier", "access-request", "spec.tier"],
  ["request.reason", "access-request", "spec.reason"],
  ["request.references", "access-request", "spec.references"],
  ["request.references.[].type", "access-request", "spec.references.[].type"],
  ["request.references.[].id", "access-request", "spec.references.[].id"],
  ["request.compensatingControls", "access-request", "spec.compensatingControls"],
  ["request.compensatingControls.[]", "access-request", "spec.compensatingControls.[]"],
  ["request.reason", "break-glass-request", "spec.reason"],
  ["request.references", "break-glass-request", "spec.references"],
  ["request.compensatingControls", "break-glass-request", "spec.compensatingControls"],
  ["request.reason", "access-extension", "spec.reason"],
  ["request.references", "access-extension", "spec.references"],
  ["request.compensatingControls", "access-extension", "spec.compensatingControls"],
  ["requester.name", "people", "spec.people.[].name"],
  ["requester.name", "people", "spec.machines.[].name"],
  ["requester.kind", "people", "spec.machines.[].kind"],
  ["requester.teams", "people", "spec.people.[].teams"],
  ["requester.teams.[]", "people", "spec.people.[].teams.[]"],
  ["beneficiary.name", "people", "spec.people.[].name"],
  ["beneficiary.kind", "people", "spec.machines.[].kind"],
  ["beneficiary.person", "people", "spec.machines.[].owner"],
  ["beneficiary.teams", "people", "spec.people.[].teams"],
  ["beneficiary.teams.[]", "people", "spec.people.[].teams.[]"],
  ["target.name", "target", "metadata.name"],
  ["target.owningTeam", "target", "spec.owningTeam"],
  ["target.provider", "target", "spec.provider"],
  ["entitlement.name", "target", "spec.entitlements.[].name"],
  ["entitlement.tier", "target", "spec.entitlements.[].tier"],
  ["entitlement.includes", "target", "spec.entitlements.[].includes"],
  ["entitlement.includes.[]", "target", "spec.entitlements.[].includes.[]"],
] as const)("%s is at most as large as in %s, %s", (path, name, place) => {
  const extent = extentAt(path);
  const known =
    extent?.kind === "list" ? extent.items : extent?.kind === "text" && extent.characters;
  expect(known).toBeGreaterThanOrEqual(most(schemaAt(name, place)));
});
