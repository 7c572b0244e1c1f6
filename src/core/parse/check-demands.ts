import type { AccessPolicy } from "../model/governance.ts";
import type { Problem } from "../model/problem.ts";
import { durationSeconds } from "./duration.ts";
import type { RequestDocument } from "./parse-request.ts";

/** Something a policy demands and a request lacks, by JSON pointer. */
export interface UnmetDemand extends Pick<Problem, "code" | "message" | "fix"> {
  readonly pointer: string;
}

type Spec = RequestDocument["spec"];

/**
 * Checks what one policy demands of the request file itself: its duration, reason, references and
 * compensating controls. Called for every policy that applies, so that limits take the minimum and
 * requirements the union. A number that cannot be read meets no demand.
 */
export function checkDemands(
  { metadata, spec }: AccessPolicy,
  asked: Spec,
): readonly UnmetDemand[] {
  const says = `The policy ${metadata.name}`;
  return [
    ...unmetDuration(says, spec.limits.maxDuration, asked),
    ...unmetReason(says, spec.requires.reasonLength, asked),
    ...unmetReferences(says, spec.requires.references, asked),
    ...unmetControls(says, spec.requires.compensatingControls, asked),
  ];
}

function unmetDuration(says: string, max: string, { duration }: Spec): readonly UnmetDemand[] {
  if (seconds(duration) <= seconds(max)) return [];
  return [
    {
      pointer: "/spec/duration",
      code: "too-long-duration",
      message: `${says} allows ${max} at most, not ${duration}.`,
      fix: `Write \`duration: ${max}\` or less.`,
    },
  ];
}

function unmetReason(says: string, least: number, { reason }: Spec): readonly UnmetDemand[] {
  if (Array.from(reason.trim()).length >= least) return [];
  return [
    {
      pointer: "/spec/reason",
      code: "short-reason",
      message: `${says} asks for a reason of at least ${least} characters.`,
      fix: "Say what is to be done, and why it needs this access.",
    },
  ];
}

function unmetReferences(
  says: string,
  types: readonly string[],
  { references }: Spec,
): readonly UnmetDemand[] {
  const given = new Set<string>(references?.map(({ type }) => type));
  return types
    .filter((type) => !given.has(type))
    .map((type) => ({
      pointer: references === undefined ? "/spec" : "/spec/references",
      code: "missing-reference",
      message: `${says} asks for a reference of the type ${type}.`,
      fix: `Add \`{ type: ${type}, id: … }\` to \`references\`.`,
    }));
}

function unmetControls(
  says: string,
  least: number,
  { compensatingControls }: Spec,
): readonly UnmetDemand[] {
  if (new Set(compensatingControls).size >= least) return [];
  return [
    {
      pointer: compensatingControls === undefined ? "/spec" : "/spec/compensatingControls",
      code: "missing-control",
      message: `${says} asks for compensating controls, at least ${least}.`,
      fix: "Add to `compensatingControls` what limits the risk, such as `statement logging on`.",
    },
  ];
}

/** Not a number is neither within a limit nor a limit that anything is within. */
function seconds(duration: string): number {
  return durationSeconds(duration) ?? Number.NaN;
}
