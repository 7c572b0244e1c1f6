import { providerFacts } from "../../../core/model/providers.ts";
import type { Target } from "../../../ports/target.ts";
import type { HttpSystem } from "../http/http-system.ts";
import { startQuestion } from "../http/start-question.ts";
import { untilClosed } from "../http/until-closed.ts";
import { usableBase, usableTimeout, usableToken } from "../http/usable-settings.ts";
import { readSecret } from "../read-secret.ts";
import type { TargetSettings } from "../target-settings.ts";
import { groupsOfUser } from "./scim-groups-of-user.ts";
import { groupsNamed } from "./scim-groups.ts";
import { removeMember } from "./scim-members.ts";
import { provisionMembership } from "./scim-provision.ts";
import { findUser } from "./scim-users.ts";

/** Where the SCIM service is (`…/scim/v2`), and the bearer token of the executor. */
export interface ScimTargetOptions {
  readonly url: string;
  /** It is a secret: no message ever repeats it. */
  readonly token: string;
  readonly timeoutSeconds: number;
}

/**
 * Opens a SCIM 2.0 service (RFC 7643, RFC 7644) whose permissions are groups.
 *
 * SCIM has no end of its own for a membership and knows nothing of sessions. Memberships are direct ones: what comes
 * through a group in a group is neither given, seen nor taken here.
 *
 * Throws TargetRefused at once when the options cannot be used; connects to nothing yet.
 */
export function openScimTarget(options: ScimTargetOptions): Target {
  const access = untilClosed(usableAccess(options));
  return {
    capabilities: providerFacts["scim-group"],
    observe: async (identity) => {
      const ask = startQuestion(access.get());
      // Taken before the question: the answer is at least as new as the instant it carries.
      const at = new Date().toISOString();
      const user = await findUser(ask, identity);
      const permissions = user === null ? [] : await groupsOfUser(ask, user);
      return { at, identity, permissions };
    },
    provision: async (identity, permission) =>
      provisionMembership(startQuestion(access.get()), identity, permission),
    revoke: async (identity, permission) => {
      const ask = startQuestion(access.get());
      const user = await findUser(ask, identity);
      if (user === null) return;
      // All of that name: a second one must not keep what the first one gave, nor stop the revoke.
      for (const group of await groupsNamed(ask, permission)) await removeMember(ask, group, user);
    },
    sessions: () => Promise.resolve(null),
    close: () => access.drop(),
  };
}

/** Opens the target that the executor's environment describes. Throws TargetRefused. */
export function scimTargetOf(settings: TargetSettings): Target {
  return openScimTarget({
    url: settings.required("URL", "give the executor the base of the service, https://…/scim/v2."),
    token: readSecret(settings, "TOKEN", "give the executor a bearer token of its own."),
    timeoutSeconds: settings.timeoutSeconds,
  });
}

function usableAccess({ url, token, timeoutSeconds }: ScimTargetOptions): HttpSystem {
  return {
    name: "The SCIM service",
    base: usableBase(url, "URL", "https://example.com/scim/v2"),
    headers: {
      accept: "application/scim+json, application/json",
      authorization: `Bearer ${usableToken(token)}`,
    },
    timeoutSeconds: usableTimeout(timeoutSeconds),
    remedy:
      "Give the executor a valid token that may read Users and Groups and PATCH the members of Groups.",
  };
}
