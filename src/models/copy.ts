/**
 * Training rows as they are, picked with replacement: B. Efron, Bootstrap
 * Methods, 1979. Nothing looks more real and nothing keeps less secret: the
 * ceiling of likeness and the floor of privacy.
 */
import { tensor2d } from "../engine/tf.ts";
import type { GenerativeModel } from "./model.ts";

/** @param values the training rows, row-major. */
export function copy(width: number, values: Float32Array): GenerativeModel {
  const rows = values.length / width;
  return {
    nets: [],
    placed: [],
    objectives: [],
    fitted: values,
    sample(n, random) {
      const drawn = new Float32Array(n * width);
      random
        .integers(n, rows)
        .forEach((row, i) => drawn.set(values.subarray(row * width, (row + 1) * width), i * width));
      return tensor2d(drawn, [n, width]);
    },
    tune() {},
    dispose() {},
  };
}
