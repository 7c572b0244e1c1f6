import type { KeyObject } from "node:crypto";
import type { OrganisationRole } from "../sandbox-options.ts";

/** Identifies who did something, as every payload shows them. */
export interface Account {
  readonly login: string;
  readonly id: number;
  readonly type: "User" | "Bot" | "Organization";
}

/** A human with a personal token. */
export interface Person {
  readonly account: Account;
  readonly access: "read" | "write" | "admin";
  readonly email: string;
  readonly organisation: OrganisationRole;
}

/** A registered and installed App. */
export interface App {
  readonly id: number;
  readonly slug: string;
  readonly clientId: string;
  readonly bot: Account;
  readonly permissions: ReadonlyMap<string, string>;
  readonly events: readonly string[];
  readonly installationId: number;
  readonly repositories: "all" | "selected";
  readonly hookId: number;
  readonly privateKey: string;
  readonly publicKey: KeyObject;
  readonly webhookSecret: string;
  webhookUrl: string | null;
  /** The last delivery of its queue. */
  queue: Promise<void>;
}

/** A team of the organisation; its people are logins. */
export interface Team {
  readonly id: number;
  readonly slug: string;
  /** Slug of the team that contains this one. */
  readonly parent: string | null;
  readonly members: Set<string>;
  /** Those of the members who may change the team. */
  readonly maintainers: Set<string>;
  /** Asked to join, and not members until they accept. */
  readonly invited: Set<string>;
}

/** A repository of the organisation as access sees it: only one of them has git. */
export interface Holding {
  readonly id: number;
  readonly name: string;
  /** Role by login of those who were added directly. */
  readonly collaborators: Map<string, string>;
  /** Role by slug of the teams that were added. */
  readonly teams: Map<string, string>;
  /** Login by number of an invitation that was not accepted. */
  readonly invitations: Map<number, string>;
}

/** What a bearer of a token is. */
export type Token =
  | { readonly kind: "person"; readonly person: Person }
  | {
      readonly kind: "installation";
      readonly app: App;
      readonly permissions: ReadonlyMap<string, string>;
      /** Names of the repositories it was narrowed to; `null` for all that the App is installed on. */
      readonly repositories: ReadonlySet<string> | null;
      readonly expiresAt: number;
    };

/** Who is asking: a person, an App by its key, or an installation by its token. */
export type Actor =
  | { readonly kind: "person"; readonly account: Account; readonly person: Person }
  | { readonly kind: "app"; readonly account: Account; readonly app: App }
  | {
      readonly kind: "installation";
      readonly account: Account;
      readonly app: App;
      readonly permissions: ReadonlyMap<string, string>;
      readonly repositories: ReadonlySet<string> | null;
    };
