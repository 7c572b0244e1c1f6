import type { JsonObject } from "../http/json.ts";

/** One webhook delivery, kept for tests. It is sent once, or lost, or sent twice; never again. */
export interface Delivery {
  /** Value of `X-GitHub-Delivery`. */
  readonly id: string;
  readonly app: string;
  readonly event: string;
  readonly action: string | null;
  readonly url: string;
  readonly payload: JsonObject;
  readonly signature: string;
  /** `waiting` until answered, `lost` by a fault, else the status or `failed`. */
  outcome: "waiting" | "lost" | "failed" | number;
}
