import { readFileSync } from "node:fs";
import { defaultPatience } from "../adapters/github/patient-octokit.ts";
import { defaultGatherMilliseconds } from "../record/ledger.ts";
import { StartRefused } from "./start-refused.ts";

/** Environment variables as a command sees them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a variable that must be there; an empty one is missing. */
export function required(env: Environment, name: string, fix: string): string {
  const value = env[name]?.trim();
  if (value !== undefined && value !== "") return value;
  throw new StartRefused(`${name} is missing: ${fix}`);
}

/** Reads a variable that may be absent. */
export function optional(env: Environment, name: string, fallback: string): string {
  const value = env[name]?.trim();
  return value === undefined || value === "" ? fallback : value;
}

/** Reads a whole number of at least `least`. */
export function wholeNumber(
  env: Environment,
  name: string,
  { least, fallback }: { readonly least: number; readonly fallback?: number },
): number {
  const text =
    fallback === undefined
      ? required(env, name, `set it to a whole number of at least ${least}.`)
      : optional(env, name, String(fallback));
  const value = Number(text);
  if (/^\d+$/u.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new StartRefused(`${name} is "${text}": set it to a whole number of at least ${least}.`);
}

/** Reads how long entries gather for one push while others are being pushed. */
export function gatherMilliseconds(env: Environment): number {
  const fallback = defaultGatherMilliseconds;
  return wholeNumber(env, "COUNTERSIGN_GATHER_MILLISECONDS", { least: 0, fallback });
}

/** Reads how far apart writes to the API are; less than GitHub asks for is for servers without rate limits alone. */
export function writeIntervalMilliseconds(env: Environment): number {
  const fallback = defaultPatience.writeIntervalMilliseconds;
  return wholeNumber(env, "COUNTERSIGN_WRITE_INTERVAL_MILLISECONDS", { least: 0, fallback });
}

/** Reads the App's private key from `PRIVATE_KEY`, or from the file that `PRIVATE_KEY_PATH` names. */
export function appPrivateKey(env: Environment): string {
  const inline = env["PRIVATE_KEY"]?.trim();
  if (inline !== undefined && inline !== "") return inline.replaceAll("\\n", "\n");
  const path = required(env, "PRIVATE_KEY_PATH", "set it, or PRIVATE_KEY, to the App's PEM key.");
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new StartRefused(`PRIVATE_KEY_PATH names ${path}, which cannot be read.`, { cause });
  }
}

/**
 * Reads the webhook secret. Refuses a missing, short or default one: Probot would silently take the word
 * "development" for it and accept webhooks from anybody.
 */
export function webhookSecret(env: Environment): string {
  const fix =
    "set it to at least 32 random bytes, for example from `openssl rand -hex 32`, here and in the App.";
  const secret = required(env, "WEBHOOK_SECRET", fix);
  if (secret === "development" || Buffer.byteLength(secret) < 32) {
    throw new StartRefused(`WEBHOOK_SECRET is too short or a default: ${fix}`);
  }
  if (new Set(secret).size < 8) throw new StartRefused(`WEBHOOK_SECRET is not random: ${fix}`);
  return secret;
}

/** Splits `COUNTERSIGN_REPOSITORY` into owner and name. */
export function accessRepository(env: Environment): {
  readonly owner: string;
  readonly repository: string;
} {
  const fix = "set it to the access repository, for example acme/access.";
  const text = required(env, "COUNTERSIGN_REPOSITORY", fix);
  const match = /^(?<owner>[A-Za-z0-9-]+)\/(?<repository>[A-Za-z0-9._-]+)$/u.exec(text);
  const { owner, repository } = match?.groups ?? {};
  if (owner !== undefined && repository !== undefined) return { owner, repository };
  throw new StartRefused(`COUNTERSIGN_REPOSITORY is "${text}": ${fix}`);
}

/** Reads the hash of the trust root that an operator pinned by hand. */
export function pinnedRoot(env: Environment): string {
  const fix = "set it to the hash that `countersign keygen` printed, sha256:…";
  const root = required(env, "COUNTERSIGN_TRUST_ROOT", fix);
  if (/^sha256:[0-9a-f]{64}$/u.test(root)) return root;
  throw new StartRefused(`COUNTERSIGN_TRUST_ROOT is "${root}": ${fix}`);
}
