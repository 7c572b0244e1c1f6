/** Tells whether git could have a branch of this name, by the rules of `git check-ref-format`. */
export function isBranchName(name: string): boolean {
  if (name === "" || name.startsWith("-") || name.endsWith(".")) return false;
  if (/[\s\p{Cc}]/u.test(name)) return false;
  if (/\.\.|@\{|[~^:?*[\\]/.test(name)) return false;
  return name.split("/").every(isComponent);
}

function isComponent(part: string): boolean {
  return part !== "" && !part.startsWith(".") && !part.endsWith(".lock");
}
