/** What a column's values are like, whatever they mean: yes or no, sentences, names of rows. */
import { parseNumber } from "./number.ts";
import type { NumberFormat } from "./table.ts";

/** The column with its missing cells set aside. */
export interface Present {
  readonly name: string;
  readonly rows: number;
  /** Distinct texts and how many rows have each. */
  readonly texts: readonly string[];
  readonly counts: readonly number[];
  /** Rows that are not missing. */
  readonly filled: number;
}

const pairs = ["true|false", "yes|no", "y|n", "t|f", "on|off", "1|0", "1.0|0.0"].map(
  (pair) => new Set(pair.split("|")),
);

/** Two values that are a yes and a no in one of the usual spellings. */
export function isBoolean({ texts }: Present): boolean {
  if (texts.length !== 2) return false;
  const [a, b] = texts.map((text) => text.trim().toLowerCase());
  return a !== b && pairs.some((pair) => pair.has(a!) && pair.has(b!));
}

const idWords = new Set(["id", "uid", "uuid", "guid", "key", "idx", "rowid", "rownum", "rownumber"]);
const timeWords = /^(years?|dates?|time|months?|weeks?|days?|hours?|minutes?|seconds?|age|steps?|epochs?)$/;

/** "customerId", "order_date" -> ["customer", "id"], ["order", "date"]. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function hasIdName(name: string): boolean {
  const words = wordsOf(name);
  return (
    idWords.has(words[0] ?? "") ||
    idWords.has(words.at(-1) ?? "") ||
    /^(index|row|unnamed 0)$/.test(words.join(" "))
  );
}

/**
 * Whole numbers that only say which row this is.
 *
 * @param distinct how many different numbers the column has.
 */
export function namesRows(present: Present, format: NumberFormat, distinct: number): boolean {
  if (format.decimals > 0 || format.prefix.trim() !== "" || format.suffix.trim() !== "") return false;
  if (hasIdName(present.name)) {
    return distinct >= 0.9 * present.filled || (distinct >= 50 && distinct >= 0.5 * present.filled);
  }
  if (
    distinct !== present.filled ||
    distinct < 10 ||
    wordsOf(present.name).some((word) => timeWords.test(word))
  )
    return false;
  // Counting up or down by the same step from row to row, as row numbers do.
  const values = present.texts.map((text) => parseNumber(text, format));
  const step = values[1]! - values[0]!;
  return Math.abs(step) === 1 && values.every((value, i) => i === 0 || value - values[i - 1]! === step);
}

/** Sentences: long, with blanks, and rarely twice the same. */
export function isProse(present: Present): boolean {
  let letters = 0;
  let words = 0;
  for (let i = 0; i < present.texts.length; i++) {
    const text = present.texts[i]!;
    letters += text.length * present.counts[i]!;
    words += (text.length > 2000 ? text.length / 6 : text.trim().split(/\s+/).length) * present.counts[i]!;
  }
  const mean = letters / present.filled;
  if (mean > 200) return true;
  if (present.texts.length < 0.5 * present.filled || present.texts.length < 5) return false;
  return words / present.filled >= 5 || (mean >= 40 && words / present.filled >= 3);
}

const shapes = [
  /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i, // UUID
  /^[0-9a-f]{16,}$/i, // hash
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/, // e-mail address
  /^https?:\/\//i,
  /^\+\d[\d ()-]{6,}$/, // telephone
];

/** Names, codes and keys that (nearly) every row has its own of. */
export function isLabel(present: Present): boolean {
  const share = present.texts.length / present.filled;
  const n = present.texts.length;
  if (
    n >= 3 &&
    share >= 0.5 &&
    shapes.some((shape) => present.texts.every((text) => shape.test(text.trim())))
  )
    return true;
  if (hasIdName(present.name) && share >= 0.9 && n >= 3) return true;
  return (share >= 0.9 && n >= 10) || (share > 0.5 && n >= 100);
}
