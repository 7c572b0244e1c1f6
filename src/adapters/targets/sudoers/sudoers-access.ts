/** Where the rules of a host lie. Whole paths. */
export interface SudoersAccess {
  /** The folder of drop-in files that sudo includes, or a copy of it that is brought to the host. */
  readonly sudoersFolder: string;
  /** Folder with one file a permission: what follows the user in a rule, such as `ALL=(postgres) /usr/bin/psql`. */
  readonly templates: string;
  /** A file like /etc/passwd that names the host's accounts; `null`: those of this machine. */
  readonly accounts: string | null;
  readonly timeoutSeconds: number;
}

/** One person's access to one permission. */
export interface SudoersGrant {
  readonly identity: string;
  readonly permission: string;
}
