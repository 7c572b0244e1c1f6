import type { SudoersGrant } from "./sudoers-access.ts";

/**
 * Names the file of a grant. sudo passes over names with `.` and those that end in `~` without a word: everything but letters and digits
 * is written as `_` and its code.
 */
export function dropInName({ identity, permission }: SudoersGrant): string {
  return [prefix, escape(identity), escape(permission)].join("-");
}

/** Reads the grant from the name of its file; `null` for other files. */
export function grantOfName(name: string): SudoersGrant | null {
  const [first, identity, permission, ...more] = name.split("-");
  if (first !== prefix || identity === undefined || permission === undefined) return null;
  const grant = { identity: unescape(identity), permission: unescape(permission) };
  return more.length === 0 && dropInName(grant) === name ? grant : null;
}

/** Whether sudo reads a file of this name in a folder that it includes. */
export function isReadBySudo(name: string): boolean {
  return !name.includes(".") && !name.endsWith("~");
}

function escape(name: string): string {
  return name.replace(
    /[^A-Za-z0-9]/gu,
    (sign) => `_${sign.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

function unescape(name: string): string {
  return name.replace(/_([0-9a-f]{2})/gu, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

const prefix = "countersign";
