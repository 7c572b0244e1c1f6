import type { World } from "./world.ts";

/** Ends every installation token now; personal tokens stay. */
export function expireTokens(world: World): void {
  for (const [secret, token] of world.tokens) {
    if (token.kind === "installation") world.tokens.set(secret, { ...token, expiresAt: 0 });
  }
}
