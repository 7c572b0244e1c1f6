import { providerFacts } from "../../../core/model/providers.ts";
import { TargetRefused } from "../../../ports/target.ts";
import type { Target } from "../../../ports/target.ts";
import { withFileLock } from "../files/file-lock.ts";
import { fileTarget, requireAbsolute, requireTimeout } from "../files/file-target.ts";
import { issueCertificate } from "./issue-certificate.ts";
import { heldPrincipals, revokeCertificates } from "./revoke-certificates.ts";
import { lockOf } from "./ssh-access.ts";
import type { SshAccess } from "./ssh-access.ts";
import { isPossibleName } from "./ssh-names.ts";

/**
 * Opens a folder of SSH user certificates whose permissions are principals: holding one is having a certificate for it that is neither over nor
 * on the revocation list. A certificate ends by itself with the grant; the list is for the revoke before that. A session
 * that is open goes on: sshd looks at a certificate only when somebody logs in.
 *
 * Throws TargetRefused at once when the options cannot be used; reads no key yet.
 */
export function openSshCertificateTarget(access: SshAccess): Target {
  requireUsable(access);
  const alone = (work: () => Promise<void>): Promise<void> =>
    withFileLock(lockOf(access), access.timeoutSeconds, work);
  return fileTarget(providerFacts["ssh-certificate"], {
    held: (identity) =>
      isPossibleName(identity) ? heldPrincipals(access, identity) : Promise.resolve([]),
    provision: (identity, permission, expiresAt) =>
      alone(() => issueCertificate(access, { identity, permission, expiresAt })),
    revoke: async (identity, permission) => {
      // Nobody of such a name can ever have had a folder.
      if (!isPossibleName(identity)) return;
      await alone(() => revokeCertificates(access, identity, permission));
    },
  });
}

function requireUsable(access: SshAccess): void {
  requireTimeout(access.timeoutSeconds);
  requireAbsolute({
    CA_KEY_FILE: access.caKeyFile,
    PUBLIC_KEYS: access.publicKeys,
    CERTIFICATES: access.certificates,
    PRINCIPALS: access.principals,
    KRL_FILE: access.revocationList,
  });
  const unknown = access.extensions.find((extension) => !knownExtensions.has(extension));
  if (unknown === undefined) return;
  throw new TargetRefused(
    `EXTENSIONS contains "${unknown}": write "none", or some of ${[...knownExtensions].join(", ")}.`,
  );
}

const knownExtensions = new Set([
  "permit-pty",
  "permit-port-forwarding",
  "permit-agent-forwarding",
  "permit-X11-forwarding",
  "permit-user-rc",
  "no-touch-required",
]);
