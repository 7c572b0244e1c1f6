import { forbiddenCharacter } from "./read-text.ts";
import { textMemory } from "./text-memory.ts";

/** What a path in the access repository is. */
export type GovernedPath =
  | { readonly area: "request"; readonly target: string; readonly name: string }
  | { readonly area: "governance" }
  | { readonly area: "ungoverned" }
  | { readonly area: "refused"; readonly reason: string; readonly fix: string };

/**
 * Tells what a path is by its exact bytes. A path that some other system could take for a governed one
 * (another case, another normal form, `..`, a backslash, a trailing dot) is refused, not ungoverned:
 * ungoverned files are merged by others. `access-requests/README.md` and `access-requests/.gitkeep` are
 * ungoverned; nothing else beside the folders of the targets is.
 */
export function governedPath(path: string): GovernedPath {
  return remembered("", path, () => areaOf(path));
}

const remembered = textMemory<GovernedPath>();

function areaOf(path: string): GovernedPath {
  const fault = grammarFault(path);
  if (fault !== null) return fault;
  const top = path.replace(/\/[^]*$/, "");
  const rest = path.split("/").slice(1);
  if (top === "access-requests") return requestPath(path, rest);
  if (top === "governance") return governancePath(rest.join("/"));
  // Not every kind of folding keeps `İ` or ligatures apart, so each is tried.
  const folded = foldings(top).find((name) => areas.includes(name));
  if (folded === undefined) return { area: "ungoverned" };
  return refused(
    `The path looks like ${folded}/ once case or Unicode normal form is ignored.`,
    `Write \`${folded}/\` in lower-case ASCII.`,
  );
}

/** The files `governance/` may contain. */
export const governanceFiles =
  "governance/ROLES, people.yaml, conflicts.yaml, trust-root.json, trust-root.signatures.json, targets/<target>.yaml, policy/<name>.yaml, policy/<name>.test.yaml";

const trustRootFiles = ["trust-root.json", "trust-root.signatures.json"];

/** Says whether a path is that of the trust root or of the signatures on it. */
export function isTrustRoot(path: string): boolean {
  return trustRootFiles.some((name) => path === `governance/${name}`);
}

/** Says whether a governed path is that of a decision table: it says what policies must do and decides nothing. */
export function isPolicyTest(path: string): boolean {
  return path.startsWith("governance/policy/") && path.endsWith(".test.yaml");
}

const areas = ["access-requests", "governance"];
const longestSegment = 100;
const longestPath = 400;

/** As in the schemas: no leading dot or dash, no `..`, no trailing dot. */
const identifier = /^[a-z0-9](?:[a-z0-9_-]|\.[a-z0-9_-])*$/;

function grammarFault(path: string): GovernedPath | null {
  const segments = path.split("/");
  if (path.length > longestPath || segments.some(({ length }) => length > longestSegment)) {
    return refused(
      `The path has more than ${longestPath} characters, or a part with more than ${longestSegment}.`,
      "Choose a shorter name.",
    );
  }
  if (path.includes("\\") || path.includes("\n") || forbiddenCharacter(path, "refused") !== null) {
    return refused(
      "The path contains a backslash, a control or an invisible character.",
      "Choose a name of letters, digits, `.`, `_` and `-`.",
    );
  }
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    return refused(
      "The path has an empty part, `.` or `..`.",
      "Write the path from the root, without them.",
    );
  }
  if (segments.some((segment) => /[. ]$/.test(segment))) {
    return refused(
      "The path has a part that ends in a dot or a space.",
      "Remove the dot or space.",
    );
  }
  return null;
}

function requestPath(path: string, rest: readonly string[]): GovernedPath {
  if (path === "access-requests/README.md" || path === "access-requests/.gitkeep") {
    return { area: "ungoverned" };
  }
  const [target = "", file = ""] = rest;
  const name = file.endsWith(".yaml") ? file.slice(0, -".yaml".length) : "";
  if (rest.length === 2 && identifier.test(target) && isRequestName(name)) {
    return { area: "request", target, name };
  }
  return refused(
    "The path is not access-requests/<target>/<name>.yaml.",
    "Name the file access-requests/<target>/<name>.yaml, with names of lower-case letters, digits, `.`, `_` and `-`.",
  );
}

/** Git keeps `.lock` for itself: the branch of the revert PR could not be created. */
function isRequestName(name: string): boolean {
  return identifier.test(name) && !name.endsWith(".lock");
}

function governancePath(rest: string): GovernedPath {
  const single = ["ROLES", "people.yaml", "conflicts.yaml", ...trustRootFiles];
  const named = /^(?:targets|policy)\/([^/]+)\.yaml$/.exec(rest)?.[1];
  if (single.includes(rest) || (named !== undefined && identifier.test(named))) {
    return { area: "governance" };
  }
  return refused("The path is not one that governance/ knows.", `Use one of: ${governanceFiles}.`);
}

function foldings(name: string): readonly string[] {
  const normal = ["NFC", "NFD", "NFKC", "NFKD"].map((form) => name.normalize(form));
  return [name, ...normal].flatMap((form) => [
    form.toLowerCase(),
    form.toUpperCase().toLowerCase(),
    // Compatibility forms can bring out capitals, and accents are dropped by some file systems' eyes.
    form.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(),
  ]);
}

function refused(reason: string, fix: string): GovernedPath {
  return { area: "refused", reason, fix };
}
