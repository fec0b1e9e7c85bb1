/**
 * Columns as codes, filled in over a few passes, each row in an order of its own: how processes that mask columns draw rows,
 * whatever network says what a masked column may be. E. Hoogeboom et al., Autoregressive Diffusion Models, 2022.
 * https://arxiv.org/abs/2110.02037
 */
import type { Given } from "../encode/span.ts";
import type { TensorRandom } from "../engine/noise.ts";
import { abs, add, keep, mul, step, sub, sum, tensor2d, tidy } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";
import { decoder } from "./decoder.ts";
import type { Discretisation } from "./discretisation.ts";
import type { Layout } from "./layout.ts";
import type { Place } from "./places.ts";

export interface Filling {
  /**
   * A row that a network sees, [n, variables]: by variable the position of its value in the one-hot form or, behind those,
   * its own place for "masked". Of inputs for all of these exactly one a variable is 1.
   */
  seen(codes: Rows, masked: Rows): Rows;
  /**
   * Encoded rows, [n, row width].
   * @param logitsOf [n, width] of the columns that are asked for `now`, from codes and what is masked of them.
   */
  fill(
    n: number,
    passes: number,
    noise: TensorRandom,
    logitsOf: (codes: Rows, masked: Rows, now: Rows) => Rows,
    given?: Given,
  ): Rows;
  dispose(): void;
}

/** What the places for "masked" stand for. */
export const maskedPlaces = ({ columns }: Discretisation): readonly Place[] =>
  columns.map((at) => ({ of: "column", at, what: "masked" }));

/** @param columns the layout of the discrete form's spans. */
export function filling(discrete: Discretisation, columns: Layout): Filling {
  const { width } = discrete;
  const variables = discrete.spans.length;
  const rowWidth = discrete.decodings.reduce((sum, decoding) => sum + decoding.rowWidth, 0);
  const rowsFrom = decoder(discrete);

  /** [1, variables]: the position of each variable's first value, and of "masked". */
  const row = (place: (variable: number) => number): Rows =>
    tensor2d(
      Array.from({ length: variables }, (_, v) => place(v)),
      [1, variables],
    );
  const starts = row((v) => discrete.spans[v]!.start);
  const unseen = row((v) => width + v);
  const placesOf = (codes: Rows): Rows => add(codes, starts) as Rows;

  return {
    seen(codes, masked) {
      const values = placesOf(codes);
      return add(values, mul(masked, sub(unseen, values))) as Rows;
    },
    /** Algorithm 1, several columns at a pass where there are more columns than passes; what is given is filled already. */
    fill(n, passes, noise, logitsOf, given) {
      const isKnown = (at: number, v: number): boolean =>
        given !== undefined && given.known[at * given.columns + discrete.columns[v]!] === 1;
      const dealt = passesOf(noise.uniforms(n * variables), n, variables, passes, isKnown);
      const passOf = tensor2d(dealt, [n, variables]);
      /** Logits of values that must not be drawn are this much lower. */
      const barred =
        given?.whole === true
          ? tidy(() => keep(mul(tensor2d(discrete.missing, [1, width]), -1e4)))
          : undefined;
      let codes = tidy(() => {
        const known = step(sub(-0.5, passOf)) as Rows;
        if (given === undefined) return mul(known, 0) as Rows;
        return mul(tensor2d(discrete.codes(given.rows).values, [n, variables]), known) as Rows;
      });
      for (let pass = 0; pass < passes; pass++) {
        const next = tidy(() => {
          const masked = step(sub(passOf, pass - 0.5)) as Rows;
          const now = step(sub(0.5, abs(sub(passOf, pass)))) as Rows;
          const logits = logitsOf(codes, masked, now);
          const allowed = barred === undefined ? logits : (add(logits, barred) as Rows);
          const drawn = columns.drawCodes(allowed, noise, now);
          return add(codes, mul(drawn, now)) as Rows;
        });
        codes.dispose();
        codes = next;
      }
      passOf.dispose();
      barred?.dispose();
      return tidy(() => {
        const u = noise.uniform(n, rowWidth);
        const places = placesOf(codes);
        // 0, unless codes are not numbers, as those of diverged weights: a place can't say so, and rows should.
        const doubt = mul(sum(codes, 1, true), 0);
        codes.dispose();
        return add(rowsFrom.decode(places, u), doubt) as Rows;
      });
    },
    dispose() {
      for (const part of [starts, unseen, rowsFrom]) part.dispose();
    },
  };
}

/**
 * In which pass each column is filled, [rows, columns]: a random order by row, dealt evenly to the passes; −1 for what
 * is known. `numbers` are uniform, as many.
 */
function passesOf(
  numbers: Float32Array,
  rows: number,
  width: number,
  passes: number,
  isKnown: (row: number, column: number) => boolean,
): Float32Array {
  const out = new Float32Array(numbers.length);
  for (let row = 0; row < rows; row++) {
    const own = numbers.subarray(row * width, (row + 1) * width);
    const order: number[] = [];
    for (let i = 0; i < width; i++)
      if (isKnown(row, i)) out[row * width + i] = -1;
      else order.push(i);
    order.sort((a, b) => own[a]! - own[b]! || a - b);
    order.forEach((column, rank) => {
      out[row * width + column] = Math.floor((rank * passes) / order.length);
    });
  }
  return out;
}
