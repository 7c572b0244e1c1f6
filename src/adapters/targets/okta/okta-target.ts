import { providerFacts } from "../../../core/model/providers.ts";
import { TargetRefused } from "../../../ports/target.ts";
import type { Target } from "../../../ports/target.ts";
import type { Ask, HttpSystem } from "../http/http-system.ts";
import { startQuestion } from "../http/start-question.ts";
import { untilClosed } from "../http/until-closed.ts";
import { usableBase, usableTimeout } from "../http/usable-settings.ts";
import { readSecret } from "../read-secret.ts";
import type { TargetSettings } from "../target-settings.ts";
import { oktaLogIn } from "./okta-credential.ts";
import type { LogIn, OktaCredential } from "./okta-credential.ts";
import { groupsNamed, groupsOfUser } from "./okta-groups.ts";
import { provisionMembership } from "./okta-provision.ts";
import { findUser } from "./okta-users.ts";

/** Where the organisation is, and the executor's own credential there, which no message ever repeats. */
export interface OktaTargetOptions {
  readonly url: string;
  readonly credential: OktaCredential;
  readonly timeoutSeconds: number;
}

/**
 * Opens an Okta organisation whose permissions are groups that are kept in Okta itself (`OKTA_GROUP`).
 *
 * Okta has no end of its own for a membership, and who has an application's session keeps it after the revoke: how long
 * is the application's affair. Groups that an application or Okta itself keeps (`Everyone`) can be neither given nor
 * taken here, and so are not counted when reading back.
 *
 * Throws TargetRefused at once when the options cannot be used; connects to nothing yet.
 */
export function openOktaTarget(options: OktaTargetOptions): Target {
  const access = untilClosed(usableAccess(options));
  const question = async (): Promise<Ask> => {
    const { system, logIn } = access.get();
    return logIn(startQuestion(system));
  };
  return {
    capabilities: providerFacts["okta-group"],
    observe: async (identity) => {
      // Taken before the question: the answer is at least as new as the instant it carries.
      const at = new Date().toISOString();
      const ask = await question();
      const user = await findUser(ask, identity);
      const permissions = user === null ? [] : await groupsOfUser(ask, user);
      return { at, identity, permissions };
    },
    provision: async (identity, permission) =>
      provisionMembership(await question(), identity, permission),
    revoke: async (identity, permission) => {
      const ask = await question();
      const user = await findUser(ask, identity);
      if (user === null) return;
      // All of that name: a second one must not keep what the first one gave, nor stop the revoke.
      for (const group of await groupsNamed(ask, permission)) {
        if (group.type !== "OKTA_GROUP") continue;
        await ask({
          method: "DELETE",
          path: `api/v1/groups/${group.segment}/users/${user.segment}`,
          purpose: "taking a user out of a group",
          json: [],
          done: [200, 204, 404],
        });
      }
    },
    sessions: () => Promise.resolve(null),
    close: () => access.drop(),
  };
}

/** Opens the target that the executor's environment describes. Throws TargetRefused. */
export function oktaTargetOf(settings: TargetSettings): Target {
  return openOktaTarget({
    url: settings.required("URL", "give the executor the organisation's address, https://…"),
    credential: credentialOf(settings),
    timeoutSeconds: settings.timeoutSeconds,
  });
}

function credentialOf(settings: TargetSettings): OktaCredential {
  const clientId = settings.optional("CLIENT_ID");
  if (clientId === null) {
    const fix = "give the executor an API token, or CLIENT_ID and PRIVATE_KEY of an application.";
    return { kind: "token", token: readSecret(settings, "TOKEN", fix) };
  }
  if (settings.optional("TOKEN") === null && settings.optional("TOKEN_FILE") === null) {
    const privateKey = readSecret(settings, "PRIVATE_KEY", "give it the application's key in PEM.");
    return { kind: "key", clientId, privateKey, keyId: settings.optional("KEY_ID") };
  }
  throw new TargetRefused(
    `${settings.variable("CLIENT_ID")} and ${settings.variable("TOKEN")} are two ways to log in: keep one.`,
  );
}

interface OktaAccess {
  readonly system: HttpSystem;
  readonly logIn: LogIn;
}

function usableAccess({ url, credential, timeoutSeconds }: OktaTargetOptions): OktaAccess {
  const system: HttpSystem = {
    name: "Okta",
    base: usableBase(url, "URL", "https://example.okta.com"),
    headers: {},
    timeoutSeconds: usableTimeout(timeoutSeconds),
    remedy:
      "Give the executor a valid credential, and its administrator or application a role that may view users and groups " +
      "and manage the membership of the catalogue's groups (okta.users.read, okta.groups.read, " +
      "okta.groups.members.manage).",
  };
  return { system, logIn: oktaLogIn(credential, system.base) };
}
