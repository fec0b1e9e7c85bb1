/**
 * Fourier features. M. Tancik et al., Fourier Features Let Networks Learn High
 * Frequency Functions in Low Dimensional Domains, 2020. https://arxiv.org/abs/2006.10739
 *
 * A small network sees a point in the plane too smoothly to tell 25 tight dots
 * apart; given sines and cosines of each number beside the number, it can.
 */
import type { Span } from "../encode/span.ts";
import { concat, cos, matMul, sin, tensor2d } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";

export interface Waves {
  /** Width of the rows with their features. */
  readonly width: number;
  /** [rows, width of the row] to [rows, `width`]: the row itself, then its sines and cosines. */
  of(x: Rows): Rows;
  dispose(): void;
}

/** What a row is multiplied by to get its phases, row-major [width, count]: π/2, π, 2π, … times each number. */
export function frequencies(
  spans: readonly Span[],
  width: number,
  octaves: number,
): { readonly values: Float32Array; readonly count: number } {
  const numbers = spans.filter((span) => span.kind === "numeric");
  const count = numbers.length * octaves;
  const values = new Float32Array(width * count);
  numbers.forEach(({ start }, j) => {
    for (let k = 0; k < octaves; k++) values[start * count + j * octaves + k] = (Math.PI / 2) * 2 ** k;
  });
  return { values, count };
}

/** @param octaves for each number, sin and cos of π/2, π, 2π, … times it; 0 adds nothing. */
export function waves(spans: readonly Span[], width: number, octaves: number): Waves {
  const { values, count } = frequencies(spans, width, octaves);
  if (count === 0) return { width, of: (x) => x, dispose() {} };
  const matrix = tensor2d(values, [width, count]);
  return {
    width: width + 2 * count,
    of(x) {
      const phases = matMul(x, matrix);
      return concat([x, sin(phases), cos(phases)], 1) as Rows;
    },
    dispose: () => matrix.dispose(),
  };
}
