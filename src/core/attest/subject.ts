import { canonicalJson } from "./canonical-json.ts";
import { sha256 } from "./digest.ts";
import type { EntryDraft } from "../model/entry.ts";
import type { Json } from "../model/json.ts";

/** What a statement is about: in-toto's subject, an artifact by name and digest. */
export interface Subject {
  readonly name: string;
  /** `sha256:…`. */
  readonly digest: string;
}

/** The part of a draft that its subject follows from. */
export type SubjectSource = Pick<EntryDraft, "type" | "inputs" | "result">;

/**
 * Chooses what an entry is about: the bytes it speaks of where it has their digest, else the entry that it
 * follows, else its own inputs. A reader derives it again and demands the same.
 */
export function subjectOf(source: SubjectSource): Subject {
  const { type, inputs, result } = source as EntryDraft;
  const about = { type, inputs, result } as EntryDraft;
  switch (about.type) {
    case "trust-root":
      return { name: "governance/trust-root.json", digest: about.result.digest };
    case "request":
      return { name: about.inputs.path, digest: about.inputs.digest };
    case "decision":
      return decisionSubject(about);
    case "merge":
      return { name: `pull/${about.inputs.pull}`, digest: about.inputs.decision };
    case "command":
      return {
        name: `pull/${about.inputs.pull}/comment/${about.inputs.asked.comment}`,
        digest: ofInputs(about),
      };
    case "ending":
      return { name: about.inputs.path, digest: ofInputs(about) };
    case "chain-step":
      return {
        name: `pull/${about.inputs.pull}/chain/${about.inputs.step}`,
        digest: ofInputs(about),
      };
    case "review-opened":
      return { name: about.inputs.path, digest: about.inputs.decision };
    case "lapsed":
    case "expired-unapproved":
      return { name: about.inputs.request, digest: about.inputs.decision };
    case "grant-intent":
      return { name: about.result.grant.id, digest: about.inputs.merge };
    case "grant":
    case "revoke":
    case "revoke-failed":
    case "nothing-to-do":
      return { name: about.inputs.grant.id, digest: about.inputs.intent };
    case "grant-failed":
      return { name: about.inputs.request, digest: about.inputs.decision };
    case "approval-observed":
    case "review-changed":
      return {
        name: `pull/${about.inputs.pull}/review/${about.inputs.review}`,
        digest: ofInputs(about),
      };
    case "push-observed":
      return { name: `branch/${about.inputs.branch}`, digest: ofInputs(about) };
    case "checkpoint":
      return {
        name: `checkpoint/${about.inputs.date}`,
        digest: about.inputs.head?.digest ?? ofInputs(about),
      };
    case "revert":
      return { name: about.inputs.path, digest: ofInputs(about) };
    case "violation":
      return { name: about.result.code, digest: ofInputs(about) };
    case "drift-baseline":
    case "drift":
    case "drift-outcome":
      return { name: `drift/${about.inputs.target}`, digest: ofInputs(about) };
    case "revoke-intent":
    case "externally-removed":
    case "usage":
      return { name: about.inputs.grant.id, digest: ofInputs(about) };
  }
}

function decisionSubject(draft: Extract<EntryDraft, { type: "decision" }>): Subject {
  const { decision } = draft.result;
  return {
    name: decision.request?.path ?? `pull/${decision.pull}`,
    digest: decision.digests.content ?? ofInputs(draft),
  };
}

function ofInputs({ inputs }: SubjectSource): string {
  return sha256(canonicalJson(inputs as unknown as Json));
}
