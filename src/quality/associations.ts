/**
 * How strongly every two columns hang together, in real and in synthetic rows:
 * Pearson's correlation of two columns of numbers or dates, Cramér's V of any
 * other pair over the cells of `contingency`. For the eye, in a matrix: what
 * counts on the fidelity axis is `trend`, which sees more than one number a pair.
 */
import type { Work } from "../downstream/work.ts";
import type { Column, Table } from "../table/table.ts";
import { cramersV } from "./association.ts";
import { cellsOf, type Cells } from "./contingency.ts";
import { correlation } from "./correlation.ts";

/** Row-major [columns, columns], symmetric, 1 on the diagonal; NaN where a column does not vary. */
export interface Associations {
  readonly real: Float64Array;
  readonly synthetic: Float64Array;
}

/** A piece of work is a pair. @throws TypeError where a column's kinds differ. */
export function* associations(real: Table, synthetic: Table): Work<Associations> {
  const size = real.columns.length;
  const cells = real.columns.map((column, i) => cellsOf(column, synthetic.columns[i]!));
  const all = {
    real: new Float64Array(size * size).fill(1),
    synthetic: new Float64Array(size * size).fill(1),
  };
  for (let b = 1; b < size; b++)
    for (let a = 0; a < b; a++) {
      for (const side of ["real", "synthetic"] as const) {
        const { columns } = side === "real" ? real : synthetic;
        const found = associationOf(columns[a]!, columns[b]!, cells[a]!, cells[b]!, side);
        all[side][a * size + b] = all[side][b * size + a] = found;
      }
      yield b / size;
    }
  return all;
}

function associationOf(a: Column, b: Column, inA: Cells, inB: Cells, side: "real" | "synthetic"): number {
  if ("values" in a && "values" in b) return correlation(a.values, b.values);
  return cramersV(inA[side], inB[side]);
}
