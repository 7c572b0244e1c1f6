import { accountNodeId } from "../render/user.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Shows an account as a GraphQL `Actor`. A bot's login lacks the `[bot]` that REST gives it. */
export function showAccount(world: World, account: Account) {
  const login = account.type === "Bot" ? account.login.replace(/\[bot\]$/, "") : account.login;
  const path = account.type === "Bot" ? `/apps/${login}` : `/${login}`;
  return {
    __typename: account.type,
    id: accountNodeId(account),
    databaseId: account.id,
    login,
    name: login,
    email: "",
    avatarUrl: `${world.baseUrl}/avatars/u/${account.id}?v=4`,
    resourcePath: path,
    url: `${world.baseUrl}${path}`,
    createdAt: world.startedAt,
    updatedAt: world.startedAt,
  };
}
