/** The markup of lessons: `{real|real rows}` stands for words in the colour of a role. */
export type WordRole = "real" | "synthetic" | "holdout";
export interface Piece {
  readonly role?: WordRole;
  readonly text: string;
}

const marked = /\{(real|synthetic|holdout)\|([^{}|]+)\}/u;

/** @throws Error where a brace is left that marks nothing. */
export function parseWords(text: string): readonly Piece[] {
  // Splitting by a pattern with two groups gives: plain, role, words, plain, role, words, …, plain.
  const parts = text.split(marked);
  const pieces = parts.flatMap((part, i): Piece[] => {
    if (i % 3 === 1) return [];
    return i % 3 === 2
      ? [{ role: parts[i - 1] as WordRole, text: part }]
      : part === ""
        ? []
        : [{ text: part }];
  });
  if (pieces.some((piece) => /[{}]/u.test(piece.text)))
    throw new Error(`The words "${text.slice(0, 60)}" have a brace that marks no role.`);
  return pieces;
}
