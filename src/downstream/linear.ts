/**
 * Linear regression by least squares, with a squared penalty on the weights of
 * standardised inputs (ridge: A. E. Hoerl, R. W. Kennard, 1970). Solved at once
 * from the normal equations by Cholesky's decomposition.
 */
import type { Table } from "../table/table.ts";
import { fitDesign, momentsOf, type DesignColumn } from "./design.ts";
import { checkValues, type Regressor } from "./regressor.ts";
import type { Work } from "./work.ts";

/** Of a row's weight: keeps inputs that say the same (a 0-or-1 for every category) apart, and changes no prediction by more. */
const LEAST_PENALTY = 1e-10;

/**
 * A piece of work is one column's share of the equations.
 *
 * @param penalty on each squared weight, in rows; 0 is ordinary least squares.
 */
export function* fitLinear(table: Table, values: Float64Array, penalty = 1): Work<Regressor> {
  checkValues(table, values);
  const design = fitDesign(table);
  const columns = design.columns(table);
  const { rows } = table;
  const n = design.width;
  const { centres, deviations } = momentsOf(columns, rows, n);
  let mean = 0;
  for (const value of values) mean += value / rows;
  // The lower triangle of XᵀX and Xᵀy, of centred inputs.
  const products = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c]!;
    for (let d = 0; d <= c; d++) addProducts(products, n, column, columns[d]!, centres, rows);
    eachInput(column, centres, rows, (row, i, x) => (right[i]! += x * (values[row]! - mean)));
    yield (c + 1) / columns.length;
  }
  for (let i = 0; i < n; i++) {
    right[i]! /= deviations[i]!;
    for (let j = 0; j <= i; j++) products[i * n + j]! /= deviations[i]! * deviations[j]!;
    products[i * n + i]! += Math.max(penalty, LEAST_PENALTY * rows);
  }
  solve(products, n, right);
  const weights = right.map((weight, i) => weight / deviations[i]!);
  const intercept = mean - weights.reduce((sum, weight, i) => sum + weight * centres[i]!, 0);
  return {
    predict(other) {
      const out = new Float64Array(other.rows).fill(intercept);
      for (const { start, cells } of design.columns(other)) {
        if (cells.kind === "numbers")
          for (let row = 0; row < other.rows; row++) out[row]! += weights[start]! * cells.values[row]!;
        else
          for (let row = 0; row < other.rows; row++) {
            const position = cells.positions[row]!;
            if (position >= 0) out[row]! += weights[start + position]!;
          }
      }
      return out;
    },
  };
}

/** What is not 0 of a column: numbers around their mean, and 1 for the category that a row has. */
function eachInput(
  { start, cells }: DesignColumn,
  centres: Float64Array,
  rows: number,
  visit: (row: number, input: number, x: number) => void,
): void {
  for (let row = 0; row < rows; row++)
    if (cells.kind === "numbers") visit(row, start, cells.values[row]! - centres[start]!);
    else if (cells.positions[row]! >= 0) visit(row, start + cells.positions[row]!, 1);
}

/** Sums over rows of the products of two columns' centred inputs; `a` is the later column or the same. */
function addProducts(
  products: Float64Array,
  n: number,
  a: DesignColumn,
  b: DesignColumn,
  centres: Float64Array,
  rows: number,
): void {
  const first = new Int32Array(rows).fill(-1);
  const x = new Float64Array(rows);
  eachInput(b, centres, rows, (row, i, value) => {
    first[row] = i;
    x[row] = value;
  });
  eachInput(a, centres, rows, (row, i, value) => {
    if (first[row]! >= 0) products[i * n + first[row]!]! += value * x[row]!;
  });
  // Numbers are centred already, and their sum is 0; two categories are counted and lack it.
  if (a.cells.kind === "numbers" || b.cells.kind === "numbers") return;
  const ends = ({ start, cells }: DesignColumn): number =>
    cells.kind === "numbers" ? start : cells.positions.reduce((most, at) => Math.max(most, at), -1) + start;
  for (let i = a.start; i <= ends(a); i++)
    for (let j = b.start; j <= Math.min(i, ends(b)); j++)
      products[i * n + j]! -= rows * centres[i]! * centres[j]!;
}

/** Leaves in `right` the solution of A x = right, A positive definite by its lower triangle, which is overwritten. */
function solve(a: Float64Array, n: number, right: Float64Array): void {
  for (let j = 0; j < n; j++)
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      // Rounding may bring a direction that says nothing below 0: its weight then stays small.
      a[i * n + j] = i === j ? Math.sqrt(Math.max(sum, Number.EPSILON)) : sum / a[j * n + j]!;
    }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) right[i]! -= a[i * n + k]! * right[k]!;
    right[i]! /= a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) right[i]! -= a[k * n + i]! * right[k]!;
    right[i]! /= a[i * n + i]!;
  }
}
