/**
 * Gives the GraphQL address that belongs to a REST base URL: `<base>/graphql`, and `/api/graphql` where the
 * base ends in `/api/v3` (GitHub Enterprise Server).
 */
export function graphqlUrlOf(apiUrl: string): string {
  const base = withoutSlash(apiUrl);
  if (base.endsWith("/api/v3")) return base.replace(/\/api\/v3$/, "/api/graphql");
  return `${base}/graphql`;
}

/**
 * Says what is wrong with GITHUB_API_URL and GITHUB_GRAPHQL_URL, or `null`. Octokit derives the second
 * from the first, so a second one that differs would be ignored silently: it is refused instead.
 */
export function githubUrlsProblem(apiUrl: string, graphqlUrl: string | null): string | null {
  if (!isHttp(apiUrl)) {
    return `GITHUB_API_URL is ${quoted(apiUrl)}, which is not an http(s) address. Write for example https://api.github.com.`;
  }
  const expected = graphqlUrlOf(apiUrl);
  if (graphqlUrl === null || withoutSlash(graphqlUrl) === expected) return null;
  return (
    `GITHUB_GRAPHQL_URL is ${quoted(graphqlUrl)}, but ${expected} belongs to GITHUB_API_URL ` +
    `${quoted(apiUrl)}. Remove GITHUB_GRAPHQL_URL or write ${expected}.`
  );
}

function isHttp(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return ["http:", "https:"].includes(protocol) && username === "" && password === "";
}

function withoutSlash(url: string): string {
  return url.endsWith("/") ? url.slice(0, -1) : url;
}

// A URL may carry a password: what is shown is never more than its host and path.
function quoted(url: string): string {
  return `"${url.replace(/\/\/[^/@]*@/, "//…@").replace(/[?#].*$/s, "")}"`;
}
