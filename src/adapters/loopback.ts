/** Tells whether a host of a URL is this very machine, so that what is sent there in clear reaches nobody else. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return ["localhost", "[::1]"].includes(host) || /^127(\.\d{1,3}){3}$/.test(host);
}
