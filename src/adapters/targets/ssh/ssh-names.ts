/**
 * Whether a name can be an identity or a principal here. Names become file names, and ssh-keygen takes a comma for
 * the end of a principal: `deploy,root` would be a certificate for root.
 */
export function isPossibleName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.@:+=-]{0,199}$/u.test(name);
}
