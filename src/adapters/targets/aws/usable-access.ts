import { TargetRefused } from "../../../ports/target.ts";
import type { IdentityCenterAccess } from "./aws-session.ts";

/** Requires that the access can be used at all. Throws TargetRefused; no message repeats a credential. */
export function usableAccess(access: IdentityCenterAccess): IdentityCenterAccess {
  const { region, instanceArn, identityStoreId, endpoint, timeoutSeconds } = access;
  refuseIf(
    !/^[a-z]{2}(?:-[a-z]+)+-\d$/u.test(region),
    "The target's REGION is none: write the region of the instance, such as eu-central-1.",
  );
  refuseIf(
    !/^arn:aws[a-z-]*:sso:::instance\/(?:sso)?ins-[a-zA-Z0-9.-]{16}$/u.test(instanceArn),
    "The target's INSTANCE_ARN is none: write it as arn:aws:sso:::instance/ssoins-1234567890abcdef.",
  );
  refuseIf(
    !/^d-[0-9a-f]{10}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(identityStoreId),
    "The target's IDENTITY_STORE_ID is none: write it as d-1234567890.",
  );
  refuseIf(
    endpoint !== null && !isSafe(endpoint),
    "The target's URL cannot be used: write https://HOST. Only to this very machine does http go.",
  );
  refuseIf(
    !(timeoutSeconds > 0 && timeoutSeconds <= 3600),
    "The target's time-out must be more than 0 and at most 3600 seconds.",
  );
  return access;
}

function isSafe(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return false;
  const isHere = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && isHere);
}

function refuseIf(wrong: boolean, message: string): void {
  if (wrong) throw new TargetRefused(message);
}
