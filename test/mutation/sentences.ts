/** The part of a syntax node that is looked at. */
interface SyntaxNode {
  readonly type: string;
  readonly value?: unknown;
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
}

const reason = "A sentence for people: its wording decides nothing.";

/**
 * A plugin of the mutation run that leaves out what only people read. A text is a sentence when two words of it stand beside each
 * other; no code, kind, role, path or key has that. Those, and every condition around a sentence, are mutated like everything
 * else.
 */
export const strykerPlugins = [
  {
    kind: "Ignore",
    name: "sentences",
    value: {
      shouldIgnore: ({ node }: { readonly node: SyntaxNode }): string | undefined =>
        fixedTexts(node).some((text) => /\p{L}[,;:]? \p{L}/u.test(text)) ? reason : undefined,
    },
  },
];

function fixedTexts({ type, value, quasis = [] }: SyntaxNode): readonly string[] {
  if (type === "TemplateLiteral") return quasis.map((quasi) => quasi.value.raw);
  return type === "StringLiteral" && typeof value === "string" ? [value] : [];
}
