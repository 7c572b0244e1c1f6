import { Composer } from "yaml";
import type { CST, ParsedNode } from "yaml";

/** What the library says is wrong, an error or a warning. */
export interface Complaint {
  readonly offset: number;
  readonly message: string;
}

/**
 * Composes the tokens of a file into its contents and the first complaint about them; the next ones are mostly
 * its consequence. They are dropped before they are built, because the library makes each an `Error` with a
 * stack, and a hostile file has one at every character.
 */
export function composeYaml(
  tokens: readonly CST.Token[],
  length: number,
): { readonly contents: ParsedNode | null; readonly complaint: Complaint | null } {
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
  });
  const complaints: Complaint[] = [];
  const onError = (place: Place, _code: string, message: string) => {
    if (complaints.length === 0) complaints.push({ offset: offsetOf(place), message });
  };
  // The library hands this function on to everything that composes, but has no option for it.
  Object.assign(composer, { onError });
  const documents = [...composer.compose(tokens, true, length)];
  for (const { errors } of documents) {
    complaints.push(...errors.map(({ pos: [offset], message }) => ({ offset, message })));
  }
  return { contents: documents[0]?.contents ?? null, complaint: complaints[0] ?? null };
}

/** As the library gives it: an offset, a range, or a token. */
type Place = number | readonly number[] | { readonly offset: number };

function offsetOf(place: Place): number {
  if (typeof place === "object" && "offset" in place) return place.offset;
  return Number([place].flat()[0]);
}
