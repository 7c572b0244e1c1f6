import { webFlow } from "./web-flow.ts";
import type { Account } from "./account.ts";
import type { World } from "./world.ts";

/**
 * Finds whose account a commit's e-mail belongs to, as GitHub does: by text alone, so it proves
 * nothing about who wrote the commit. Unknown addresses belong to nobody.
 */
export function accountOfEmail(world: World, email: string): Account | null {
  const wanted = email.toLowerCase();
  if (wanted === "noreply@github.com") return webFlow;
  for (const person of world.people.values()) {
    if (emailsOf(person.account, person.email).includes(wanted)) return person.account;
  }
  for (const app of world.apps.values()) {
    if (emailsOf(app.bot, null).includes(wanted)) return app.bot;
  }
  return null;
}

/** Prints the address that stands for an account in commits that GitHub makes for it. */
export function noreplyEmail(account: Account): string {
  return `${account.id}+${account.login}@users.noreply.github.com`;
}

function emailsOf(account: Account, email: string | null): readonly string[] {
  const noreply = noreplyEmail(account).toLowerCase();
  return email === null ? [noreply] : [noreply, email.toLowerCase()];
}
