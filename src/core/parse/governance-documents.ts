import type { Roles } from "../model/governance.ts";
import type { Parsed, Problem } from "../model/problem.ts";
import type { GovernanceFile } from "../model/snapshot.ts";
import { documentKind } from "./document-kind.ts";
import { governanceFiles, governedPath, isPolicyTest } from "./governed-path.ts";
import { loadDocument } from "./load-document.ts";
import type { Loaded } from "./load-document.ts";
import { loadPolicyTest } from "./load-policy-test.ts";
import { parseRoles } from "./roles.ts";
import { maxGovernanceBytes, parseStrictYaml, problemAt } from "./strict-yaml.ts";
import type { StrictDocument } from "./strict-yaml.ts";
import { validate } from "./validate.ts";
import type { DocumentKind } from "./validate.ts";

/** The files of `governance/`, each right by itself; whether they fit together is not checked yet. */
export interface GovernanceDocuments {
  readonly roles: { readonly path: string; readonly value: Roles };
  readonly people: Loaded<"People">;
  readonly conflicts: Loaded<"Conflicts">;
  readonly trustRoot: Loaded<"TrustRoot">;
  /** `null` beside the first trust root: nobody signs that. */
  readonly trustRootSignatures: Loaded<"TrustRootSignatures"> | null;
  readonly targets: readonly Loaded<"Target">[];
  readonly policies: readonly Loaded<"AccessPolicy">[];
  readonly governancePolicy: Loaded<"GovernancePolicy">;
  /** Decision tables, read but of no effect on any decision. */
  readonly policyTests: readonly Loaded<"PolicyTest">[];
}

/**
 * Loads the files of `governance/` one by one. A missing, unknown, doubled or executable file is an
 * error: nothing under governance/ is ever ignored.
 */
export function loadGovernance(files: readonly GovernanceFile[]): Parsed<GovernanceDocuments> {
  const strangers = files.flatMap(fileProblems);
  const roles = loadRoles(files);
  const people = loadSingle(files, "governance/people.yaml", "People");
  const conflicts = loadSingle(files, "governance/conflicts.yaml", "Conflicts");
  const trustRoot = loadJson(files, "governance/trust-root.json", "TrustRoot");
  const signatures = loadSignatures(files);
  const targets = collect(inFolder(files, "targets").map((file) => loadDocument(file, "Target")));
  const inPolicy = inFolder(files, "policy");
  const policies = loadPolicies(inPolicy.filter(({ path }) => !isPolicyTest(path)));
  const policyTests = collect(
    inPolicy.filter(({ path }) => isPolicyTest(path)).map(loadPolicyTest),
  );
  if (
    strangers.length === 0 &&
    roles.ok &&
    people.ok &&
    conflicts.ok &&
    trustRoot.ok &&
    signatures.ok &&
    targets.ok &&
    policies.ok &&
    policyTests.ok
  ) {
    return {
      ok: true,
      value: {
        roles: roles.value,
        people: people.value,
        conflicts: conflicts.value,
        trustRoot: trustRoot.value,
        trustRootSignatures: signatures.value,
        targets: targets.value,
        ...policies.value,
        policyTests: policyTests.value,
      },
    };
  }
  const parts = [roles, people, conflicts, trustRoot, signatures, targets, policies, policyTests];
  return { ok: false, problems: [...strangers, ...parts.flatMap(problemsOf)] };
}

function fileProblems(file: GovernanceFile, index: number, files: readonly GovernanceFile[]) {
  const { path, mode } = file;
  const place = governedPath(path);
  const problems: Problem[] = [];
  if (place.area !== "governance") {
    const reason = place.area === "refused" ? place.reason : "The path is not under governance/.";
    problems.push(atFile(path, "unknown-file", reason, `Use ${governanceFiles}.`));
  }
  if (mode !== "100644") {
    const message = `The file has mode ${mode}: it is no ordinary file.`;
    problems.push(
      atFile(path, "wrong-mode", message, "Commit it as an ordinary file, mode 100644."),
    );
  }
  if (files.findIndex((other) => other.path === path) !== index) {
    problems.push(atFile(path, "duplicate-file", "The file is there twice.", "Give it once."));
  }
  return problems;
}

function loadRoles(files: readonly GovernanceFile[]): Parsed<GovernanceDocuments["roles"]> {
  const path = "governance/ROLES";
  const file = files.find((other) => other.path === path);
  if (file === undefined) return missing(path);
  const roles = parseRoles(path, file.text);
  return roles.ok ? { ok: true, value: { path, value: roles.value } } : roles;
}

function loadSingle<Kind extends DocumentKind>(
  files: readonly GovernanceFile[],
  path: string,
  kind: Kind,
): Parsed<Loaded<Kind>> {
  const file = files.find((other) => other.path === path);
  return file === undefined ? missing(path) : loadDocument(file, kind);
}

function loadSignatures(
  files: readonly GovernanceFile[],
): Parsed<Loaded<"TrustRootSignatures"> | null> {
  const path = "governance/trust-root.signatures.json";
  if (!files.some((file) => file.path === path)) return { ok: true, value: null };
  return loadJson(files, path, "TrustRootSignatures");
}

/** JSON is YAML, so the strict reader finds what is doubled; JSON's own reader then refuses the rest. */
function loadJson<Kind extends DocumentKind>(
  files: readonly GovernanceFile[],
  path: string,
  kind: Kind,
): Parsed<Loaded<Kind>> {
  const loaded = loadSingle(files, path, kind);
  if (!loaded.ok) return loaded;
  try {
    JSON.parse(loaded.value.document.text);
    return loaded;
  } catch {
    const fix = "Write it as JSON, as the commands of `countersign` print it.";
    return { ok: false, problems: [atFile(path, "not-json", "The file is not JSON.", fix)] };
  }
}

function loadPolicies(
  files: readonly GovernanceFile[],
): Parsed<Pick<GovernanceDocuments, "policies" | "governancePolicy">> {
  const documents = collect(
    files.map(({ path, text }) => parseStrictYaml(path, text, maxGovernanceBytes)),
  );
  if (!documents.ok) return documents;
  const kinds = collect(documents.value.map((document) => policyOf(document)));
  if (!kinds.ok) return kinds;
  const policies = kinds.value.flatMap(({ access }) => access);
  const [governancePolicy, second] = kinds.value.flatMap(({ governance }) => governance);
  const problems: Problem[] = [];
  if (policies.length === 0) {
    const fix = "Add a policy of kind AccessPolicy for every tier.";
    problems.push(atFile("governance/policy", "no-policy", "There is no access policy.", fix));
  }
  if (second !== undefined) {
    problems.push(
      problemAt(second.document, "/kind", "value", {
        code: "second-governance-policy",
        message: "There is another policy of kind GovernancePolicy.",
        fix: "Keep one, and move what it demands into it.",
      }),
    );
  }
  if (governancePolicy === undefined) {
    const message = "There is no policy of kind GovernancePolicy.";
    const fix = "Add governance/policy/governance.yaml of that kind.";
    problems.push(atFile("governance/policy", "no-governance-policy", message, fix));
    return { ok: false, problems };
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { policies, governancePolicy } };
}

function policyOf(document: StrictDocument): Parsed<{
  readonly access: readonly Loaded<"AccessPolicy">[];
  readonly governance: readonly Loaded<"GovernancePolicy">[];
}> {
  const kind = documentKind(document, ["AccessPolicy", "GovernancePolicy"]);
  if (!kind.ok) {
    const stated = (document.value as { readonly kind?: unknown } | null)?.kind;
    if (stated !== "PolicyTest") return kind;
    return { ok: false, problems: kind.problems.map((one) => ({ ...one, fix: notNamedAsTable })) };
  }
  if (kind.value === "AccessPolicy") {
    const policy = validate("AccessPolicy", document);
    if (!policy.ok) return policy;
    return { ok: true, value: { access: [{ document, value: policy.value }], governance: [] } };
  }
  const policy = validate("GovernancePolicy", document);
  if (!policy.ok) return policy;
  return { ok: true, value: { access: [], governance: [{ document, value: policy.value }] } };
}

const notNamedAsTable =
  "Rename the file to <name>.test.yaml, or write the kind of a policy: AccessPolicy, GovernancePolicy.";

function inFolder(files: readonly GovernanceFile[], folder: string): readonly GovernanceFile[] {
  return files.filter(({ path }) => path.startsWith(`governance/${folder}/`));
}

/** All values, or the problems of all that have none. */
function collect<T>(parts: readonly Parsed<T>[]): Parsed<readonly T[]> {
  const values: T[] = [];
  const problems: Problem[] = [];
  for (const part of parts) {
    if (part.ok) values.push(part.value);
    else problems.push(...part.problems);
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: values };
}

function problemsOf(part: Parsed<unknown>): readonly Problem[] {
  return part.ok ? [] : part.problems;
}

function missing(path: string): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems: [atFile(path, "missing-file", "The file is missing.", "Add it.")] };
}

function atFile(path: string, code: string, message: string, fix: string): Problem {
  return { path, line: 1, column: 1, code, message, fix };
}
