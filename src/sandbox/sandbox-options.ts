/** Describes the small GitHub to start: one organisation, one repository with git, its people and its Apps. */
export interface SandboxOptions {
  readonly owner: string;
  readonly repository: string;
  readonly repositoryId: number;
  /** Where the bare repository lives; created. */
  readonly folder: string;
  /** 0 means any free port; it listens on 127.0.0.1 only. */
  readonly port: number;
  /** The first commit of `main`. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  readonly people: readonly PersonOptions[];
  readonly teams: readonly TeamOptions[];
  readonly apps: readonly AppOptions[];
  readonly protection: readonly BranchProtection[];
  /** Names of repository roles beside the five that there always are. */
  readonly customRoles?: readonly string[];
  /** Receives one JSON line per request. What is not served is said on stderr in any case. */
  readonly log?: (line: string) => void;
}

/** Names a person who has an account and an access level on the repository. */
export interface PersonOptions {
  readonly login: string;
  readonly id: number;
  readonly access: "read" | "write" | "admin";
  readonly email?: string;
  /** What they are in the organisation; `member` when absent, `none` is an outsider. */
  readonly organisation?: OrganisationRole;
}

/** What somebody is in the organisation; an owner is what the API calls `admin`. */
export type OrganisationRole = "member" | "owner" | "invited" | "none";

/** Describes a team. Members of a child team count as members of its parent, as on GitHub. */
export interface TeamOptions {
  readonly slug: string;
  readonly members: readonly string[];
  readonly parent?: string;
}

/** Registers an App and installs it on the organisation. Its keys and its secret are generated. */
export interface AppOptions {
  readonly slug: string;
  readonly id: number;
  /** Account id of `<slug>[bot]`; 900000 + id when absent. */
  readonly botId?: number;
  readonly permissions: Readonly<Record<string, string>>;
  readonly webhookUrl: string | null;
  readonly events: readonly string[];
  /** Whether it is installed on every repository, or on the one with git alone; `selected` when absent. */
  readonly repositories?: "all" | "selected";
}

/** Protects one branch. Nobody may force-push or delete a protected branch, not even an administrator. */
export interface BranchProtection {
  readonly branch: string;
  /** Slug of the only App that may create or update the branch. */
  readonly onlyApp?: string;
  /** A check run or status of this name, by this App alone, must pass on the head. */
  readonly requiredCheck?: { readonly context: string; readonly app: string };
  /** Changes arrive by merging a pull request. */
  readonly pullRequestOnly?: "yes";
}
