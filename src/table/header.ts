/** The first row: is it names or data, and what are the columns called? */
import { count, plural, t } from "../language/words.ts";
import { isInfinity, missingTest, defaultMissingMarks } from "./missing.ts";
import { quoted } from "./said.ts";

const isMissing = missingTest(defaultMissingMarks);
const dataLike =
  /^\s*[-+]?([$€£]\s?)?(\d[\d.,' ]*|\.\d+)(e[-+]?\d+)?\s?%?\s*$|^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?$/i;

/** Reads as a value rather than as a name. */
export function isValue(cell: string): boolean {
  return cell.length < 64 && (dataLike.test(cell) || isInfinity(cell));
}

/**
 * Does the first of these rows name the columns? Two signs speak against it:
 * numbers and dates where the columns below hold numbers and dates, and words
 * that come again below.
 *
 * @param rows the file's first rows, the doubtful one included.
 */
export function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...body] = rows;
  if (first === undefined) return true;
  const filled = first.filter((cell) => !isMissing(cell));
  if (filled.length === 0 || isCounting(first)) return true;
  if (filled.every(isValue)) return false;

  let values = 0; // columns of values, whose first cell is a value too
  let names = 0; // … whose first cell is none
  let repeated = 0; // columns of words whose first cell comes again
  let words = 0;
  first.forEach((cell, column) => {
    const below = body.map((row) => row[column] ?? "").filter((text) => !isMissing(text));
    if (below.length === 0 || isMissing(cell)) return;
    if (below.filter(isValue).length >= 0.9 * below.length) {
      if (isValue(cell)) values++;
      else names++;
    } else {
      words++;
      if (below.includes(cell)) repeated++;
    }
  });
  const years = filled.filter((cell) => /^\s*(1[89]|20|21)\d\d\s*$/.test(cell)).length;
  if (values > 0 && names === 0 && years < values) return false;
  return !(values + names === 0 && body.length >= 3 && words >= 2 && repeated === words);
}

/** 0,1,2,3… : what pandas writes for a table without names. */
function isCounting(cells: readonly string[]): boolean {
  return cells.length >= 4 && cells.every((cell, i) => cell === String(i));
}

export interface ColumnNames {
  readonly names: readonly string[];
  readonly issues: readonly string[];
}

/** Gives every column a name of its own: empty ones "column 3", later duplicates "name (2)". */
export function columnNames(header: readonly string[], width: number): ColumnNames {
  const taken = new Set(header);
  const seen = new Set<string>();
  const empty: string[] = [];
  const renamed: string[] = [];
  const tried = new Map<string, number>();
  const free = (name: string): string => {
    for (let n = (tried.get(name) ?? 1) + 1; ; n++) {
      tried.set(name, n);
      const next = `${name} (${n})`;
      if (!taken.has(next) && !seen.has(next)) return next;
    }
  };
  const names = Array.from({ length: width }, (_, i) => {
    const own = header[i] ?? "";
    let name = own;
    if (own.trim() === "") {
      name = `column ${i + 1}`;
      if (taken.has(name) || seen.has(name)) name = free(name);
      empty.push(name);
    } else if (seen.has(own)) {
      name = free(own);
      renamed.push(name);
    }
    seen.add(name);
    return name;
  });
  const issues: string[] = [];
  if (empty.length > 0)
    issues.push(t`${plural(empty.length, "column")} without a name: called ${listed(empty)}.`);
  if (renamed.length > 0) {
    const twins = renamed.length === 1 ? t`column has` : t`columns have`;
    issues.push(t`${count(renamed.length)} ${twins} the name of another: called ${listed(renamed)}.`);
  }
  return { names, issues };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map(quoted).join(", ");
  return names.length > 5 ? t`${shown} and ${count(names.length - 5)} more` : shown;
}
