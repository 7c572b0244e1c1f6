import { endingCauses, reroutableRoles } from "../model/command.ts";
import { reviewOutcomes } from "../model/command.ts";
import { tiers } from "../model/names.ts";
import { fingerprintShape } from "./fingerprint-shape.ts";
import type * as Model from "../model/command.ts";
import { either, instant, integer, list, nullable, object, oneOf, text } from "./shape.ts";
import type { Shape } from "./shape.ts";
import { accountShape } from "./account-shape.ts";

const person = object<Model.NamedPerson>({ person: text, accounts: list(integer) });

/** Accepts a reroute. */
export const rerouteShape = object<Model.Reroute>({
  comment: integer,
  pull: integer,
  fingerprint: fingerprintShape,
  tier: oneOf(...tiers),
  role: oneOf(...reroutableRoles),
  from: person,
  to: person,
  by: person,
  at: instant,
  until: instant,
  confirmation: oneOf("needed", "not-needed"),
  reason: text,
  ticket: text,
  basis: text,
});

/** Accepts who did something, by name and accounts. */
export const namedPersonShape: Shape<Model.NamedPerson> = person;

/** Accepts why a request ended before its time. */
export const endingCauseShape = oneOf(...endingCauses);

type Effect<K> = Extract<Model.CommandEffect, { readonly kind: K }>;

const effect: Shape<Model.CommandEffect> = either(
  either(
    object<Effect<"reroute">>({ kind: oneOf("reroute"), reroute: rerouteShape }),
    object<Effect<"confirmation">>({ kind: oneOf("confirmation"), reroute: integer, by: person }),
  ),
  either(
    object<Effect<"ending">>({ kind: oneOf("ending"), cause: endingCauseShape }),
    either(
      object<Effect<"review">>({
        kind: oneOf("review"),
        outcome: oneOf(...reviewOutcomes),
        by: person,
      }),
      object<Effect<"clearing">>({ kind: oneOf("clearing"), violation: integer, by: person }),
    ),
  ),
);

/** Accepts a command as it was asked. */
export const askedCommandShape = object<Model.AskedCommand>({
  comment: integer,
  actor: accountShape,
  at: instant,
  text,
});

/** Accepts what came of a command. */
export const commandOutcomeShape = object<Model.CommandOutcome>({
  outcome: oneOf("carried-out", "refused"),
  code: text,
  reason: text,
  effect: nullable(effect),
});
