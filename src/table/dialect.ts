/**
 * How a file lays out its table: which delimiter, which lines come before the
 * header, whether there is a header at all. Decided on the file's first rows.
 */
import { plural, t } from "../language/words.ts";
import { firstRows } from "./cells.ts";
import { columnNames, hasHeader, isValue } from "./header.ts";
import { quoted } from "./said.ts";

export const delimiters = [",", ";", "\t", "|"] as const;

export interface Dialect {
  readonly delimiter: string;
  /** Rows of the file before the first row of data: title lines, `sep=;`, the header. */
  readonly skip: number;
  /** The header as it stands in the file; empty where there is none. */
  readonly header: readonly string[];
  readonly names: readonly string[];
  readonly issues: readonly string[];
}

export interface DialectHints {
  readonly delimiter?: string | undefined;
  readonly header?: boolean | undefined;
}

const looked = 200;

/**
 * @param sample the file's beginning.
 * @param last the sample is the whole file.
 */
export function detectDialect(sample: string, last: boolean, hints: DialectHints = {}): Dialect {
  const issues: string[] = [];
  // Excel's own note to itself about the delimiter.
  const note = /^sep=([,;\t|])[\r\n]/i.exec(sample);
  const delimiter = hints.delimiter ?? note?.[1] ?? detectDelimiter(sample, last);
  const rows = firstRows(sample, delimiter, last, looked);
  const usual = usualWidth(rows);

  let skip = note === null ? 0 : 1;
  const start = skip;
  const blank = (row: readonly string[] | undefined): boolean => row?.length === 1 && row[0]!.trim() === "";
  if (hints.header === undefined && usual.width > 1) {
    const first = rows.findIndex((row, i) => i >= start && !blank(row) && row.length > 1);
    const titles = first < 0 ? 0 : rows.slice(start, first).filter((row) => !blank(row)).length;
    if (first > start && first - start <= 20 && rows[first]!.length >= usual.width - 1) {
      skip = first;
      if (titles > 0) {
        issues.push(
          t`Skipped ${plural(titles, "line")} above the table, beginning ${quoted(rows.slice(start).find((row) => !blank(row))![0]!)}.`,
        );
      }
    }
  }
  while (blank(rows[skip])) skip++;

  const table = rows.slice(skip, skip + 50).filter((row) => usual.width === 1 || !blank(row));
  const named = hints.header ?? hasHeader(table);
  const fitted = fitHeader(named ? (table[0] ?? []) : [], named ? table.slice(1) : table, usual.width);
  const { header } = fitted;
  const { names, issues: renamed } = columnNames(header, fitted.width);
  if (named) {
    skip++;
    issues.push(...fitted.issues, ...renamed);
  } else {
    issues.push(t`No header row was found: the columns are called "column 1" to "column ${fitted.width}".`);
  }
  return { delimiter, skip, header, names, issues };
}

interface FittedHeader {
  readonly header: readonly string[];
  readonly width: number;
  readonly issues: readonly string[];
}

/** Settles the number of columns where the header and the rows below disagree. */
function fitHeader(
  header: readonly string[],
  body: readonly (readonly string[])[],
  usual: number,
): FittedHeader {
  if (header.length === 0) return { header, width: Math.max(usual, body[0]?.length ?? 0), issues: [] };
  if (header.length >= usual) return { header, width: header.length, issues: [] };
  // A delimiter at the end of every row makes no column.
  if (body.every((row) => row.slice(header.length).every((cell) => cell === ""))) {
    return { header, width: header.length, issues: [] };
  }
  const said = t`The header has ${plural(header.length, "name")} for ${plural(usual, "column")}`;
  // R leaves the column of row names without a name.
  if (header.length === usual - 1 && body.every((row) => row.length === usual)) {
    return { header: ["", ...header], width: usual, issues: [t`${said}: the first was taken to have none.`] };
  }
  return { header, width: usual, issues: [t`${said}: the last were taken to have none.`] };
}

interface Width {
  /** The most frequent number of cells in a row. */
  readonly width: number;
  /** Share of the rows that have it, 0 to 1. */
  readonly share: number;
}

function usualWidth(rows: readonly (readonly string[])[]): Width {
  const counts = new Map<number, number>();
  let total = 0;
  for (const row of rows) {
    if (row.length === 1 && row[0]!.trim() === "") continue;
    total++;
    counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  }
  let best: Width = { width: 1, share: 0 };
  for (const [width, n] of counts) {
    if (n > best.share * total || (n === best.share * total && width > best.width))
      best = { width, share: n / total };
  }
  return best;
}

/**
 * The delimiter under which the rows agree best on their number of cells. Equals
 * are told apart by how many cells are then plain values: `1,5;2,5` read with
 * semicolons gives two numbers, with commas none.
 */
export function detectDelimiter(sample: string, last: boolean): string {
  let best = { delimiter: ",", score: -1 };
  for (const delimiter of delimiters) {
    if (!sample.includes(delimiter)) continue;
    const rows = firstRows(sample, delimiter, last, looked);
    const { width, share } = usualWidth(rows);
    if (width < 2) continue;
    const filled = rows.filter((row) => row.length > 1 || row[0]!.trim() !== "");
    const header = filled[0]?.length === width ? 0.2 : 0;
    const body = filled.slice(1).flat().slice(0, 5000);
    const values = body.filter((cell) => isValue(cell)).length / Math.max(body.length, 1);
    const score = share + header + 0.15 * values + 0.02 * Math.min(Math.log2(width), 5);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
