import type { Account } from "../core/model/account.ts";

/** Reads and answers the comments of a pull request, and closes it. The gate alone holds one. */
export interface ForgeConversation {
  /** Every comment of a PR, oldest first, as it reads now. Throws ForgeUnavailable, ForgeRefused. */
  comments(pull: number): Promise<readonly ForgeComment[]>;
  /** Writes one comment, or replaces the text of one of our own. Throws ForgeUnavailable, ForgeRefused. */
  answer(pull: number, comment: number | null, body: string): Promise<void>;
  /** Closes an open PR; closing it again changes nothing. Throws ForgeUnavailable, ForgeRefused. */
  close(pull: number): Promise<void>;
}

export interface ForgeComment {
  readonly id: number;
  /** `null` for a ghost. */
  readonly author: Account | null;
  readonly body: string;
  readonly createdAt: string;
  /** Somebody changed its text since, whoever it was: it is no command any more. */
  readonly edited: "yes" | "no";
  /** Written by hand, by our own App, or through another one on somebody's behalf. */
  readonly via: "hand" | "own-app" | "other-app";
}
