import type { Target } from "../../../ports/target.ts";
import type { TargetSettings } from "../target-settings.ts";
import { openSshCertificateTarget } from "./ssh-certificate-target.ts";

/** Opens a target of kind `ssh-certificate` by the executor's settings. Throws TargetRefused, naming the variable. */
export function openSshCertificate(settings: TargetSettings): Target {
  return openSshCertificateTarget({
    caKeyFile: settings.required(
      "CA_KEY_FILE",
      "write the path of the private key of the SSH user CA, with mode 600.",
    ),
    publicKeys: settings.required(
      "PUBLIC_KEYS",
      "write the path of the folder with one <identity>.pub a person.",
    ),
    certificates: settings.required(
      "CERTIFICATES",
      "write the path of the folder where certificates are left for their owners.",
    ),
    principals: settings.required(
      "PRINCIPALS",
      "write the path of a file, or a folder of files, with the principals that can be given.",
    ),
    revocationList: settings.required(
      "KRL_FILE",
      "write the path of the revocation list that sshd's RevokedKeys names.",
    ),
    extensions: extensionsOf(settings.optional("EXTENSIONS")),
    timeoutSeconds: settings.timeoutSeconds,
  });
}

function extensionsOf(setting: string | null): readonly string[] {
  if (setting === null) return ["permit-pty"];
  if (setting === "none") return [];
  return setting.split(/[\s,]+/u).filter((extension) => extension !== "");
}
