const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/**
 * Writes out what a reader could not see or what would turn the direction of writing: control and bidirectional characters, line
 * ends, invisible letters and spaces of other kinds become their number, such as `[U+202E]`. Everything else stays.
 */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => {
    const number = character.codePointAt(0) ?? 0;
    return `[U+${number.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}
