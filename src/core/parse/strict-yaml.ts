import type { Json } from "../model/json.ts";
import type { Parsed, Problem } from "../model/problem.ts";
import { composeYaml } from "./compose-yaml.ts";
import type { Complaint } from "./compose-yaml.ts";
import { positionAt } from "./position.ts";
import { readText } from "./read-text.ts";
import { readNode } from "./yaml-node.ts";
import type { Place } from "./yaml-node.ts";
import { yamlTokens } from "./yaml-tokens.ts";
import type { SyntaxFault } from "./yaml-tokens.ts";

/** Size caps, checked before anything looks at the content. */
export const maxRequestBytes = 16 * 1024;
export const maxGovernanceBytes = 256 * 1024;

/** A file that was read strictly: plain values, and where in the text each of them stands. */
export interface StrictDocument {
  readonly path: string;
  readonly text: string;
  /** Its objects have no prototype, so that no name from the file is a property of `Object`. */
  readonly value: Json;
  /** By JSON pointer. */
  readonly places: ReadonlyMap<string, Place>;
}

/**
 * Parses one YAML 1.2 document of attacker-controlled text; JSON is YAML, so it reads JSON too. Never
 * throws. Refuses everything that two readers could understand differently: duplicate keys, anchors,
 * aliases, merge keys, tags, directives, several documents, ambiguous numbers, invisible characters.
 */
export function parseStrictYaml(
  path: string,
  source: Uint8Array | string,
  maxBytes: number,
): Parsed<StrictDocument> {
  const text = readText(path, source, { maxBytes, tabs: "refused" });
  if (!text.ok) return text;
  const problemAt = (fault: SyntaxFault): Problem => ({
    path,
    ...positionAt(text.value, fault.offset),
    code: fault.code,
    message: fault.message,
    fix: fault.fix,
  });
  // A file of ours has a key, value, sign or space every two to four bytes.
  const tokens = yamlTokens(text.value, (maxBytes * 5) / 8);
  if (!tokens.ok) return { ok: false, problems: tokens.faults.map(problemAt) };
  const { contents, complaint } = composeYaml(tokens.tokens, text.value.length);
  if (complaint !== null) return { ok: false, problems: [problemAt(syntaxFault(complaint))] };
  const node = readNode(contents);
  if (node.faults.length > 0) return { ok: false, problems: node.faults.map(problemAt) };
  return { ok: true, value: { path, text: text.value, value: node.value, places: node.places } };
}

/** Makes a problem at a value (or at its key) of a document that was read strictly. */
export function problemAt(
  document: StrictDocument,
  pointer: string,
  part: keyof Place,
  fault: Pick<Problem, "code" | "message" | "fix">,
): Problem {
  const offset = document.places.get(pointer)?.[part] ?? 0;
  return { path: document.path, ...positionAt(document.text, offset), ...fault };
}

function syntaxFault({ offset, message }: Complaint): SyntaxFault {
  const [first = "."] = message.split("\n");
  return {
    offset,
    code: "broken-yaml",
    message: `${first}.`,
    fix: "Mend the YAML here: `key: value`, two spaces for each level, quotes around special characters.",
  };
}
