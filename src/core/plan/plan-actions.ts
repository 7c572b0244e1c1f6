import type { DecidedRequest } from "../model/decision.ts";
import type { OpenGrant } from "./access-state.ts";
import { accessKey } from "./access.ts";
import type { Access } from "./access.ts";
import type { DecisionIndex } from "./decision-index.ts";
import type { DesiredGrant } from "./desired-grants.ts";
import { endingCause } from "./ending-cause.ts";
import type { Ending } from "./ending-cause.ts";
import type { Matched, RequestFile } from "./match-decision.ts";

/** What a plan is made of. */
export interface PlanInput {
  readonly desired: readonly DesiredGrant[];
  readonly open: readonly OpenGrant[];
  /** By path; `null` when the governed branch could not be read. */
  readonly files: ReadonlyMap<string, RequestFile> | null;
  readonly index: DecisionIndex;
  /** Ids of grants whose incident is over. */
  readonly over: ReadonlySet<string>;
  readonly now: Date;
  /** Newest entry read: a clock behind it makes no grant, and revokes by that newer time. */
  readonly newest: Date | null;
  /** A stop of grants never stops revokes. */
  readonly grants: "allowed" | "stopped";
}

/** One step, as a value. */
export type Action = AddAction | RevokeAction;

export type AddAction = (
  { readonly kind: "provision" } | { readonly kind: "resume"; readonly open: OpenGrant }
) & { readonly access: Access; readonly matched: Matched };

/** All grants of one access that end together; `staying` are the ids of active grants that need it still. */
export interface RevokeAction {
  readonly kind: "revoke";
  readonly access: Access;
  readonly leaving: readonly LeavingGrant[];
  readonly staying: readonly string[];
}

export interface LeavingGrant extends Ending {
  readonly open: OpenGrant;
}

/**
 * Plans one pass: the difference between what should be in effect and what is, in the order in which it has to
 * be carried out at each target. Revokes of access that nothing new needs come first, then what begins, in the
 * order of the merges, then the revokes of access that something new needs too (add before remove). The
 * same input gives the same plan; carrying it out twice changes nothing.
 */
export function planActions(input: PlanInput): readonly Action[] {
  const endings = endingsOf(input);
  const adds = input.grants === "allowed" && !clockBehind(input) ? addsOf(input, endings) : [];
  const added = new Set(adds.map(({ access }) => accessKey(access)));
  const revokes = revokesOf(input, endings);
  return [
    ...revokes.filter(({ access }) => !added.has(accessKey(access))),
    ...adds,
    ...revokes.filter(({ access }) => added.has(accessKey(access))),
  ];
}

/** Says whether the clock is behind what was read: such a clock makes no grant. */
export function clockBehind({ now, newest }: Pick<PlanInput, "now" | "newest">): boolean {
  const inOrder = newest === null || now.getTime() >= newest.getTime();
  return !inOrder;
}

function endingsOf(input: PlanInput): ReadonlyMap<string, Ending> {
  const { open, files, index, newest, desired, over } = input;
  const now = clockBehind(input) && newest !== null ? newest : input.now;
  const refused = new Map(
    desired.flatMap((one) =>
      one.state === "refused" && one.lasting === "for-good" ? [[one.path, one] as const] : [],
    ),
  );
  return new Map(
    open.flatMap((one) => {
      const ending = endingCause(one, { now, files, index, over }) ?? refusedEnding(one, refused);
      return ending === null ? [] : [[one.grant.id, ending] as const];
    }),
  );
}

// Only what has not begun: an active grant is not judged again before its end.
function refusedEnding(
  { phase, grant }: OpenGrant,
  refused: ReadonlyMap<string, DesiredGrant & { state: "refused" }>,
): Ending | null {
  const refusal = refused.get(grant.path);
  if (phase !== "intended" || refusal === undefined) return null;
  return { cause: "failed-grant", failure: { code: refusal.code, reason: refusal.reason } };
}

function addsOf(
  { desired, open }: PlanInput,
  endings: ReadonlyMap<string, Ending>,
): readonly AddAction[] {
  const intended = new Map(
    open
      .filter(({ phase, grant }) => phase === "intended" && !endings.has(grant.id))
      .map((one) => [one.grant.path, one]),
  );
  return desired
    .flatMap((one): readonly AddAction[] => {
      if (one.state === "refused") return [];
      const access = accessOf(one.request);
      if (one.state === "grant") return [{ kind: "provision", access, matched: one }];
      const begun = intended.get(one.path);
      return begun === undefined ? [] : [{ kind: "resume", access, open: begun, matched: one }];
    })
    .sort((a, b) => a.matched.merge.seq - b.matched.merge.seq);
}

function revokesOf(
  { open }: PlanInput,
  endings: ReadonlyMap<string, Ending>,
): readonly RevokeAction[] {
  const byAccess = Map.groupBy(open, ({ grant }) => accessKey(accessOf(grant)));
  return [...byAccess].flatMap(([, sharing]) => {
    const leaving = sharing.flatMap((one) => {
      const ending = endings.get(one.grant.id);
      return ending === undefined ? [] : [{ open: one, ...ending }];
    });
    const [first] = leaving;
    if (first === undefined) return [];
    const staying = sharing
      .filter(({ phase, grant }) => phase === "active" && !endings.has(grant.id))
      .map(({ grant }) => grant.id);
    return [{ kind: "revoke", access: accessOf(first.open.grant), leaving, staying }];
  });
}

function accessOf({ target, identity, permission }: Access | DecidedRequest): Access {
  return { target, identity, permission };
}
