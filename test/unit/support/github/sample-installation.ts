/** Makes a complete `installation` of the account as GitHub's description asks for it. */
export function sampleInstallation(account: object): object {
  return {
    id: 50,
    account,
    repository_selection: "selected",
    access_tokens_url: "https://api.github.com/app/installations/50/access_tokens",
    repositories_url: "https://api.github.com/installation/repositories",
    html_url: "https://github.com/organizations/acme/settings/installations/50",
    app_id: 1,
    app_slug: "countersign-gate",
    target_id: 9000,
    target_type: "Organization",
    permissions: { checks: "write" },
    events: ["pull_request"],
    single_file_name: null,
    created_at: "2026-11-01T09:00:00Z",
    updated_at: "2026-11-01T09:00:00Z",
    suspended_by: null,
    suspended_at: null,
  };
}
