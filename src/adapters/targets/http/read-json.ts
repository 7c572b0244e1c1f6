import { OddAnswer } from "./http-problems.ts";

/** How many bytes a question may still take in. */
export interface ByteBudget {
  left: number;
}

/**
 * Reads a body as JSON, at most as far as the budget goes. Throws OddAnswer for what is none: a log-in page or a proxy's
 * error must never pass for an answer of the system.
 */
export async function readJson(response: Response, budget: ByteBudget): Promise<unknown> {
  const type = response.headers.get("content-type") ?? "";
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/iu.test(type)) {
    await response.body?.cancel();
    throw new OddAnswer("with something that is not JSON");
  }
  const bytes = await readBytes(response, budget);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new OddAnswer("with JSON that cannot be read");
  }
}

async function readBytes(response: Response, budget: ByteBudget): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const body: AsyncIterable<Uint8Array> | null = response.body;
  if (body === null) return new Uint8Array();
  // Counted after decompression: leaving the loop cancels the rest.
  for await (const chunk of body) {
    budget.left -= chunk.byteLength;
    if (budget.left < 0) throw new OddAnswer("with more than this program is willing to read");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
