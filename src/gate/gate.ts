import type { Clock } from "../ports/clock.ts";
import type { ForgeReader } from "../ports/forge-reader.ts";
import type { ForgeIssues } from "../ports/forge-issues.ts";
import type { ForgeConversation } from "../ports/forge-conversation.ts";
import type { IncidentSource } from "../ports/incident-source.ts";
import type { ForgeWriter } from "../ports/forge-writer.ts";
import type { Log } from "../ports/log.ts";
import type { Mirror } from "../ports/mirror.ts";
import type { Ledger } from "../record/ledger.ts";

/** What the gate is made of. There is no target among it, and no key that signs executions (P11). */
export interface Gate {
  readonly reader: ForgeReader;
  readonly writer: ForgeWriter;
  readonly conversation: ForgeConversation;
  readonly issues: ForgeIssues;
  readonly incidents: IncidentSource;
  readonly mirror: Mirror;
  /** Writes `audit/decisions`, reads both. */
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly governedBranch: string;
  readonly log: Log;
}
