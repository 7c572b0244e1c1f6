import type { Defect } from "./chain-problem.ts";
import { preAuthEncoding } from "./dsse.ts";
import type { Envelope } from "./dsse.ts";
import { entryHome } from "./entry-home.ts";
import type { Statement } from "./statement.ts";
import { keyRoleOf } from "./trust-root.ts";
import type { KeyRole } from "./trust-root.ts";
import { eraFor, keyOfAnyEra } from "./trust-timeline.ts";
import type { TrustEra, TrustTimeline } from "./trust-timeline.ts";
import type { VerifyingKey } from "./verify-signature.ts";
import type { LedgerBranch } from "../model/entry.ts";

/**
 * Lists what is wrong with the signatures as such: every one must be by a key that some trust root named and
 * over exactly these bytes, and a key signs once. Whether the key may sign this entry is `checkSignatures`.
 */
export function signedBytes(
  trust: TrustTimeline,
  { payload, signatures }: Envelope,
  known: readonly KnownSignature[] = [],
): readonly Defect[] {
  const keyids = signatures.map(({ keyid }) => keyid);
  const defects = signatures.flatMap(({ keyid, sig }): readonly Defect[] => {
    const key = keyOfAnyEra(trust, keyid);
    if (key === null) {
      return [
        { code: "key-unknown", detail: `No trust root knows the key ${JSON.stringify(keyid)}.` },
      ];
    }
    if (known.some((one) => one.key === key && one.sig === sig)) return [];
    if (key.verifies(preAuthEncoding(payload), sig)) return [];
    return [
      { code: "signature-invalid", detail: `The signature by ${keyid} is not over these bytes.` },
    ];
  });
  if (new Set(keyids).size === keyids.length) return defects;
  return [...defects, { code: "key-repeated-in-envelope", detail: "A key signed more than once." }];
}

/** A signature that was found good over the bytes of the envelope it is handed along with. */
export interface KnownSignature {
  readonly key: VerifyingKey;
  readonly sig: string;
}

/** Verifies the signatures of one envelope beside other work, those by keys that are known already. */
export async function verifyAhead(
  trust: TrustTimeline,
  { payload, signatures }: Envelope,
): Promise<readonly KnownSignature[]> {
  const bytes = preAuthEncoding(payload);
  const found = signatures.map(async ({ keyid, sig }) => {
    const key = keyOfAnyEra(trust, keyid);
    return key !== null && (await key.verifiesLater(bytes, sig)) ? { key, sig } : null;
  });
  return (await Promise.all(found)).filter((one) => one !== null);
}

/** Lists why verified signatures do not carry this entry: branch, key role, retirement, threshold. */
export function checkSignatures(
  trust: TrustTimeline,
  branch: LedgerBranch,
  statement: Statement,
  { signatures }: Envelope,
): readonly Defect[] {
  // The entry's own number is believed only as far as the chain confirms it: see `wrong-seq`.
  const era = eraFor(trust, branch, statement.seq);
  if (era === null) {
    return [{ code: "trust-root-missing", detail: "No trust root is in force for this entry." }];
  }
  const home = entryHome(statement.type, branch);
  const role = home.keyRole;
  const keyids = signatures.map(({ keyid }) => keyid);
  return [
    ...branchDefects(branch, home.branch, statement.type),
    ...keyids.flatMap((keyid) => roleDefects(era, keyid, role)),
    ...thresholdDefects(era, keyids, role),
  ];
}

function branchDefects(found: LedgerBranch, home: LedgerBranch, type: string): readonly Defect[] {
  if (found === home) return [];
  return [{ code: "wrong-branch", detail: `Entries of type ${type} belong on ${home}.` }];
}

function roleDefects({ trustRoot }: TrustEra, keyid: string, role: KeyRole): readonly Defect[] {
  const actual = keyRoleOf(trustRoot, keyid);
  if (actual === role) return [];
  if (actual === null) {
    return [{ code: "key-retired", detail: `The trust root in force does not name ${keyid}.` }];
  }
  const detail = `Needs a key of role ${role}; ${keyid} has the role ${actual}.`;
  return [{ code: "wrong-key-role", detail }];
}

function thresholdDefects(
  { trustRoot }: TrustEra,
  keyids: readonly string[],
  role: KeyRole,
): readonly Defect[] {
  const counted = new Set(keyids.filter((keyid) => keyRoleOf(trustRoot, keyid) === role)).size;
  const threshold = trustRoot.keyRoles.find(({ name }) => name === role)?.threshold ?? Infinity;
  // A single signature by a wrong key is reported as such and not as a missing one, too.
  if (counted >= threshold || counted < keyids.length) return [];
  const detail = `${counted} of ${threshold} keys of role ${role} signed.`;
  return [{ code: "too-few-signatures", detail }];
}
