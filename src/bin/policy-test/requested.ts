import type { PolicyTest } from "../../generated/policy-test.ts";
import type { DeepReadonly } from "../../core/model/governance.ts";
import type { Json } from "../../core/model/json.ts";
import { checkKnown } from "../../core/parse/governance-checks/check-known.ts";
import type { StrictDocument } from "../../core/parse/strict-yaml.ts";
import { validate } from "../../core/parse/validate.ts";
import type { Place } from "../../core/parse/yaml-node.ts";
import type { HypotheticalRequest } from "./policy-table.ts";
import type { TableReader } from "./table-reader.ts";

type Spec = DeepReadonly<NonNullable<PolicyTest["spec"]["request"]>>;

export interface SpecParts {
  /** What most cases of the table start from. */
  readonly base: Spec;
  /** What one case says otherwise; `null` removes. */
  readonly changes: Spec;
  /** Pointer to the case. */
  readonly pointer: string;
}

/**
 * Makes the request file of one case. It must be a well-formed request for something that governance knows, or it would be
 * denied for a slip of the table's author, and a wanted denial would prove nothing: every fault is reported at its place in
 * the table, and `null` returned.
 */
export function requested(reader: TableReader, parts: SpecParts): HypotheticalRequest | null {
  const document = merged(reader.document, parts);
  const request = validate("AccessRequest", document);
  if (!request.ok) {
    reader.reportAll(request.problems);
    return null;
  }
  const { requester, beneficiary, target, entitlement } = request.value.spec;
  const { people, machines, targets } = reader.governance;
  const names = [...people, ...machines].map(({ name }) => name);
  const entitlements = targets
    .find(({ metadata }) => metadata.name === target)
    ?.spec.entitlements.map(({ name }) => name);
  const uses = [
    { pointer: "/spec/requester", name: requester, known: names, what: "person or machine" },
    {
      pointer: "/spec/beneficiary/name",
      name: beneficiary.name,
      known: names,
      what: "person or machine",
    },
    {
      pointer: "/spec/target",
      name: target,
      known: targets.map(({ metadata }) => metadata.name),
      what: "target",
    },
    {
      pointer: "/spec/entitlement",
      name: entitlement,
      known: entitlements ?? [entitlement],
      what: "entitlement",
    },
  ];
  reader.reportAll(
    uses.flatMap(({ known, what, ...use }) => checkKnown(document, [use], known, what)),
  );
  return {
    path: `access-requests/${target}/${name}.yaml`,
    // JSON is YAML, and needs no choice of style.
    text: `${JSON.stringify(document.value, null, 2)}\n`,
    requester,
  };
}

const name = "policy-test";

/** The request as a document whose places are those of its parts in the table. */
function merged(table: StrictDocument, { base, changes, pointer }: SpecParts): StrictDocument {
  const own = `${pointer}/given/request`;
  const sources = new Map<string, { readonly value: Json; readonly from: string }>();
  for (const [from, part] of [
    ["/spec/request", base],
    [own, changes],
  ] as const) {
    for (const [key, value] of Object.entries(part)) {
      sources.set(key, { value: value as Json, from: `${from}/${key}` });
    }
  }
  const kept = [...sources].filter(([, { value }]) => value !== null);
  const whole = table.places.get(own) ?? table.places.get(pointer);
  const places = new Map<string, Place>(
    whole === undefined
      ? []
      : [
          ["", whole],
          ["/spec", whole],
        ],
  );
  for (const [key, { from }] of kept) copyPlaces(table, from, places, `/spec/${key}`);
  const spec = Object.fromEntries(kept.map(([key, { value }]) => [key, value]));
  const value = { apiVersion: "countersign/v1", kind: "AccessRequest", metadata: { name }, spec };
  return { path: table.path, text: table.text, value, places };
}

function copyPlaces(
  { places: known }: StrictDocument,
  from: string,
  places: Map<string, Place>,
  to: string,
): void {
  for (const [pointer, place] of known) {
    if (pointer === from || pointer.startsWith(`${from}/`)) {
      places.set(to + pointer.slice(from.length), place);
    }
  }
}
