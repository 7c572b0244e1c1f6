import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";

/**
 * Requires of an extension that the access it names is in effect, for the same beneficiary, target and entitlement: what
 * has ended is asked for anew. It is a request with full approval and a grant of its own; the running one keeps its end, and
 * both lengths count towards the policies' total. Once merged it began as an extension, and stays one when the other ends.
 */
export function extendsRunning({ request, snapshot }: Case): readonly Finding[] {
  if (request?.document.kind !== "AccessExtension") return [];
  const { extends: name, beneficiary, target, entitlement } = request.document.spec;
  const found = { rule: "extends-running", code: "SOD-EXTENDS", facts: [`request:${name}`] };
  const { holdings, linked } = snapshot.ledger;
  const running = holdings.find((one) => one.as === "grant" && one.request === name);
  if (running === undefined) {
    const began = linked.some((one) => one.request === name && one.grants === "yes");
    if (snapshot.pull.state === "merged" && began) {
      return [
        { ...found, outcome: "satisfied", reason: `It extended ${name} when it was merged.` },
      ];
    }
    const reason = `No access of the name ${name} is in effect: open an AccessRequest.`;
    return [{ ...found, outcome: "violated", reason }];
  }
  if (snapshot.ledger.emergencies.some((one) => one.request === name)) {
    const reason = `${name} was given in an emergency and is not extended: open an AccessRequest, or a new BreakGlassRequest.`;
    return [{ ...found, outcome: "violated", reason }];
  }
  const isTheSame =
    running.holder === beneficiary.name &&
    running.target === target &&
    running.entitlement === entitlement;
  if (isTheSame) return [{ ...found, outcome: "satisfied", reason: `It extends ${name}.` }];
  const reason = `${name} is ${running.entitlement} at ${running.target} for ${running.holder}: an extension changes none of them.`;
  return [{ ...found, outcome: "violated", reason }];
}
