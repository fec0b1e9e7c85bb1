/** How shares, row numbers and the file's own text are put into words, the same everywhere. */
import { count, decimal, t } from "../language/words.ts";

/** "0.05 %", "12 %": two digits that say something of a share, 0 to 1. */
export function percentOf(share: number): string {
  return `${decimal(String(Number((100 * share).toPrecision(share >= 0.995 ? 3 : 2))))} %`;
}

/** A piece of the file's own text, cut to a length that fits in a sentence. */
export function quoted(text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return t`"${shown.replace(/[\r\n\t]+/g, " ")}"`;
}

/** Where something happened: every row is counted, the first few are kept to be named. */
export interface RowLog {
  readonly total: number;
  /** Rows are numbered as a spreadsheet numbers them: the file's first row is 1. */
  add(row: number): void;
  /** "row 7", "rows 3, 8 and 12", "rows 3, 8, 12, 15, 20 and 1,204 more". */
  where(): string;
}

export function rowLog(): RowLog {
  const first: number[] = [];
  let total = 0;
  return {
    get total() {
      return total;
    },
    add(row) {
      total++;
      if (first.length < 5) first.push(row);
    },
    where() {
      const rows = first.map(count);
      if (total === 1) return t`row ${rows[0]}`;
      const last = total > first.length ? t`${count(total - first.length)} more` : rows.pop();
      return t`rows ${rows.join(", ")} and ${last}`;
    },
  };
}
