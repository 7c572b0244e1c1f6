import type { ChainProblemCode, Defect } from "./chain-problem.ts";
import { keyRoleOf, trustRootDefects, trustRootDigest } from "./trust-root.ts";
import { isGoodSignature, maySign, newWriterKeys, rootQuorum } from "./trust-root-signatures.ts";
import type { Quorum, Succession } from "./trust-root-signatures.ts";
import type { TrustRoot, TrustRootSignature } from "../model/governance.ts";

/**
 * Says why a trust root may not follow those before it, the newest last; `null` when it may. At least the threshold of the root
 * keys before it signed its document, each counted once, and its own threshold of root keys as well, so that nobody
 * goes over to keys that nobody holds (as in TUF). Only the first fault is named: the others may follow from it.
 */
export function successionDefect(
  earlier: readonly TrustRoot[],
  next: TrustRoot,
  signatures: readonly TrustRootSignature[],
): Defect | null {
  const before = earlier.at(-1);
  if (before === undefined) {
    return fault("trust-root-missing", "There is no trust root that it could follow.");
  }
  const step = { before, next, signatures };
  return documentDefect(earlier, step) ?? firstDefect(signatureChecks, (check) => check(step));
}

/** Says what in the document itself keeps it from following, whoever signs it; `null` when nothing does. */
export function documentDefect(earlier: readonly TrustRoot[], step: Succession): Defect | null {
  return firstDefect(documentChecks, (check) => check(step, earlier));
}

function firstDefect<T>(checks: readonly T[], run: (check: T) => Defect | null): Defect | null {
  for (const check of checks) {
    const found = run(check);
    if (found !== null) return found;
  }
  return null;
}

const documentChecks = [isFit, staysHome, isNext, namesTheOneBefore, keysKeepTheirRole];
const signatureChecks = [
  ...[eachKeyOnce, onlyWhoMaySign, allOverThisDocument],
  ...[signedByThoseBefore, signedByItsOwn, newKeysProved],
];

function isFit({ next }: Succession): Defect | null {
  const [detail] = [...trustRootDefects(next), ...lonelyWriterDefects(next)];
  return detail === undefined ? null : fault("trust-root-malformed", `${detail}.`);
}

/** Gate and executor each sign alone: with a higher threshold neither could write again, not even a mended trust root. */
function lonelyWriterDefects({ keyRoles }: TrustRoot): readonly string[] {
  return keyRoles
    .filter(({ name, threshold }) => name !== "root" && threshold !== 1)
    .map(({ name }) => `the threshold of ${name} must be 1: its writer signs alone`);
}

function staysHome({ before, next }: Succession): Defect | null {
  const [was, is] = [before.repository, next.repository];
  if (is.id === was.id && is.governedBranch === was.governedBranch) return null;
  return fault(
    "trust-root-of-another-repository",
    `It is for repository ${is.id}, branch ${is.governedBranch}; the one before is for ${was.id}, ${was.governedBranch}.`,
  );
}

function isNext({ before, next }: Succession): Defect | null {
  if (next.version === before.version + 1) return null;
  return fault(
    "trust-root-version-skipped",
    `It has version ${next.version}; after version ${before.version} comes ${before.version + 1}.`,
  );
}

function namesTheOneBefore({ before, next }: Succession): Defect | null {
  const digest = trustRootDigest(before);
  if (next.previous === digest) return null;
  return fault(
    "trust-root-previous-differs",
    `It names ${next.previous ?? "nothing"} as the one before it, which is ${digest}.`,
  );
}

/** A key that decided once and carries out now would be one identity on both sides (P1). */
function keysKeepTheirRole({ next }: Succession, earlier: readonly TrustRoot[]): Defect | null {
  const moved = next.keyRoles.flatMap(({ name, keyids }) =>
    keyids.filter((keyid) =>
      earlier.map((one) => keyRoleOf(one, keyid)).some((was) => was !== null && was !== name),
    ),
  );
  return about("trust-root-key-in-another-role", moved, "had another key role before");
}

function eachKeyOnce({ signatures }: Succession): Defect | null {
  const keyids = signatures.map(({ keyid }) => keyid);
  const repeated = keyids.filter((keyid, index) => keyids.indexOf(keyid) !== index);
  return about("trust-root-signed-twice", repeated, "signed more than once");
}

function onlyWhoMaySign(step: Succession): Defect | null {
  const strangers = step.signatures.filter(({ keyid }) => !maySign(step, keyid));
  return about(
    "trust-root-signer-unfit",
    strangers.map(({ keyid }) => keyid),
    "is neither a root key of one of the two, nor a new key of a writer",
  );
}

function allOverThisDocument(step: Succession): Defect | null {
  const bad = step.signatures.filter((signature) => !isGoodSignature(step, signature));
  return about(
    "trust-root-signature-invalid",
    bad.map(({ keyid }) => keyid),
    "did not sign this document",
  );
}

function signedByThoseBefore({ before, signatures }: Succession): Defect | null {
  const quorum = rootQuorum(before, signersOf(signatures));
  return tooFew("trust-root-too-few-signatures", quorum, `trust root ${before.version}`);
}

function signedByItsOwn({ next, signatures }: Succession): Defect | null {
  const quorum = rootQuorum(next, signersOf(signatures));
  return tooFew("trust-root-not-accepted", quorum, `trust root ${next.version} itself`);
}

function newKeysProved({ before, next, signatures }: Succession): Defect | null {
  const signers = signersOf(signatures);
  const unproved = newWriterKeys(before, next).filter((keyid) => !signers.has(keyid));
  return about(
    "trust-root-key-unproved",
    unproved,
    "is new and did not sign: nothing shows that anybody holds it",
  );
}

/** Only asked once every signature is known to be good. */
function signersOf(signatures: readonly TrustRootSignature[]): ReadonlySet<string> {
  return new Set(signatures.map(({ keyid }) => keyid));
}

function tooFew(
  code: ChainProblemCode,
  { signed, threshold }: Quorum,
  whose: string,
): Defect | null {
  if (signed.length >= threshold) return null;
  return fault(
    code,
    `Of the ${threshold} root keys of ${whose} that must sign it, ${signed.length} did.`,
  );
}

function about(
  code: ChainProblemCode,
  keyids: readonly string[],
  predicate: string,
): Defect | null {
  const [first] = keyids;
  if (first === undefined) return null;
  const others = keyids.length === 1 ? "" : ` (and ${keyids.length - 1} more)`;
  return fault(code, `The key ${first}${others} ${predicate}.`);
}

function fault(code: ChainProblemCode, detail: string): Defect {
  return { code, detail };
}
