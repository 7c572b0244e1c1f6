import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";

/**
 * Asks AWS for one action, named as a policy names it, and turns what the SDK throws into the port's errors. The cause and
 * the service's own words are left out: they can quote headers and what was sent.
 */
export async function askAws<T>(action: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw awsProblem(action, error);
  }
}

/** Asks for something that may not exist: `null` when AWS says so of that kind of thing, and of no other. */
export async function askAwsIfThere<T>(
  action: string,
  kind: "USER" | null,
  ask: () => Promise<T>,
): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    const { name, ResourceType = null } = error as SdkError;
    if (name === "ResourceNotFoundException" && ResourceType === kind) return null;
    throw awsProblem(action, error);
  }
}

interface SdkError {
  readonly name?: string;
  readonly ResourceType?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

function awsProblem(action: string, error: unknown): Error {
  if (error instanceof TargetRefused || error instanceof TargetUnreachable) return error;
  const { name = "no reason given", $metadata } = error as SdkError;
  const answered = `AWS answered ${action} with ${name}`;
  if (name === "AccessDeniedException") {
    return new TargetRefused(
      `${answered}: allow the executor's role the action ${action} in a policy, as docs/targets.md shows.`,
    );
  }
  if (badCredentials.includes(name)) {
    return new TargetRefused(
      `${answered}: the executor's credential for AWS is wrong or has ended.`,
    );
  }
  if (name === "ResourceNotFoundException") {
    return new TargetRefused(
      `${answered}: check INSTANCE_ARN, IDENTITY_STORE_ID and REGION of the target, and the account in the catalogue.`,
    );
  }
  if (final.includes(name)) return new TargetRefused(`${answered}: check the target's settings.`);
  const status = $metadata?.httpStatusCode;
  const seen = status === undefined ? name : `${name}, ${status}`;
  return new TargetUnreachable(
    `AWS did not do ${action} (${seen}): what the target holds is unknown; try again.`,
  );
}

const badCredentials = [
  "CredentialsProviderError",
  "ExpiredTokenException",
  "IncompleteSignatureException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "MissingAuthenticationTokenException",
  "UnrecognizedClientException",
];
const final = ["ValidationException", "ServiceQuotaExceededException"];
