/**
 * Makes text from files or accounts harmless in a terminal: what moves the cursor, sets colours, turns the direction of
 * writing, hides or breaks a line becomes a space, so that nothing can pass for a line of ours (H8).
 */
export function terminalText(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, " ");
}
