import { oddAnswer } from "../http/http-problems.ts";
import type { Ask, HttpAnswer } from "../http/http-system.ts";
import { objectOf, textOf } from "../http/json-fields.ts";
import { isSameAccount, pathSegment } from "../http/names-in-systems.ts";
import { requireSight } from "./okta-sight.ts";

/** An account as Okta describes it. */
export interface OktaUser {
  /** The id, written for a path. */
  readonly segment: string;
  readonly login: string;
  readonly status: string;
}

const okta = { name: "Okta" };
const purpose = "reading a user";

/**
 * Finds the account that has `login` for its login name; `null` where there is none. Okta also answers to ids, e-mail
 * addresses, the part before an @, and `me` for the token's own account: none of these is a login, and somebody else
 * could be given access under it.
 */
export async function findUser(ask: Ask, login: string): Promise<OktaUser | null> {
  const segment = pathSegment(login);
  if (segment === null) return null;
  const answer = await ask({
    method: "GET",
    path: `api/v1/users/${segment}`,
    purpose,
    json: [200, 404],
    done: [],
  });
  if (isMissing(answer)) {
    await requireSight(ask, "users");
    return null;
  }
  const user = readUser(answer.body);
  return isSameAccount(user.login, login) ? user : null;
}

/**
 * Tells whether Okta itself said that the user is not there. A 404 of anything that merely stands at its address says
 * nothing about what the identity holds: TargetUnreachable.
 */
function isMissing(answer: HttpAnswer): boolean {
  if (answer.status !== 404) return false;
  if (objectOf(answer.body)["errorCode"] === "E0000007") return true;
  throw oddAnswer(okta, { purpose }, "404 without Okta's own code for what is not there");
}

function readUser(body: unknown): OktaUser {
  const fields = objectOf(body);
  const id = textOf(fields["id"]);
  const segment = id === null ? null : pathSegment(id);
  const login = textOf(objectOf(fields["profile"])["login"]);
  const status = textOf(fields["status"]);
  if (segment !== null && login !== null && status !== null) return { segment, login, status };
  throw oddAnswer(okta, { purpose }, "with a user without id, login or status");
}
