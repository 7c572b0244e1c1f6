import type * as Model from "../model/fingerprint.ts";
import { approvingRoles } from "../model/names.ts";
import { instant, integer, list, object, oneOf, text } from "./shape.ts";
import type { Shape } from "./shape.ts";

/** Accepts what links pull requests. */
export const fingerprintShape = object<Model.Fingerprint>({
  person: text,
  accounts: list(integer),
  target: text,
  entitlement: text,
  contains: list(text),
});

/** Accepts whose approval can count. */
export const routeShape: Shape<Model.Route> = list(
  object<Model.RouteStep>({
    role: oneOf(...approvingRoles),
    people: list(text),
    accounts: list(integer),
  }),
);

/** Accepts a denial that a decision remembers. */
export const denialShape = object<Model.Denial>({
  pull: integer,
  review: integer,
  person: text,
  principal: integer,
  at: instant,
});

/** Accepts an exclusion that a decision remembers. */
export const exclusionShape = object<Model.Exclusion>({
  person: text,
  accounts: list(integer),
  from: oneOf("requester", "rerouter", "requesting-team", "granting-team"),
  reason: text,
});
