import type { ConditionFacts } from "./condition-facts.ts";
import type { FactExtent, ListExtent, PlainExtent, RecordExtent, TextExtent } from "./extent.ts";

/**
 * The variables of a condition: one for each member of `ConditionFacts`. The sizes are those of the
 * schemas, which have accepted every value before it becomes a fact; a test compares the two.
 */
export const conditionVariables: ReadonlyMap<string, FactExtent> = fields<ConditionFacts>({
  request: record<RequestFacts>("Request", {
    kind: text(40),
    name: text(95),
    requester: text(95),
    beneficiary: record<RequestFacts["beneficiary"]>("RequestBeneficiary", {
      kind: text(40),
      name: text(95),
    }),
    target: text(63),
    entitlement: text(95),
    tier: text(40),
    durationSeconds: plain("int"),
    hasActivateBy: plain("bool"),
    activateBy: plain("google.protobuf.Timestamp"),
    reason: text(2_000),
    references: list(20, record<Reference>("Reference", { type: text(40), id: text(100) })),
    compensatingControls: list(20, text(200)),
  }),
  requester: record<ConditionFacts["requester"]>("Requester", {
    name: text(95),
    kind: text(40),
    teams: list(100, text(95)),
  }),
  beneficiary: record<ConditionFacts["beneficiary"]>("Beneficiary", {
    name: text(95),
    kind: text(40),
    person: text(95),
    teams: list(100, text(95)),
  }),
  target: record<ConditionFacts["target"]>("Target", {
    name: text(63),
    provider: text(40),
    owningTeam: text(95),
  }),
  entitlement: record<ConditionFacts["entitlement"]>("Entitlement", {
    name: text(95),
    tier: text(40),
    includes: list(100, text(95)),
  }),
  now: plain("google.protobuf.Timestamp"),
});

type RequestFacts = ConditionFacts["request"];
type Reference = RequestFacts["references"][number];

function plain(type: PlainExtent["type"]): PlainExtent {
  return { kind: "plain", type };
}

function text(characters: number): TextExtent {
  return { kind: "text", characters };
}

function list(items: number, of: FactExtent): ListExtent {
  return { kind: "list", items, of };
}

function record<Facts>(name: string, of: Readonly<Record<keyof Facts, FactExtent>>): RecordExtent {
  return { kind: "record", name, fields: fields(of) };
}

function fields<Facts>(
  of: Readonly<Record<keyof Facts, FactExtent>>,
): ReadonlyMap<string, FactExtent> {
  return new Map(Object.entries(of));
}
