import { X509Certificate } from "node:crypto";
import { TargetRefused } from "../../../ports/target.ts";
import { isLoopback } from "../../loopback.ts";
import { isDn, sameDn } from "./dn.ts";

/** What the settings say of one directory. */
export interface LdapTargetOptions {
  /** `ldaps://host:port`, or `ldap://host:port` with STARTTLS. */
  readonly url: string;
  /** Distinguished name of the executor's own account. */
  readonly bindDn: string;
  /** A secret: no message ever repeats it. */
  readonly password: string;
  /** Below it identities are found by their `uid`. */
  readonly peopleBase: string;
  /** Below it permissions are found by their `cn`. */
  readonly groupsBase: string;
  /** Stands in a group that must have a member when nobody is left; nobody can log in as it. */
  readonly placeholder: string;
  /** Certificate authorities in PEM; `null`: those that Node.js trusts. */
  readonly ca: string | null;
  readonly timeoutSeconds: number;
}

/** What is needed to reach one directory; `password` is a secret. */
export interface LdapAccess extends Omit<LdapTargetOptions, "url"> {
  readonly host: string;
  readonly port: number;
  /** `none` on this very machine alone. */
  readonly encryption: "tls" | "starttls" | "none";
}

/** Checks the settings without connecting. Throws TargetRefused with what to write instead. */
export function usableAccess({ url, ...options }: LdapTargetOptions): LdapAccess {
  for (const name of ["bindDn", "peopleBase", "groupsBase", "placeholder"] as const) {
    refuseIf(!isDn(options[name]), `${settingOf[name]} must be a distinguished name: ${example}`);
  }
  refuseIf(
    sameDn(options.placeholder, options.bindDn),
    "PLACEHOLDER must name nobody who can log in, and not the executor's own account.",
  );
  // A directory takes a name with an empty password for an anonymous login, and says that it succeeded.
  refuseIf(options.password === "", "PASSWORD must not be empty.");
  refuseIf(
    !(options.timeoutSeconds > 0 && options.timeoutSeconds <= longestTimeoutSeconds),
    `The target's time-out must be more than 0 and at most ${longestTimeoutSeconds} seconds.`,
  );
  if (options.ca !== null) requireCertificate(options.ca);
  return { ...options, ...addressOf(url, options.ca) };
}

/** Node.js takes any text, and then trusts nobody. */
function requireCertificate(pem: string): void {
  try {
    new X509Certificate(pem);
  } catch (cause) {
    throw new TargetRefused("CA_FILE must hold certificates in PEM: correct the file.", { cause });
  }
}

const longestTimeoutSeconds = 3600;

const example = "write it as uid=countersign,ou=services,dc=example,dc=org.";

const settingOf = {
  bindDn: "BIND_DN",
  peopleBase: "PEOPLE_BASE",
  groupsBase: "GROUPS_BASE",
  placeholder: "PLACEHOLDER",
} as const;

type Address = Pick<LdapAccess, "host" | "port" | "encryption">;

function addressOf(text: string, ca: string | null): Address {
  const url = URL.parse(text);
  const isLdap = url?.protocol === "ldap:" || url?.protocol === "ldaps:";
  // A user, a password or a base in the URL would have no effect; and a password must not be where it is shown.
  if (!isLdap || url.hostname === "" || !isBare(url)) {
    throw new TargetRefused(
      "The target's URL cannot be used: write it as ldaps://host:port, with the account in BIND_DN and PASSWORD.",
    );
  }
  const isTls = url.protocol === "ldaps:";
  return {
    host: url.hostname.replace(/^\[(.*)\]$/u, "$1"),
    port: url.port === "" ? (isTls ? 636 : 389) : Number(url.port),
    encryption: isTls ? "tls" : isLoopback(url.hostname) && ca === null ? "none" : "starttls",
  };
}

function isBare({ username, password, pathname, search, hash }: URL): boolean {
  return [username, password, pathname.replace(/^\/$/u, ""), search, hash].join("") === "";
}

function refuseIf(wrong: boolean, message: string): void {
  if (wrong) throw new TargetRefused(message);
}
