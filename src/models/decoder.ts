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
  /**
   * Encoded rows [n, row width].
   * @param places [n, variables]: the position of each variable's value in the one-hot form.
   * @param u uniform, [n, row width].
   */
  decode(places: Rows, u: Rows): Rows;
  dispose(): void;
}

export function decoder({ decodings, stock }: Pick<Discretisation, "decodings" | "stock">): Decoder {
  const values = stock && tensor2d(stock, [stock.length, 1]);
  const pieces = decodings.map((decoding) => pieceOf(decoding, values));
  return {
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

function pieceOf(decoding: Decoding, stock: Rows | undefined): Decoder {
  const { from, variables, start, width, rowStart, rowWidth, copies } = decoding;
  const table = (matrix: Float32Array): Rows => tensor2d(matrix, [width, rowWidth]);
  const categories = table(decoding.categories);
  // Where numbers are copied, nothing else of them is asked for.
  const drawn = copies
    ? undefined
    : { low: table(decoding.low), range: table(decoding.range), power: table(decoding.power) };
  const copied = copies && { start: table(copies.start), count: table(copies.count) };

  function numbers(of: (from: Rows) => Rows, u: Rows): Rows {
    if (drawn !== undefined) {
      const within = exp(mul(log(maximum(u, 1e-7)), of(drawn.power)));
      return add(of(drawn.low), mul(of(drawn.range), within)) as Rows;
    }
    const picks = add(of(copied!.start), floor(mul(u, of(copied!.count))));
    return reshape(embeddingBag(reshape(picks, [-1, 1]), stock!, zeros([1])), u.shape);
  }

  return {
    decode(places, u) {
      const n = places.shape[0];
      const own = sub(slice(places, [0, from], [n, variables]), start) as Rows;
      const nothing = zeros([rowWidth]) as Tensor1D;
      const of = (matrix: Rows): Rows => embeddingBag(own, matrix, nothing);
      const cells = slice(u, [0, rowStart], [n, rowWidth]) as Rows;
      return add(of(categories), numbers(of, cells)) as Rows;
    },
    dispose() {
      for (const part of [categories, ...Object.values(drawn ?? {}), ...Object.values(copied ?? {})])
        part.dispose();
    },
  };
}
