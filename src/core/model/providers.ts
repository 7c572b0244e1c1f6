/** A kind of system that holds access, as `governance/targets/<target>.yaml` names it. */
export type Provider = (typeof providerNames)[number];

/** In the order of the documentation; the schema of targets lists the same. */
export const providerNames = [
  "postgres",
  "ldap-group",
  "ssh-certificate",
  "sudoers",
  "github-team",
  "github-repository",
  "okta-group",
  "scim-group",
  "kubernetes-role-binding",
  "aws-identity-center",
  "webhook",
] as const;

/** What can be said of every system of a kind, without asking one and without a credential. */
export interface ProviderFacts {
  /** What people call the system. */
  readonly title: string;
  /** What the catalogue's `permission` names there. */
  readonly permission: string;
  /** Whether the system ends access by itself: at the very end, some time after it, or not at all. */
  readonly nativeExpiry: "exact" | "upper-bound" | "none";
  /** How many seconds a session that is open at a revoke can go on; `null` where nobody can say. */
  readonly residualSeconds: number | null;
  /** Whether a revoke ends the sessions that are open. */
  readonly endsSessions: "yes" | "no";
  /** How many revokes at a time the system takes without one of them waiting for another. */
  readonly concurrency: number;
}

/**
 * What the kinds of systems can do and cannot: said on the check before anyone approves (K8), and held against the
 * adapters by their tests.
 */
export const providerFacts: Readonly<Record<Provider, ProviderFacts>> = {
  postgres: {
    title: "PostgreSQL",
    permission: "database role",
    nativeExpiry: "none",
    residualSeconds: 0,
    endsSessions: "yes",
    concurrency: 8,
  },
  "ldap-group": {
    title: "LDAP",
    permission: "group",
    nativeExpiry: "none",
    residualSeconds: null,
    endsSessions: "no",
    concurrency: 4,
  },
  "ssh-certificate": {
    title: "SSH",
    permission: "principal",
    nativeExpiry: "exact",
    residualSeconds: null,
    endsSessions: "no",
    concurrency: 1,
  },
  sudoers: {
    title: "sudo",
    permission: "rule of the catalogue on the host",
    nativeExpiry: "exact",
    residualSeconds: null,
    endsSessions: "no",
    concurrency: 1,
  },
  "github-team": {
    title: "GitHub team",
    permission: "team",
    nativeExpiry: "none",
    residualSeconds: 0,
    endsSessions: "no",
    concurrency: 1,
  },
  "github-repository": {
    title: "GitHub repository",
    permission: "repository and role",
    nativeExpiry: "none",
    residualSeconds: 0,
    endsSessions: "no",
    concurrency: 1,
  },
  "okta-group": {
    title: "Okta",
    permission: "group",
    nativeExpiry: "none",
    residualSeconds: null,
    endsSessions: "no",
    concurrency: 4,
  },
  "scim-group": {
    title: "SCIM",
    permission: "group",
    nativeExpiry: "none",
    residualSeconds: null,
    endsSessions: "no",
    concurrency: 4,
  },
  "kubernetes-role-binding": {
    title: "Kubernetes",
    permission: "namespace and role",
    nativeExpiry: "none",
    residualSeconds: null,
    endsSessions: "no",
    concurrency: 1,
  },
  "aws-identity-center": {
    title: "AWS IAM Identity Center",
    permission: "account and permission set",
    nativeExpiry: "none",
    residualSeconds: 43_200,
    endsSessions: "no",
    concurrency: 1,
  },
  webhook: {
    title: "Webhook",
    permission: "name that the receiver knows",
    nativeExpiry: "upper-bound",
    residualSeconds: null,
    endsSessions: "no",
    concurrency: 4,
  },
};
