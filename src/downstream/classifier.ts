/** What every classifier here is: fitted on a table without its target, asked for probabilities of another. */
import type { Table } from "../table/table.ts";
import type { Work } from "./work.ts";

/** Labels of rows: `codes[i]` in 0..classes-1. A class may have no row. */
export interface Labels {
  readonly codes: Int32Array;
  readonly classes: number;
}

export interface Classifier {
  /** Row-major [table.rows, classes], each row summing to 1. The table has the columns that were fitted, in their order. */
  probabilities(table: Table): Float64Array;
}

/** Fits a classifier to rows and their labels. Same input, same classifier. */
export type Fit = (table: Table, labels: Labels) => Work<Classifier>;

/**
 * Fits classes that have rows and gives the others probability 0: synthetic
 * rows may have dropped a class, and no loss is defined for it. With a single
 * class left there is nothing to fit.
 *
 * @param fit gets at least two classes, each with a row.
 * @throws RangeError where there is no row or a label outside 0..classes-1.
 */
export function* fitPresent(
  table: Table,
  { codes, classes }: Labels,
  fit: (labels: Labels) => Work<Classifier>,
): Work<Classifier> {
  if (table.rows === 0 || codes.length !== table.rows)
    throw new RangeError(
      `A classifier needs a label for each of at least one row: ${codes.length} for ${table.rows}.`,
    );
  const position = new Int32Array(classes).fill(-1);
  for (const code of codes) {
    if (!(code >= 0 && code < classes))
      throw new RangeError(`Label ${code} is not among ${classes} classes.`);
    position[code] = 0;
  }
  const present: number[] = [];
  position.forEach((seen, code) => {
    if (seen === 0) position[code] = present.push(code) - 1;
  });
  const fitted =
    present.length === 1
      ? undefined
      : yield* fit({ codes: codes.map((code) => position[code]!), classes: present.length });
  return {
    probabilities(other) {
      const all = new Float64Array(other.rows * classes);
      const some = fitted?.probabilities(other);
      for (let row = 0; row < other.rows; row++)
        for (let k = 0; k < present.length; k++)
          all[row * classes + present[k]!] = some?.[row * present.length + k] ?? 1;
      return all;
    },
  };
}
