import type { Account } from "./account.ts";

/** The account that stands as committer on commits made on github.com. */
export const webFlow: Account = { login: "web-flow", id: 19864447, type: "User" };
