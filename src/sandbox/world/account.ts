import type { KeyObject } from "node:crypto";

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
  readonly hookId: number;
  readonly privateKey: string;
  readonly publicKey: KeyObject;
  readonly webhookSecret: string;
  webhookUrl: string | null;
  /** The last delivery of its queue. */
  queue: Promise<void>;
}

/** A team of the organisation; `members` are logins. */
export interface Team {
  readonly id: number;
  readonly slug: string;
  readonly members: Set<string>;
}

/** What a bearer of a token is. */
export type Token =
  | { readonly kind: "person"; readonly person: Person }
  | {
      readonly kind: "installation";
      readonly app: App;
      readonly permissions: ReadonlyMap<string, string>;
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
    };
