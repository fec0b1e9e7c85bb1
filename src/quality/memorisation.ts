/**
 * Whether a model gives back rows that it learned by heart, told while it
 * trains: a synthetic row that lies nearest to a training row says nothing, for
 * most real rows are training rows; what counts is whether they lie nearest
 * more often than holdout rows do. (C. Meehan et al., A Non-Parametric Test to
 * Detect Data-Copying in Generative Models, 2020, https://arxiv.org/abs/2004.05675.)
 *
 * The error of that share comes from exchanging the labels "training" and
 * "holdout", which chance alone would be free to do: synthetic rows that share
 * one nearest real row are one observation and not many. It sees rows that are
 * near as rows are compared here, not what else a model may give away.
 */
import type { Work } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import { t } from "../language/words.ts";
import { squaredDistance } from "./euclidean.ts";

export interface Memory {
  /** Share of synthetic rows whose nearest real row is a training row, and what it would be by chance. */
  readonly nearer: number;
  readonly neutral: number;
  /** Standard deviation of that share where labels are exchanged. */
  readonly error: number;
  /** Synthetic rows that equal a training row, and as many as holdout rows would lead one to expect. */
  readonly copies: number;
  readonly copiesExpected: number;
  readonly rows: number;
  /** Synthetic rows that lie at least three times as near to a training row as to any other, and that row. */
  readonly remembered: readonly { readonly row: number; readonly of: number }[];
}

/** So many times nearer is no accident of a dense place. */
const muchNearer = 3;

/**
 * @param copiesAmong share of holdout rows that equal a training row.
 * @throws RangeError where widths differ.
 */
export function* memorisation(
  synthetic: Matrix,
  train: Matrix,
  holdout: Matrix,
  copiesAmong: number,
): Work<Memory> {
  if (synthetic.width !== train.width || train.width !== holdout.width)
    throw new RangeError(
      t`Rows of ${synthetic.width}, ${train.width} and ${holdout.width} numbers can't be compared.`,
    );
  const neutral = train.rows / (train.rows + holdout.rows);
  const nearest = new Map<number, number>();
  const remembered: { row: number; of: number; ratio: number }[] = [];
  let [nearer, decided, copies] = [0, 0, 0];
  for (let row = 0; row < synthetic.rows; row++) {
    const own = nearestTo(synthetic, row, train);
    const other = nearestTo(synthetic, row, holdout);
    if (own.squared === 0) copies++;
    if (own.squared !== other.squared) {
      decided++;
      if (own.squared < other.squared) nearer++;
      const at = own.squared < other.squared ? own.row : train.rows + other.row;
      nearest.set(at, (nearest.get(at) ?? 0) + 1);
    }
    if (muchNearer ** 2 * own.squared < other.squared)
      remembered.push({ row, of: own.row, ratio: own.squared / other.squared });
    if (row % 16 === 0) yield row / synthetic.rows;
  }
  const tied = synthetic.rows - decided;
  let squares = 0;
  for (const count of nearest.values()) squares += (count / synthetic.rows) ** 2;
  return {
    nearer: (nearer + tied * neutral) / Math.max(1, synthetic.rows),
    neutral,
    error: Math.sqrt(neutral * (1 - neutral) * squares),
    copies,
    copiesExpected: copiesAmong * synthetic.rows,
    rows: synthetic.rows,
    remembered: remembered.toSorted((a, b) => a.ratio - b.ratio).map(({ row, of }) => ({ row, of })),
  };
}

/** Standard errors that are no longer chance, in a look that is taken again and again. */
const beyondChance = 4;
/** Of the rows that chance would leave nearest to the holdout, at most this share still is. */
const littleLeft = 0.5;
/** Copies that are a share of the rows worth a word, and so many times those that the holdout has. */
const fewCopies = 0.02;
const manyTimes = 3;

/** Whether that is more than chance, and much: rows keep to the training rows, or repeat them. */
export function remembers({ nearer, neutral, error, copies, copiesExpected, rows }: Memory): boolean {
  const keeps = nearer - neutral > beyondChance * error && 1 - nearer < littleLeft * (1 - neutral);
  const repeats =
    copies >= fewCopies * rows &&
    copies >= manyTimes * copiesExpected &&
    copies - copiesExpected > beyondChance * Math.sqrt(Math.max(1, copiesExpected));
  return keeps || repeats;
}

/** Share of rows that equal one of `others` in every number. */
export function* equalShare(rows: Matrix, others: Matrix): Work<number> {
  let equal = 0;
  for (let row = 0; row < rows.rows; row++) {
    if (nearestTo(rows, row, others).squared === 0) equal++;
    if (row % 16 === 0) yield row / rows.rows;
  }
  return rows.rows === 0 ? 0 : equal / rows.rows;
}

function nearestTo(
  rows: Matrix,
  row: number,
  others: Matrix,
): { readonly row: number; readonly squared: number } {
  let best = { row: -1, squared: Infinity };
  for (let other = 0; other < others.rows; other++) {
    const squared = squaredDistance(rows, row, others, other, best.squared);
    if (squared < best.squared) best = { row: other, squared };
  }
  return best;
}
