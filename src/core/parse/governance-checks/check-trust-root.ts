import type { Problem } from "../../model/problem.ts";
import type { GovernanceDocuments } from "../governance-documents.ts";
import type { Loaded } from "../load-document.ts";
import { problemAt } from "../strict-yaml.ts";
import { checkKnown } from "./check-known.ts";
import type { Use } from "./check-known.ts";
import { checkUnique } from "./check-unique.ts";

/**
 * Checks trust-root.json: a key in one key role only, so that none can both decide and carry out, and
 * thresholds that can be reached. That a key id is the hash of its key is checked where keys are used.
 */
export function checkTrustRoot({ trustRoot }: GovernanceDocuments): readonly Problem[] {
  const { document, value } = trustRoot;
  const keyids = value.keys.map(({ keyid }) => keyid);
  const uses = value.keyRoles.flatMap((role, index) =>
    role.keyids.map((name, key) => ({ name, pointer: `/keyRoles/${index}/keyids/${key}` })),
  );
  return [
    ...checkUnique(document, listed(keyids, "/keys", "/keyid"), "key"),
    ...checkUnique(
      document,
      listed(
        value.keys.map(({ publicKey }) => publicKey),
        "/keys",
        "/publicKey",
      ),
      "public key",
    ),
    ...checkUnique(
      document,
      listed(
        value.keyRoles.map(({ name }) => name),
        "/keyRoles",
        "/name",
      ),
      "key role",
    ),
    ...checkUnique(document, uses, "use of key"),
    ...checkKnown(document, uses, keyids, "key"),
    ...missingKeyRoles(trustRoot),
    ...thresholds(trustRoot),
  ];
}

function listed(names: readonly string[], list: string, property: string): readonly Use[] {
  return names.map((name, index) => ({ name, pointer: `${list}/${index}${property}` }));
}

function missingKeyRoles({ document, value }: Loaded<"TrustRoot">): readonly Problem[] {
  return (["root", "decision", "execution"] as const)
    .filter((needed) => !value.keyRoles.some(({ name }) => name === needed))
    .map((needed) =>
      problemAt(document, "/keyRoles", "key", {
        code: "missing-key-role",
        message: `There is no key role ${needed}.`,
        fix: `Add \`{ "name": "${needed}", … }\` with a key of its own.`,
      }),
    );
}

function thresholds({ document, value }: Loaded<"TrustRoot">): readonly Problem[] {
  return value.keyRoles.flatMap(({ name, threshold, keyids }, index) => {
    const keys = new Set(keyids).size;
    if (threshold <= keys) return [];
    return [
      problemAt(document, `/keyRoles/${index}/threshold`, "value", {
        code: "unreachable-threshold",
        message: `${name} needs ${threshold} keys, but has ${keys}.`,
        fix: `Write at most ${keys}, or add keys.`,
      }),
    ];
  });
}
