/** One object as `git cat-file --batch` hands it out; `null` in place of one that is not there. */
export interface BatchObject {
  readonly oid: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/**
 * Cuts the output of `git cat-file --batch` into answers, in the order of the questions, without holding
 * more than one object. Throws on output that cannot be cut: then nothing of it is believed.
 */
export function batchAnswers(
  onAnswer: (object: BatchObject | null) => void,
): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let open: { oid: string; type: string; size: number; parts: Buffer[]; held: number } | null =
    null;

  const readHeader = (): "done" | "more" => {
    const end = rest.indexOf(10);
    if (end < 0) return "more";
    const line = rest.toString("latin1", 0, end);
    rest = rest.subarray(end + 1);
    const found = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(line);
    if (found) {
      open = {
        oid: found[1] ?? "",
        type: found[2] ?? "",
        size: Number(found[3]),
        parts: [],
        held: 0,
      };
    } else if (line.endsWith(" missing")) onAnswer(null);
    else throw new Error("git cat-file gave an answer that cannot be read");
    return "done";
  };

  const readBody = (body: NonNullable<typeof open>): "done" | "more" => {
    const wanted = body.size + 1 - body.held;
    const part = rest.subarray(0, wanted);
    body.parts.push(part);
    body.held += part.length;
    rest = rest.subarray(part.length);
    if (body.held <= body.size) return "more";
    const bytes = Buffer.concat(body.parts).subarray(0, body.size);
    open = null;
    onAnswer({ oid: body.oid, type: body.type, bytes });
    return "done";
  };

  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length > 0) {
      if ((open === null ? readHeader() : readBody(open)) === "more") return;
    }
  };
}
