import { providerNames } from "../../core/model/providers.ts";
import type { Provider } from "../../core/model/providers.ts";
import { TargetRefused } from "../../ports/target.ts";
import type { Target } from "../../ports/target.ts";
import { loadAwsSdk } from "./aws/aws-session.ts";
import { identityCenterSettings } from "./aws/identity-center-settings.ts";
import { openIdentityCenterTarget } from "./aws/identity-center-target.ts";
import { openGitHubRepositoryTarget } from "./github/github-repository-target.ts";
import { openGitHubTeamTarget } from "./github/github-team-target.ts";
import { organisationSettings, repositorySettings } from "./github/organisation-settings.ts";
import { kubernetesSettings } from "./kubernetes/kubernetes-settings.ts";
import { openKubernetesTarget } from "./kubernetes/kubernetes-target.ts";
import { oktaTargetOf } from "./okta/okta-target.ts";
import { openPostgresTarget } from "./postgres-target.ts";
import { scimTargetOf } from "./scim/scim-target.ts";
import { openSshCertificate } from "./ssh/open-ssh-certificate.ts";
import { openSudoers } from "./sudoers/open-sudoers.ts";
import type { TargetSettings } from "./target-settings.ts";
import { webhookTargetOf } from "./webhook/webhook-target.ts";

/**
 * Opens a system of one kind with its settings. Throws TargetRefused, naming the variable, for settings that cannot be used;
 * connects to nothing yet. The SDK of a system that few have is loaded here, when it is configured.
 */
export type OpenTarget = (settings: TargetSettings) => Target | Promise<Target>;

const openers: Readonly<Record<Provider, OpenTarget>> = {
  postgres: (settings) =>
    openPostgresTarget({
      url: settings.required(
        "URL",
        "give the executor the URL of the database, with its own login.",
      ),
      timeoutSeconds: settings.timeoutSeconds,
    }),
  "ldap-group": async (settings) => (await import("./ldap/ldap-target.ts")).ldapTargetOf(settings),
  "ssh-certificate": openSshCertificate,
  sudoers: openSudoers,
  "github-team": (settings) => openGitHubTeamTarget(organisationSettings(settings)),
  "github-repository": (settings) => openGitHubRepositoryTarget(repositorySettings(settings)),
  "okta-group": oktaTargetOf,
  "scim-group": scimTargetOf,
  "kubernetes-role-binding": async (settings) =>
    openKubernetesTarget(await kubernetesSettings(settings)),
  "aws-identity-center": async (settings) =>
    openIdentityCenterTarget(identityCenterSettings(settings), await loadAwsSdk()),
  webhook: webhookTargetOf,
};

/** Opens a target by the kind that its `PROVIDER` setting names; PostgreSQL when it names none. Throws TargetRefused. */
export async function openTarget(settings: TargetSettings): Promise<Target> {
  const named = settings.optional("PROVIDER") ?? "postgres";
  const provider = providerNames.find((known) => known === named);
  if (provider !== undefined) return openers[provider](settings);
  throw new TargetRefused(
    `${settings.variable("PROVIDER")} is "${named}": write one of ${providerNames.join(", ")}, as governance/targets says.`,
  );
}
