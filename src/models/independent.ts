/**
 * Every column on its own: each is drawn, whole, from a training row picked for
 * it alone. Every column is right by itself and nothing depends on anything:
 * the floor that a model of dependence must rise above. (Fisher's permutation
 * idea: R. A. Fisher, The Design of Experiments, 1935.)
 */
import type { Matrix, Span } from "../encode/span.ts";
import { tensor2d } from "../engine/tf.ts";
import type { GenerativeModel } from "./model.ts";

export function independent(spans: readonly Span[], rows: Matrix): GenerativeModel {
  const { width, values } = rows;
  // Spans of one source column (a value and its "missing" flag) stay together.
  const indexes = [...new Set(spans.map((span) => span.column))];
  const columns = indexes.map((index) => spans.filter((span) => span.column === index));
  return {
    nets: [],
    objectives: [],
    sample(n, random) {
      const drawn = new Float32Array(n * width);
      for (const column of columns) {
        const picks = random.integers(n, rows.rows);
        for (let i = 0; i < n; i++)
          for (const { start, width: size } of column) {
            const from = picks[i]! * width + start;
            drawn.set(values.subarray(from, from + size), i * width + start);
          }
      }
      return tensor2d(drawn, [n, width]);
    },
    tune() {},
    dispose() {},
  };
}
