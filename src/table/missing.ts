/** Which cells mean "nothing here". */
import type { TextColumn } from "./table.ts";

/**
 * Cell texts read as missing in every column, unless the person says otherwise.
 * "None", "-" and "unknown" are not among them: they are often honest
 * categories. In a column of numbers or dates they are missing all the same
 * (`placeholders`).
 */
export const defaultMissingMarks: readonly string[] = [
  "",
  "NA",
  "N/A",
  "NaN",
  "NaT",
  "null",
  "?",
  "#N/A",
  "<NA>",
  "\\N",
];

/** Missing only where everything else in the column is a number or a date. */
const placeholders = new Set(
  "-,--,---,–,—,.,..,*,none,nil,na,n.a.,n.a,n/d,nd,nan,missing,unknown,undefined,blank,(blank),not available,no data,tbd,#div/0!,#value!,#ref!,#num!,#null!,#name?".split(
    ",",
  ),
);

const infinity = /^[-+−]?(inf|infinity|∞|1\.#inf)$/i;

function folded(text: string): string {
  return text.trim().toLowerCase();
}

/** A test for "is this cell missing", without regard to case and surrounding blanks. */
export function missingTest(marks: readonly string[]): (text: string) => boolean {
  const known = new Set(marks.map(folded));
  // Most cells are longer than any mark with a few blanks around it; folding them all would be slow.
  const longest = Math.max(0, ...marks.map((mark) => mark.length)) + 16;
  return (text) => text.length <= longest && known.has(folded(text));
}

export function isPlaceholder(text: string): boolean {
  return text.length <= 64 && placeholders.has(folded(text));
}

/** Written infinities, which are no measurement: "inf", "-Infinity", "∞" and numbers beyond a double such as 1e999. */
export function isInfinity(text: string): boolean {
  const bare = text.trim();
  if (bare.length > 64) return false;
  return infinity.test(bare) || (/^[-+]?\d+(\.\d+)?e\+?\d+$/i.test(bare) && !Number.isFinite(Number(bare)));
}

/** How often each level occurs. */
export function levelCounts(column: TextColumn): Int32Array {
  const counts = new Int32Array(column.levels.length);
  for (const code of column.codes) counts[code]!++;
  return counts;
}
