import type { NamedPerson, Reroute } from "../model/command.ts";
import type { Governance } from "../model/governance.ts";
import { epochMs } from "../parse/epoch-ms.ts";
import type { Case } from "./case.ts";
import { isSameFingerprint } from "./fingerprint.ts";
import { accountIdsOf } from "./people.ts";

/** A reroute, and from when on its stand-in may approve. */
export interface RerouteInForce extends Reroute {
  readonly since: string;
}

/**
 * Lists the reroutes of this PR that hold now: confirmed where that is needed, and not over (half-open, `[at, until)`).
 * What was rerouted on another PR, or for something else that this one asked for before, changes nothing here.
 */
export function reroutesInForce({ snapshot, now, request }: Case): readonly RerouteInForce[] {
  // Hardly any request has one, and every step of a decision asks.
  if (snapshot.ledger.reroutes.length === 0 || request === null) return none;
  return snapshot.ledger.reroutes.flatMap(({ reroute, confirmed }) => {
    const since = reroute.confirmation === "not-needed" ? reroute.at : confirmed?.at;
    const isOurs =
      reroute.pull === snapshot.pull.number &&
      reroute.tier === request.tier &&
      isSameFingerprint(reroute.fingerprint, request.fingerprint) &&
      now.getTime() < epochMs(reroute.until);
    return since === undefined || !isOurs ? [] : [{ ...reroute, since }];
  });
}

const none: readonly RerouteInForce[] = [];

/** Says whether somebody is the one who is meant, by an account they have: a name can be given to somebody else. */
export function isPerson(governance: Governance, name: string, { accounts }: NamedPerson): boolean {
  return accountIdsOf(governance, name).some((id) => accounts.includes(id));
}
