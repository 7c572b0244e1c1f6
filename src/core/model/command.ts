import type { Account } from "./account.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { Tier } from "./names.ts";

/** What somebody asks for in a comment of a pull request (design.md §4, commands). */
export type Command =
  | RerouteCommand
  /** A second person with the role `rescue` agrees to a reroute, named by the id of its comment. */
  | { readonly name: "confirm"; readonly reroute: number }
  | { readonly name: "cancel"; readonly reason: string; readonly ticket: string }
  | { readonly name: "withdraw" }
  | { readonly name: "revoke"; readonly reason: string }
  /** The review after the access has ended. */
  | { readonly name: "review"; readonly outcome: ReviewOutcome }
  /** A violation, by the number of its entry. */
  | {
      readonly name: "clear";
      readonly violation: number;
      readonly reason: string;
      readonly ticket: string;
    };

export interface RerouteCommand {
  readonly name: "reroute";
  readonly role: ReroutableRole;
  /** Logins, without `@`. */
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly ticket: string;
  /** Name of the policy that allows it. */
  readonly basis: string;
  readonly forSeconds: number;
}

/** Roles whose holders a reroute can replace. */
export const reroutableRoles = ["approver", "control"] as const;

export type ReroutableRole = (typeof reroutableRoles)[number];

/** A comment that holds a command, as the forge shows it. */
export interface AskedCommand {
  /** Numeric id of the comment: a command is carried out once. */
  readonly comment: number;
  readonly actor: Account;
  readonly at: string;
  readonly text: string;
}

/** What came of a command. Refusals are on record, too. */
export interface CommandOutcome {
  readonly outcome: "carried-out" | "refused";
  readonly code: string;
  /** One sentence for the person who asked. */
  readonly reason: string;
  /** `null` when refused. */
  readonly effect: CommandEffect | null;
}

/** What a command that is carried out brings about. */
export type CommandEffect =
  | { readonly kind: "reroute"; readonly reroute: Reroute }
  | { readonly kind: "confirmation"; readonly reroute: number; readonly by: NamedPerson }
  | { readonly kind: "ending"; readonly cause: EndingCause }
  | { readonly kind: "review"; readonly outcome: ReviewOutcome; readonly by: NamedPerson }
  | { readonly kind: "clearing"; readonly violation: number; readonly by: NamedPerson };

/** What a post-reviewer can say of access that has ended. */
export const reviewOutcomes = ["justified", "unjustified"] as const;

export type ReviewOutcome = (typeof reviewOutcomes)[number];

/** Why a request is over before its time; all of them final. */
export const endingCauses = [
  /** By the process owners. */
  "cancelled",
  /** By who asked. */
  "withdrawn",
  /** Early, by somebody who may. */
  "revoked",
  /** The emergency is over: the incident it was asked for was closed. */
  "incident-closed",
] as const;

export type EndingCause = (typeof endingCauses)[number];

/** Somebody by name, and by the numeric ids of their accounts: a name can be given to somebody else. */
export interface NamedPerson {
  readonly person: string;
  readonly accounts: readonly number[];
}

/** One person may stand in for another of the same role, for a time. */
export interface Reroute {
  /** Id of the comment that asked for it. */
  readonly comment: number;
  readonly pull: number;
  /** What was asked for when it was rerouted: of anything else it is no reroute. */
  readonly fingerprint: Fingerprint;
  readonly tier: Tier;
  readonly role: ReroutableRole;
  readonly from: NamedPerson;
  readonly to: NamedPerson;
  readonly by: NamedPerson;
  readonly at: string;
  /** It ends by itself: half-open, `[at, until)`. */
  readonly until: string;
  /** Privileged tiers need a second person of the role `rescue`. */
  readonly confirmation: "needed" | "not-needed";
  readonly reason: string;
  readonly ticket: string;
  readonly basis: string;
}
