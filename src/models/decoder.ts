/**
 * From codes to encoded rows, on the device: each variable's value says which
 * categories are on and in which bin a number lies, a draw says where in it.
 */
import { embeddingBag } from "../engine/fused/embeddingBag.ts";
import {
  add,
  concat,
  exp,
  floor,
  log,
  matMul,
  maximum,
  mul,
  reshape,
  slice,
  sub,
  tensor2d,
  zeros,
} from "../engine/tf.ts";
import type { Rows, Tensor1D } from "../engine/tf.ts";
import type { Decoding, Discretisation } from "./discretisation.ts";

export interface Decoder {
  /** Cells of a row that hold a number. */
  readonly numbers: number;
  /**
   * Encoded rows [n, row width].
   * @param places [n, variables]: the position of each variable's value in the one-hot form.
   * @param u uniform, [n, numbers]: where in its bin each number lies, in the order of cells; none where there is no number.
   */
  decode(places: Rows, u?: Rows): Rows;
  dispose(): void;
}

export function decoder({ decodings, stock }: Pick<Discretisation, "decodings" | "stock">): Decoder {
  const values = stock && tensor2d(stock, [stock.length, 1]);
  const pieces: Decoder[] = [];
  let numbers = 0;
  for (const decoding of decodings) {
    const piece = pieceOf(decoding, values, numbers);
    numbers += piece.numbers;
    pieces.push(piece);
  }
  return {
    numbers,
    decode(places, u) {
      const rows = pieces.map((piece) => piece.decode(places, u));
      return rows.length === 1 ? rows[0]! : (concat(rows, 1) as Rows);
    },
    dispose() {
      values?.dispose();
      for (const piece of pieces) piece.dispose();
    },
  };
}

/** The cells of its stretch that hold numbers: no bin's power is 0. */
export const numberCells = ({ power, rowWidth }: Decoding): readonly number[] =>
  Array.from({ length: rowWidth }, (_, cell) => cell).filter((cell) => {
    for (let at = cell; at < power.length; at += rowWidth) if (power[at] !== 0) return true;
    return false;
  });

/** @param before numbers in the cells before its own. */
function pieceOf(decoding: Decoding, stock: Rows | undefined, before: number): Decoder {
  const { from, variables, start, width, rowWidth, copies } = decoding;
  const categories = tensor2d(decoding.categories, [width, rowWidth]);
  // Most cells belong to categories, and what of numbers there is to say of them is nothing: only numbers' are kept.
  const cells = numberCells(decoding);
  const table = (matrix: Float32Array): Rows =>
    tensor2d(
      Float32Array.from({ length: width * cells.length }, (_, i) => matrix[Math.floor(i / cells.length) * rowWidth + cells[i % cells.length]!]!),
      [width, cells.length],
    ); // prettier-ignore
  const tables = (): Record<"low" | "range" | "power", Rows> | Record<"start" | "count", Rows> =>
    // Where numbers are copied, nothing else of them is asked for.
    copies
      ? { start: table(copies.start), count: table(copies.count) }
      : { low: table(decoding.low), range: table(decoding.range), power: table(decoding.power) };
  const known = cells.length > 0 ? tables() : undefined;
  /** [numbers, row width]: puts each number in its cell. */
  const spread =
    known &&
    tensor2d(
      Float32Array.from({ length: cells.length * rowWidth }, (_, i) => Number(cells[Math.floor(i / rowWidth)] === i % rowWidth)),
      [cells.length, rowWidth],
    ); // prettier-ignore

  function numbers(of: (from: Rows) => Rows, u: Rows): Rows {
    if ("low" in known!) {
      const within = exp(mul(log(maximum(u, 1e-7)), of(known.power)));
      return add(of(known.low), mul(of(known.range), within)) as Rows;
    }
    const { start: first, count } = known as Record<"start" | "count", Rows>;
    const picks = add(of(first), floor(mul(u, of(count))));
    return reshape(embeddingBag(reshape(picks, [-1, 1]), stock!, zeros([1])), u.shape);
  }

  return {
    numbers: cells.length,
    decode(places, u) {
      const n = places.shape[0];
      const own = sub(slice(places, [0, from], [n, variables]), start) as Rows;
      const of = (matrix: Rows): Rows => embeddingBag(own, matrix, zeros([matrix.shape[1]]) as Tensor1D);
      if (spread === undefined || u === undefined) return of(categories);
      const found = numbers(of, slice(u, [0, before], [n, cells.length]) as Rows);
      return add(of(categories), matMul(found, spread)) as Rows;
    },
    dispose() {
      for (const part of [categories, spread, ...Object.values(known ?? {})]) part?.dispose();
    },
  };
}
