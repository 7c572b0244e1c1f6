import type { NamedPerson } from "../../model/command.ts";
import type { Governance } from "../../model/governance.ts";
import type { Case } from "../case.ts";

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
