import { readFileSync } from "node:fs";
import { providerFacts } from "../../../core/model/providers.ts";
import { TargetRefused } from "../../../ports/target.ts";
import type { Target } from "../../../ports/target.ts";
import { readSecret } from "../read-secret.ts";
import type { TargetSettings } from "../target-settings.ts";
import { usableAccess } from "./ldap-access.ts";
import type { LdapAccess, LdapTargetOptions } from "./ldap-access.ts";
import { heldPermissions } from "./ldap-held.ts";
import { giveMembership } from "./ldap-provision.ts";
import { takeMembership } from "./ldap-revoke.ts";
import { withLdap } from "./ldap-session.ts";

/**
 * Opens a directory whose permissions are groups, by their `cn`: holding one is being named in it directly, by `member`,
 * `uniqueMember` or `memberUid`, or having it as the primary group. What comes through a group within a group is not seen.
 *
 * LDAP has no end of its own for a membership and knows nothing of the sessions that rest on one: programs look groups up
 * when somebody logs in, and many keep the answer for a while. Every call makes a connection of its own and drops it, so
 * that a read-back never shares anything with what it verifies.
 *
 * Throws TargetRefused at once when the options cannot be used; connects to nothing yet.
 */
export function openLdapTarget(options: LdapTargetOptions): Target {
  let access: LdapAccess | null = usableAccess(options);
  const opened = (): LdapAccess => {
    if (access !== null) return access;
    throw new TargetRefused("The target was closed and its credential dropped: open it again.");
  };
  return {
    capabilities: providerFacts["ldap-group"],
    observe: async (identity) => {
      // Taken before the question: the answer is at least as new as the instant it carries.
      const at = new Date().toISOString();
      const permissions = await withLdap(opened(), (session) => heldPermissions(session, identity));
      return { at, identity, permissions };
    },
    provision: async (identity, permission) =>
      withLdap(opened(), (session) => giveMembership(session, { identity, permission })),
    revoke: async (identity, permission) =>
      withLdap(opened(), (session) => takeMembership(session, { identity, permission })),
    sessions: () => Promise.resolve(null),
    close: () => {
      access = null;
      return Promise.resolve();
    },
  };
}

/** Opens the directory that the executor's environment describes. Throws TargetRefused, naming the variable. */
export function ldapTargetOf(settings: TargetSettings): Target {
  const required = (setting: string, fix: string) => settings.required(setting, fix);
  return openLdapTarget({
    url: required("URL", "write ldaps://host:port."),
    bindDn: required("BIND_DN", "write the distinguished name of the executor's own account."),
    password: readSecret(settings, "PASSWORD", "give the executor its account's password."),
    peopleBase: required("PEOPLE_BASE", "write the entry below which people are found by uid."),
    groupsBase: required("GROUPS_BASE", "write the entry below which groups are found by cn."),
    placeholder: required(
      "PLACEHOLDER",
      "write a distinguished name that nobody has, to keep groups of names that lose their last member.",
    ),
    ca: readAuthorities(settings),
    timeoutSeconds: settings.timeoutSeconds,
  });
}

function readAuthorities(settings: TargetSettings): string | null {
  const file = settings.optional("CA_FILE");
  if (file === null) return null;
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new TargetRefused(
      `The file that ${settings.variable("CA_FILE")} names cannot be read: correct the path.`,
      { cause },
    );
  }
}
