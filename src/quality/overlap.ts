/**
 * How much two clouds of points in the plane overlap, for rows that PCA or UMAP
 * has placed there: 1 minus the total variation distance between the shares of
 * points in the cells of a grid over the real cloud.
 *
 * What an eye sees in the scatter plot, as a number, and no more than that: two
 * axes hide most of what rows differ in. Cells are few enough for fresh real rows to
 * get about 0.9; a cell for every few rows would call chance a difference.
 */
import { t } from "../language/words.ts";
import type { Measured } from "./measured.ts";

/** Rows that a cell should hold on average. */
const ROWS_A_CELL = 40;
const MOST_ACROSS = 20;

/** @param real positions [x0, y0, x1, y1, …], as `synthetic`. @returns 0 (apart) to 1. */
export function planeOverlap(real: Float32Array, synthetic: Float32Array): Measured {
  const [rows, made] = [real.length / 2, synthetic.length / 2];
  if (rows === 0 || made === 0) return { why: t`One of the two tables has no rows.` };
  const across = Math.max(
    2,
    Math.min(MOST_ACROSS, Math.floor(Math.sqrt(Math.min(rows, made) / ROWS_A_CELL))),
  );
  const cuts = [0, 1].map((axis) => {
    const sorted = real.filter((_, i) => i % 2 === axis).sort();
    const low = sorted[Math.floor(0.01 * (rows - 1))]!;
    return { low, step: (sorted[Math.ceil(0.99 * (rows - 1))]! - low) / across };
  });
  // The outermost cells are open: points beyond belong to them.
  const cell = (points: Float32Array, row: number): number => {
    const [x, y] = cuts.map(({ low, step }, axis) => {
      const at = step > 0 ? Math.floor((points[2 * row + axis]! - low) / step) : 0;
      return Math.max(0, Math.min(across - 1, at));
    });
    return x! * across + y!;
  };
  const apart = new Float64Array(across * across);
  for (let row = 0; row < rows; row++) apart[cell(real, row)]! += 1 / rows;
  for (let row = 0; row < made; row++) apart[cell(synthetic, row)]! -= 1 / made;
  return { value: 1 - apart.reduce((sum, off) => sum + Math.abs(off), 0) / 2 };
}
