/** A permission set on one account, as the catalogue writes it: `111122223333/ReadOnly`. */
export interface AccountPermission {
  /** Twelve digits. */
  readonly account: string;
  /** Name of the permission set, which is unique in an instance. */
  readonly permissionSet: string;
}

/** Reads `<account>/<permission set>`; `null` for what is not of that form. */
export function parseAccountPermission(permission: string): AccountPermission | null {
  const found = /^(?<account>\d{12})\/(?<permissionSet>[\w+=,.@-]{1,32})$/u.exec(
    permission,
  )?.groups;
  const { account, permissionSet } = found ?? {};
  return account === undefined || permissionSet === undefined ? null : { account, permissionSet };
}

/** Writes a permission set on an account as the catalogue does. */
export function spellAccountPermission({ account, permissionSet }: AccountPermission): string {
  return `${account}/${permissionSet}`;
}
