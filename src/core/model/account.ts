/**
 * A forge account as the forge reports it. Compared by `id`: a login can be renamed and registered
 * again by somebody else, so it is shown to people and never decides anything.
 */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: AccountType;
}

/** Only `User` can be a human; `Mannequin` stands for an imported account that nobody logs in to. */
export const accountTypes = [
  "User",
  "Bot",
  "Mannequin",
  "Organization",
  "EnterpriseUserAccount",
] as const;

export type AccountType = (typeof accountTypes)[number];
