/**
 * Whether a name can be an account in a rule. sudo takes a word of capitals for an alias, `ALL` for everybody, `%` for a group and
 * `Defaults` for a setting: none of these is a person.
 */
export function isPossibleIdentity(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_.@-]{0,99}$/u.test(name) && !/^[A-Z0-9_]+$|^Defaults/u.test(name);
}

/** Whether a name can be that of a file in the folder of templates. */
export function isPossiblePermission(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.@:+=-]{0,99}$/u.test(name);
}
