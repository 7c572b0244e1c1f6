import { readSecret } from "../read-secret.ts";
import type { TargetSettings } from "../target-settings.ts";
import type { AwsCredentials, IdentityCenterAccess } from "./aws-session.ts";

/** Reads how to reach an instance of Identity Center from a target's settings. Throws TargetRefused, naming the variable. */
export function identityCenterSettings(settings: TargetSettings): IdentityCenterAccess {
  return {
    region: settings.required("REGION", "write the region of the instance."),
    instanceArn: settings.required("INSTANCE_ARN", "write the ARN of the instance."),
    identityStoreId: settings.required(
      "IDENTITY_STORE_ID",
      "write the id of the instance's identity store.",
    ),
    credentials: credentialsIn(settings),
    endpoint: settings.optional("URL"),
    timeoutSeconds: settings.timeoutSeconds,
    pollMilliseconds: 1000,
  };
}

function credentialsIn(settings: TargetSettings): AwsCredentials | null {
  const accessKeyId = settings.optional("ACCESS_KEY_ID");
  if (accessKeyId === null) return null;
  const secretAccessKey = readSecret(settings, "SECRET_ACCESS_KEY", "it belongs to ACCESS_KEY_ID.");
  const sessionToken = settings.optional("SESSION_TOKEN");
  return { accessKeyId, secretAccessKey, ...(sessionToken === null ? {} : { sessionToken }) };
}
