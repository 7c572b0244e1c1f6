import { accountTypes } from "../../core/model/account.ts";
import type { Account } from "../../core/model/account.ts";
import { safeId } from "./safe-id.ts";
import type { ActorAnswer, MemberAnswer } from "./pull-answer.ts";

/**
 * Reads an actor as an account; `null` for a ghost (GitHub answers `null`) and for an account without a
 * usable id. A bot's login ends in `[bot]`, as in REST and in webhooks: GraphQL leaves that out, and the
 * bare name may belong to a user.
 */
export function accountOf(actor: ActorAnswer | null | undefined): Account | null {
  if (actor === null || actor === undefined) return null;
  const type = accountTypes.find((each) => each === actor.__typename);
  const id = safeId(type === "EnterpriseUserAccount" ? actor.user?.databaseId : actor.databaseId);
  if (type === undefined || id === null) return null;
  return { id, login: type === "Bot" ? botLogin(actor.login) : actor.login, type };
}

/** Reads a `User` of the schema, behind a commit's e-mail or in a team; GitHub puts bots there as well. */
export function accountOfUser(user: MemberAnswer | null): Account | null {
  const id = safeId(user?.databaseId);
  if (user === null || id === null) return null;
  return { id, login: user.login, type: user.login.endsWith("[bot]") ? "Bot" : "User" };
}

/** An account as REST shows it, as far as it is used. */
export interface RestAccount {
  readonly id: number | bigint;
  readonly login: string;
  readonly type: string;
}

/** Reads an account of REST, where a bot's login has its `[bot]`; `null` for a ghost or an unknown type. */
export function accountOfRest(account: RestAccount | null): Account | null {
  const type = accountTypes.find((each) => each === account?.type);
  const id = safeId(account?.id);
  if (account === null || type === undefined || id === null) return null;
  return { id, login: account.login, type };
}

function botLogin(login: string): string {
  return login.endsWith("[bot]") ? login : `${login}[bot]`;
}
