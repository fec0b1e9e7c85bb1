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

/** Columns that are filled in at one and the same pass, of those that are not known. */
export type Groups = (unknown: readonly number[], passes: number) => readonly (readonly number[])[];

/** Each column by itself: which ones share a pass, where passes are fewer, is for chance to say. */
export const singly: Groups = (unknown) => unknown.map((column) => [column]);

/** @param columns the layout of the discrete form's spans. @param groups what is filled in together. */
export function filling(discrete: Discretisation, columns: Layout, groups: Groups = singly): Filling {
  const { width } = discrete;
  const variables = discrete.spans.length;
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
      const deal = dealing(variables, passes, groups);
      const known = (row: number): string =>
        given === undefined
          ? ""
          : discrete.columns.map((column) => given.known[row * given.columns + column]).join("");
      const dealt = deal(noise.uniforms(n * variables), known);
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
        const u = rowsFrom.numbers > 0 ? noise.uniform(n, rowsFrom.numbers) : undefined;
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
 * Says in which pass each column is filled, [rows, columns]: the groups of a row in a random order, dealt evenly to the
 * passes; −1 for what is known. `numbers` are uniform, as many; `known` has a 1 for each column that is known, or is empty.
 */
function dealing(
  width: number,
  passes: number,
  groups: Groups,
): (numbers: Float32Array, known: (row: number) => string) => Float32Array {
  const found = new Map<string, readonly (readonly number[])[]>();
  const groupsOf = (known: string): readonly (readonly number[])[] => {
    const before = found.get(known);
    if (before !== undefined) return before;
    const unknown = Array.from({ length: width }, (_, column) => column).filter((at) => known[at] !== "1");
    const made = groups(unknown, passes);
    found.set(known, made);
    return made;
  };
  return (numbers, known) => {
    const out = new Float32Array(numbers.length).fill(-1);
    for (let at = 0, row = 0; at < numbers.length; at += width, row++) {
      const all = groupsOf(known(row));
      // Sorted once a row: a count of what comes before each would take the square of thousands of columns.
      const turns = all.map((_, g) => g);
      turns.sort((a, b) => numbers[at + all[a]![0]!]! - numbers[at + all[b]![0]!]! || a - b);
      for (let rank = 0; rank < turns.length; rank++) {
        const pass = Math.floor((rank * passes) / turns.length);
        for (const column of all[turns[rank]!]!) out[at + column] = pass;
      }
    }
    return out;
  };
}
