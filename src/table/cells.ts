/// <reference path="./papaparse.d.ts" />
import Papa from "papaparse";
import { wholeRows } from "./wholeRows.ts";

/**
 * Rows of cells from clean RFC 4180 text (as `wholeRows` makes it).
 *
 * @param preview stop after this many rows; 0 reads all.
 */
export function cells(ready: string, delimiter: string, preview = 0): readonly (readonly string[])[] {
  if (ready === "") return [];
  const rows = new Papa.Parser({ delimiter, newline: "\n", preview }).parse(ready, 0, false).data;
  // Papa's quick path for text without quotes counts one row further than its careful one.
  return preview > 0 ? rows.slice(0, preview) : rows;
}

/** The first rows of a file's beginning. Where not even one row is whole, the unfinished one. */
export function firstRows(
  sample: string,
  delimiter: string,
  last: boolean,
  n: number,
): readonly (readonly string[])[] {
  const { ready } = wholeRows(sample, delimiter, last);
  return cells(ready === "" ? wholeRows(sample, delimiter, true).ready : ready, delimiter, n);
}
