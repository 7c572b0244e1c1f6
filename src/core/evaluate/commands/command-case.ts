import type { NamedPerson } from "../../model/command.ts";
import type { Governance } from "../../model/governance.ts";
import type { RequestRecord } from "../../model/snapshot.ts";
import type { Case } from "../case.ts";
import { refuse } from "./refuse.ts";

/** A command by somebody whom people.yaml names, on a PR that asks for access. */
export interface CommandCase {
  readonly given: Case;
  readonly governance: Governance;
  /** Path of the request file: what ROLES is asked about. */
  readonly path: string;
  readonly person: string;
  readonly actor: NamedPerson;
  /** Id of the comment. */
  readonly comment: number;
}

/** A PR that took the name of somebody else's request speaks for its own file only, which is none. */
export function recordOf({ given, path }: CommandCase): RequestRecord | null {
  const { ledger, pull } = given.snapshot;
  const record = ledger.requests.find((one) => one.path === path);
  return record?.firstPull === pull.number ? record : null;
}

/** The answer where a PR speaks of a name that is not its own. */
export const notItsName = refuse(
  "CMD-NOT-ITS-NAME",
  "The name of this request belongs to another pull request, or is not on record yet: try again when the check has answered.",
);
