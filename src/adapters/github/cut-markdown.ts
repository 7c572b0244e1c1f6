const mostCharacters = 65_535;
const marker =
  "\n\n…\n\n**Cut here: GitHub shows at most 65,535 characters. The ledger holds the whole decision.**\n";

/** Shortens Markdown to what GitHub accepts in a check run and says so at its visible end. */
export function cutMarkdown(markdown: string): string {
  if (markdown.length <= mostCharacters) return markdown;
  const kept = markdown.slice(0, mostCharacters - marker.length);
  // Half of a surrogate pair would be refused by GitHub.
  return kept.replace(/[\uD800-\uDBFF]$/, "") + marker;
}
