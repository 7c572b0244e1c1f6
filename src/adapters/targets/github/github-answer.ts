import { ForgeRefused, ForgeUnavailable } from "../../../ports/forge-reader.ts";
import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";
import { askGitHub } from "../../github/github-errors.ts";

/**
 * Runs one conversation with GitHub about a target and turns what it throws into the port's two errors. A message never
 * holds a token.
 */
export async function askForTarget<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ForgeRefused) throw new TargetRefused(error.message, { cause: error });
    if (error instanceof ForgeUnavailable) {
      const sentence = `${error.message}. What the target holds is unknown; try again.`;
      throw new TargetUnreachable(sentence, { cause: error });
    }
    throw error;
  }
}

/** Asks one REST question. A refusal says which permission of the target's own App may be missing. */
export function askTarget<T>(doing: string, ask: () => Promise<T>): Promise<T> {
  return askGitHub(doing, ask, (status) => {
    if (status === 401) return ". Check APP_ID and PRIVATE_KEY_FILE of this target.";
    if (status !== 403 && status !== 404) return "";
    return (
      ". Check that the target's own App is installed on the organisation and has the permissions of " +
      "docs/targets.md, and that the identity provider does not manage this by itself."
    );
  });
}

/**
 * Asks for something that may not exist: `null` is GitHub's 404. Only with a token whose permissions were granted is it an
 * answer: what an App may not see is a 404 too.
 */
export async function askIfThere<T>(doing: string, ask: () => Promise<T>): Promise<T | null> {
  try {
    return await askTarget(doing, ask);
  } catch (error) {
    if (error instanceof ForgeRefused && error.status === 404) return null;
    throw error;
  }
}
