import { stringify } from "yaml";
import type { Change } from "../../../src/core/model/snapshot.ts";
import type { Given } from "./build-snapshot.ts";

const ordinarySpec = {
  requester: "alice",
  beneficiary: { kind: "human", name: "alice" },
  target: "payments-db",
  entitlement: "readwrite",
  duration: "PT4H",
  reason: "Fix the stuck settlement batch 8841",
  references: [{ type: "change", id: "CHG-1042" }],
  compensatingControls: ["statement logging on"],
};

export const ordinaryPath = "access-requests/payments-db/2026-11-21-alice-settlement.yaml";

/** The text of an ordinary privileged request of alice's. */
export function ordinaryText(name: string): string {
  return requestText(name, ordinarySpec);
}

/** The text of a request of alice's for more time: four hours more of what another request gave her. */
export function extensionText(name: string, extended: string): string {
  return requestText(name, { ...ordinarySpec, extends: extended }, "AccessExtension");
}

/** The text of a request of alice's in an emergency: an hour, for an incident. */
export function emergencyText(name: string, incident: number): string {
  const references = [{ type: "incident", id: `#${incident}` }];
  return requestText(name, { ...ordinarySpec, duration: "PT1H", references }, "BreakGlassRequest");
}

function requestText(
  name: string,
  spec: Readonly<Record<string, unknown>>,
  kind = "AccessRequest",
): string {
  return stringify({
    apiVersion: "countersign/v1",
    kind,
    metadata: { name },
    spec,
  });
}

/** The change that adds an ordinary privileged request, with the overrides of a table row. */
export function requestChange(given: Given): Change {
  const path = given.path ?? ordinaryPath;
  const name = (path.split("/").at(-1) ?? "").replace(/\.yaml$/u, "");
  const asked: Readonly<Record<string, unknown>> = { ...ordinarySpec, ...given.spec };
  const spec = Object.entries(asked).filter(([, value]) => value !== null);
  const text = requestText(name, Object.fromEntries(spec), given.asks);
  return {
    path,
    status: "added",
    modeBefore: "000000",
    modeAfter: given.mode ?? "100644",
    text,
    size: text.length,
  };
}
