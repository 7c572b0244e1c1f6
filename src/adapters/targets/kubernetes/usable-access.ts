import { TargetRefused } from "../../../ports/target.ts";
import type { KubernetesAccess } from "./kubernetes-api.ts";

/** Requires that the access can be used at all. Throws TargetRefused; no message repeats the token. */
export function usableAccess(access: KubernetesAccess): KubernetesAccess {
  const { token, ca, namespaces, timeoutSeconds } = access;
  const url = URL.parse(access.url);
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isHere(url));
  refuseIf(
    !isSafe || url.username !== "" || url.password !== "" || url.search !== "",
    "The target's URL cannot be used: write https://HOST:6443, without a user name. Only to this very machine does http go.",
  );
  // A line break would end the header.
  refuseIf(
    !/^[\x21-\x7e]+$/u.test(token),
    "The target's TOKEN is no bearer token: write the token of the executor's service account, on one line.",
  );
  refuseIf(
    ca !== null && !ca.includes("-----BEGIN CERTIFICATE-----"),
    "The target's CA_FILE holds no certificate in PEM.",
  );
  const odd = namespaces?.find((one) => !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u.test(one));
  refuseIf(
    odd !== undefined || namespaces?.length === 0,
    "The target's NAMESPACES must be names of namespaces with commas between them.",
  );
  refuseIf(
    !(timeoutSeconds > 0 && timeoutSeconds <= 3600),
    "The target's time-out must be more than 0 and at most 3600 seconds.",
  );
  return access;
}

function isHere({ hostname }: URL): boolean {
  return ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

function refuseIf(wrong: boolean, message: string): void {
  if (wrong) throw new TargetRefused(message);
}
