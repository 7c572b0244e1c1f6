import { randomUUID } from "node:crypto";
import { oddAnswer } from "../http/http-problems.ts";
import type { HttpSystem } from "../http/http-system.ts";
import { listOf, objectOf, textOf } from "../http/json-fields.ts";
import { startQuestion } from "../http/start-question.ts";
import type { WebhookSigner } from "./webhook-signer.ts";

/** Whom to ask about, and the instant that the request is signed with. */
export interface ReadBackQuestion {
  readonly identity: string;
  readonly at: Date;
}

const purpose = "reading back";

/**
 * Asks the receiver what the identity holds: the names, sorted, each once. The answer must name the identity again, so that
 * no other answer is taken for it. An identity that the receiver says it does not know holds nothing; every other 404 says
 * as little as a receiver that does not answer.
 */
export async function readBack(
  system: HttpSystem,
  signer: WebhookSigner,
  { identity, at }: ReadBackQuestion,
): Promise<readonly string[]> {
  if (identity === "") return [];
  const answer = await startQuestion(system)({
    method: "GET",
    path: addressFor(system.base, identity),
    purpose,
    json: [200, 404],
    done: [],
    // Over the empty body that a GET has; the secret itself never travels.
    headers: signer({ id: `read_${randomUUID()}`, at, body: "" }),
  });
  const fields = objectOf(answer.body);
  if (fields["identity"] !== identity) {
    throw oddAnswer(system, { purpose }, "without the identity that was asked about");
  }
  if (answer.status === 200) return readNames(system, fields["permissions"]);
  if (fields["error"] === "unknown-identity") return [];
  throw oddAnswer(system, { purpose }, "404 without saying that it does not know the identity");
}

function addressFor(base: URL, identity: string): URL {
  const url = new URL(base);
  url.searchParams.set("identity", identity);
  return url;
}

function readNames(system: HttpSystem, permissions: unknown): readonly string[] {
  const names = listOf(permissions)?.map(textOf) ?? [null];
  const texts = names.filter((name) => name !== null);
  if (texts.length === names.length) return [...new Set(texts)].sort();
  throw oddAnswer(system, { purpose }, "without a list of names");
}
