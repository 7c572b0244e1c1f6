import { readFile } from "node:fs/promises";
import { TargetRefused } from "../../../ports/target.ts";
import { readSecret } from "../read-secret.ts";
import type { TargetSettings } from "../target-settings.ts";
import type { KubernetesAccess } from "./kubernetes-api.ts";

/** Reads how to reach a cluster from a target's settings. Throws TargetRefused, naming the variable. */
export async function kubernetesSettings(settings: TargetSettings): Promise<KubernetesAccess> {
  const namespaces = settings.optional("NAMESPACES");
  return {
    url: settings.required("URL", "write the address of the API server, https://HOST:6443."),
    token: readSecret(
      settings,
      "TOKEN",
      "let TOKEN_FILE name the file with the token of the executor's service account.",
    ),
    ca: await authorities(settings),
    namespaces: namespaces?.split(",").map((name) => name.trim()) ?? null,
    timeoutSeconds: settings.timeoutSeconds,
  };
}

async function authorities(settings: TargetSettings): Promise<string | null> {
  const path = settings.optional("CA_FILE");
  if (path === null) return null;
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new TargetRefused(
      `The file that ${settings.variable("CA_FILE")} names cannot be read: write the path of the cluster's ` +
        "certificate authority, in PEM.",
      { cause },
    );
  }
}
