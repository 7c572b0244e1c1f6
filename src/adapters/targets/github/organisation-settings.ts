import { readSecret } from "../read-secret.ts";
import type { TargetSettings } from "../target-settings.ts";
import type { GitHubRepositoryAccess } from "./github-repository-target.ts";
import type { OrganisationAccess } from "./organisation.ts";

/** Reads how to reach an organisation from a target's settings. Throws TargetRefused, naming the variable. */
export function organisationSettings(settings: TargetSettings): OrganisationAccess {
  return {
    apiUrl: settings.optional("URL") ?? "https://api.github.com",
    organisation: settings.required("ORGANISATION", "write the name of the organisation."),
    appId: Number(
      settings.required("APP_ID", "register a GitHub App for this target alone and write its id."),
    ),
    privateKey: readSecret(
      settings,
      "PRIVATE_KEY",
      "let PRIVATE_KEY_FILE name the file with the App's private key.",
    ),
    timeoutSeconds: settings.timeoutSeconds,
  };
}

/** Reads the same for repositories, with their names. Throws TargetRefused, naming the variable. */
export function repositorySettings(settings: TargetSettings): GitHubRepositoryAccess {
  const repositories = settings.required(
    "REPOSITORIES",
    "write the names of the catalogue's repositories with commas between them.",
  );
  const deleted = settings.optional("DELETED") ?? "";
  return {
    ...organisationSettings(settings),
    repositories: namesIn(repositories),
    deleted: namesIn(deleted),
  };
}

function namesIn(list: string): readonly string[] {
  const names = list.split(",").map((name) => name.trim());
  return [...new Set(names)].filter((name) => name !== "");
}
