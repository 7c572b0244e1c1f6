import { TargetRefused } from "../../../ports/target.ts";
import { oddAnswer } from "../http/http-problems.ts";
import type { Ask } from "../http/http-system.ts";
import { listOf } from "../http/json-fields.ts";

/**
 * Requires that the token sees any user, or any group, at all. Okta answers about what it hides from a token as if it were
 * not there, and no organisation is without either: TargetRefused, because nothing that is not shown counts as gone then.
 */
export async function requireSight(ask: Ask, kind: "users" | "groups"): Promise<void> {
  const purpose = `looking for any ${kind}`;
  const path = `api/v1/${kind}?limit=1`;
  const answer = await ask({ method: "GET", path, purpose, json: [200], done: [] });
  const list = listOf(answer.body);
  if (list === null)
    throw oddAnswer({ name: "Okta" }, { purpose }, "with something that is no list");
  if (list.length > 0) return;
  throw new TargetRefused(
    `Okta shows the executor's token no ${kind} at all: let its administrator's role view all ${kind}.`,
  );
}
