import { canonicalJson } from "../attest/canonical-json.ts";
import { sha256 } from "../attest/digest.ts";
import type { Decision } from "../model/decision.ts";
import type { Json } from "../model/json.ts";

/** Computes a digest of everything a decision says, so that one that would repeat the last is not written again. */
export function decisionFingerprint(decision: Decision): string {
  return sha256(canonicalJson(decision as unknown as Json));
}
