/** Names the transports git may use: `none` for an auditor's clone, which must never ask a network. */
export type GitTransports = "remote" | "none";

/** One line of git configuration, given through the environment. */
export interface GitSetting {
  readonly key: string;
  readonly value: string;
}

/**
 * Builds the whole environment of a git process: nothing of the machine's or the user's configuration
 * reaches it, and settings of the repository that could run a program, follow a replacement or trust a
 * cache are overruled. Settings go through `GIT_CONFIG_*`, so a token is neither in the process list nor
 * in a file.
 */
export function gitEnvironment(
  gitDir: string | null,
  transports: GitTransports,
  settings: readonly GitSetting[] = [],
): Record<string, string> {
  const environment = new Map<string, string>([...inherited(), ...fixed]);
  environment.set("GIT_ALLOW_PROTOCOL", transports === "remote" ? "http:https:file" : "none");
  if (gitDir !== null) environment.set("GIT_DIR", gitDir);
  const all = [...overruled, ...settings];
  environment.set("GIT_CONFIG_COUNT", String(all.length));
  all.forEach(({ key, value }, index) => {
    environment.set(`GIT_CONFIG_KEY_${index}`, key);
    environment.set(`GIT_CONFIG_VALUE_${index}`, value);
  });
  return Object.fromEntries(environment);
}

function inherited(): [string, string][] {
  return passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as [string, string]];
  });
}

/** What a machine needs to find git, its certificates and its way out. */
const passedOn = [
  "PATH",
  "TMPDIR",
  "http_proxy",
  "https_proxy",
  "HTTPS_PROXY",
  "all_proxy",
  "ALL_PROXY",
  "no_proxy",
  "NO_PROXY",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
] as const;

const fixed: readonly [string, string][] = [
  // libcurl would read credentials from $HOME/.netrc.
  ["HOME", "/dev/null"],
  ["LC_ALL", "C"],
  ["GIT_CONFIG_NOSYSTEM", "1"],
  ["GIT_CONFIG_SYSTEM", "/dev/null"],
  ["GIT_CONFIG_GLOBAL", "/dev/null"],
  ["GIT_ATTR_NOSYSTEM", "1"],
  ["GIT_TERMINAL_PROMPT", "0"],
  // Replacements and grafts show other commits than the oid names.
  ["GIT_NO_REPLACE_OBJECTS", "1"],
  ["GIT_GRAFT_FILE", "/dev/null"],
  ["GIT_NO_LAZY_FETCH", "1"],
  ["GIT_LITERAL_PATHSPECS", "1"],
  ["GIT_OPTIONAL_LOCKS", "0"],
];

const overruled: readonly GitSetting[] = [
  { key: "core.hooksPath", value: "/dev/null" },
  { key: "core.fsmonitor", value: "false" },
  { key: "core.askPass", value: "" },
  { key: "credential.helper", value: "" },
  // A commit-graph file is a cache that can lie about parents.
  { key: "core.commitGraph", value: "false" },
  { key: "core.useReplaceRefs", value: "false" },
  // Heads that a force-push took away stay readable: nothing is ever collected.
  { key: "gc.auto", value: "0" },
  { key: "maintenance.auto", value: "false" },
  { key: "fetch.recurseSubmodules", value: "false" },
  { key: "push.followTags", value: "false" },
  { key: "push.gpgSign", value: "false" },
  // curl would carry the Authorization header to wherever a redirect points.
  { key: "http.followRedirects", value: "false" },
];
