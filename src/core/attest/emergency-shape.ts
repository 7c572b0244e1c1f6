import { reviewOutcomes } from "../model/command.ts";
import type * as Model from "../model/emergency.ts";
import { accountShape } from "./account-shape.ts";
import { namedPersonShape } from "./command-shape.ts";
import { instant, integer, list, nullable, object, oneOf, text } from "./shape.ts";

/** Accepts an incident as it was seen. */
export const incidentShape = object<Model.IncidentFacts>({
  reference: text,
  state: oneOf("open", "closed", "unreadable"),
  problem: nullable(text),
  openedBy: nullable(accountShape),
  openedAt: nullable(instant),
  confirmations: list(object<Model.IncidentConfirmation>({ at: instant, by: accountShape })),
  closings: list(object<Model.IncidentClosing>({ at: instant, by: nullable(accountShape) })),
});

/** Accepts an emergency of before. */
export const emergencyShape = object<Model.EmergencyRecord>({
  request: text,
  pull: integer,
  mergedAt: instant,
  people: list(namedPersonShape),
});

/** Accepts a review that is due or done. */
export const reviewRecordShape = object<Model.ReviewRecord>({
  request: text,
  pull: integer,
  issue: nullable(integer),
  due: instant,
  reasons: list(text),
  people: list(namedPersonShape),
  parties: list(namedPersonShape),
  outcome: nullable(
    object<Model.GivenReviewOutcome>({
      outcome: oneOf(...reviewOutcomes),
      by: namedPersonShape,
      at: instant,
    }),
  ),
});
