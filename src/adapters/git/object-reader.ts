import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { Socket } from "node:net";
import { batchAnswers } from "./batch-answers.ts";
import type { BatchObject } from "./batch-answers.ts";
import type { GitClient } from "./git-client.ts";
import { isOid, objectId } from "./oid.ts";

/** Reads objects by id from one repository. Every object's bytes are hashed: an altered one is refused. */
export interface ObjectReader {
  /**
   * Reads objects in the order asked; `null` for one that is not there. A question is an object id, or a
   * tree's id with a path (`<tree>:entry.dsse.json`). Rejects with ObjectAltered and when git fails.
   */
  read(questions: readonly string[]): Promise<readonly (BatchObject | null)[]>;
}

/** Bytes in the repository that do not hash to their name: somebody changed the object store by hand. */
export class ObjectAltered extends Error {
  override readonly name = "ObjectAltered";
}

/**
 * Opens a reader. Small questions share one `git cat-file --batch` that ends by itself when idle and never
 * keeps this program alive; many at once get a process of their own that streams.
 */
export function objectReader(client: GitClient): ObjectReader {
  let shared: BatchProcess | null = null;
  const sharedProcess = (): BatchProcess => {
    shared ??= batchProcess(client, [], (ended) => {
      if (shared === ended) shared = null;
    });
    return shared;
  };
  return {
    read: async (questions) => {
      questions.forEach(requireQuestion);
      const objects =
        questions.length > bulk
          ? await readBulk(client, questions)
          : await Promise.all(questions.map((question) => sharedProcess().ask(question)));
      objects.forEach((object, index) => requireUnaltered(object, questions[index] ?? ""));
      return objects;
    },
  };
}

const bulk = 512;
const idleSeconds = 2;
const mostAnswered = 256;

/** A line break in a question would shift every later answer to the wrong question. */
function requireQuestion(question: string): void {
  if (isOid(question) || /^[0-9a-f]{40,64}:[a-z.]+$/.test(question)) return;
  throw new RangeError("an object is asked for by its full id");
}

function requireUnaltered(object: BatchObject | null, question: string): void {
  if (object === null) return;
  const named = isOid(question) ? question : object.oid;
  if (objectId(object.type, object.bytes, named) === named) return;
  throw new ObjectAltered(
    `object ${object.oid} does not hash to its name: take a fresh clone and look again`,
  );
}

interface BatchProcess {
  ask(question: string): Promise<BatchObject | null>;
  /** Says that no question follows; the process answers what it has and ends. */
  end(): void;
}

async function readBulk(client: GitClient, questions: readonly string[]) {
  const own = batchProcess(client, ["--buffer"], () => undefined);
  const answers = questions.map((question) => own.ask(question));
  own.end();
  return Promise.all(answers);
}

interface Waiting {
  readonly resolve: (object: BatchObject | null) => void;
  readonly reject: (error: Error) => void;
}

function batchProcess(
  client: GitClient,
  options: readonly string[],
  onEnd: (ended: BatchProcess) => void,
): BatchProcess {
  const child = spawn("git", ["cat-file", "--batch", ...options], { env: client.environment });
  const waiting: Waiting[] = [];
  let next = 0;
  let said = "";
  let idle: NodeJS.Timeout | undefined;

  const fail = (error: Error): void => {
    onEnd(own);
    waiting
      .splice(0)
      .slice(next)
      .forEach(({ reject }) => reject(error));
    next = 0;
  };
  const answer = (object: BatchObject | null): void => {
    waiting[next]?.resolve(object);
    next += 1;
    if (next < waiting.length) {
      // Who always asks more before the last answer came would keep every answer for ever.
      if (next < mostAnswered) return;
      waiting.splice(0, next);
      next = 0;
      return;
    }
    waiting.length = 0;
    next = 0;
    letGo(child);
    idle = setTimeout(end, idleSeconds * 1000).unref();
  };
  const end = (): void => {
    onEnd(own);
    child.stdin.end();
  };
  const accept = batchAnswers(answer);
  child.stdout.on("data", (chunk: Buffer) => {
    try {
      accept(chunk);
    } catch (cause) {
      child.kill();
      fail(new Error("git cat-file could not be understood", { cause }));
    }
  });
  child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-1000)));
  child.stdin.on("error", () => undefined);
  child.on("error", (cause) => fail(new Error("git could not be run", { cause })));
  child.on("close", () => fail(new Error(`git cat-file ended early: ${said.trim()}`)));

  const ask = (question: string): Promise<BatchObject | null> =>
    new Promise((resolve, reject) => {
      clearTimeout(idle);
      hold(child);
      waiting.push({ resolve, reject });
      child.stdin.write(`${question}\n`);
    });
  const own: BatchProcess = { ask, end };
  return own;
}

function hold(child: ChildProcessWithoutNullStreams): void {
  child.ref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    if (stream instanceof Socket) stream.ref();
  }
}

function letGo(child: ChildProcessWithoutNullStreams): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    if (stream instanceof Socket) stream.unref();
  }
}
