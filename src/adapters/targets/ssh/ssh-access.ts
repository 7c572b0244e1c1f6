/** Where everything about the certificates lies. Whole paths. */
export interface SshAccess {
  /** The private key of the user CA. It is a secret, and only ssh-keygen reads it. */
  readonly caKeyFile: string;
  /** Folder of `<identity>.pub`, one key a person, put there by the operator. */
  readonly publicKeys: string;
  /** Folder where certificates are left for their owners: `<identity>/<permission>-cert.pub`. */
  readonly certificates: string;
  /** A file, or a folder of files, with the principals that can be given, one a line. */
  readonly principals: string;
  /** The list that sshd's `RevokedKeys` names, or from which the operator distributes it. */
  readonly revocationList: string;
  /** What a certificate permits beyond running a command. */
  readonly extensions: readonly string[];
  readonly timeoutSeconds: number;
}

/** Everything that changes something is done under this one lock. */
export function lockOf({ revocationList }: SshAccess): string {
  return `${revocationList}.lock`;
}
