import type { Identitystore } from "@aws-sdk/client-identitystore";
import type { SSOAdmin } from "@aws-sdk/client-sso-admin";
import { TargetRefused } from "../../../ports/target.ts";

/** The clients of the two SDKs, which are loaded only where such a target is configured. */
export interface AwsSdk {
  readonly SSOAdmin: typeof SSOAdmin;
  readonly Identitystore: typeof Identitystore;
}

/** How to reach one instance of IAM Identity Center. `credentials` are secret. */
export interface IdentityCenterAccess {
  readonly region: string;
  readonly instanceArn: string;
  readonly identityStoreId: string;
  /** `null`: what the machine has, such as the role of its instance. */
  readonly credentials: AwsCredentials | null;
  /** Another address for both services; `null` for the region's own. */
  readonly endpoint: string | null;
  readonly timeoutSeconds: number;
  /** Between two looks at an operation that goes on; 1,000. */
  readonly pollMilliseconds: number;
}

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** One question to Identity Center, of several requests. */
export interface AwsSession {
  readonly access: IdentityCenterAccess;
  readonly sso: SSOAdmin;
  readonly store: Identitystore;
  /** What every request takes along: the end of the question. */
  readonly options: { readonly abortSignal: AbortSignal };
}

/** Loads the SDKs. Throws TargetRefused where the optional dependencies were not installed. */
export async function loadAwsSdk(): Promise<AwsSdk> {
  try {
    const [{ SSOAdmin }, { Identitystore }] = await Promise.all([
      import("@aws-sdk/client-sso-admin"),
      import("@aws-sdk/client-identitystore"),
    ]);
    return { SSOAdmin, Identitystore };
  } catch (cause) {
    throw new TargetRefused(
      "The SDK of AWS is not installed: run npm ci without --omit=optional on the executor's machine.",
      { cause },
    );
  }
}

/** Runs one question with clients of its own, which keep no connection after it. */
export async function withAws<T>(
  { SSOAdmin, Identitystore }: AwsSdk,
  access: IdentityCenterAccess,
  signal: AbortSignal,
  work: (session: AwsSession) => Promise<T>,
): Promise<T> {
  const { region, credentials, endpoint } = access;
  const configuration = {
    region,
    maxAttempts: 3,
    ...(credentials === null ? {} : { credentials }),
    ...(endpoint === null ? {} : { endpoint }),
  };
  const sso = new SSOAdmin(configuration);
  const store = new Identitystore(configuration);
  try {
    return await work({ access, sso, store, options: { abortSignal: signal } });
  } finally {
    sso.destroy();
    store.destroy();
  }
}
