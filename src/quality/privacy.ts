/**
 * Whether synthetic rows keep too near to the rows that were learned from. Two
 * plain looks at it, and no more: neither is a proof of privacy, and no figure
 * here is differential privacy. (Z. Yao et al., The DCR Delusion, 2025,
 * https://arxiv.org/abs/2505.01524, shows leaks that DCR does not see.)
 */
import { part, type Work } from "../downstream/work.ts";
import type { Table } from "../table/table.ts";
import { nearestDistances } from "./distance.ts";
import type { Uncomputable } from "./measured.ts";

export interface DcrShare {
  /** Share of synthetic rows nearer to a training row than to any holdout row; SDMetrics' "closer to training". */
  readonly nearer: number;
  /** Share of rows equally near to both. */
  readonly tied: number;
  /** `nearer`, with ties dealt out as `neutral` says. */
  readonly share: number;
  /** What the share would be if training rows were no nearer than others: n_train / (n_train + n_holdout). */
  readonly neutral: number;
  /** 1 where the share is at most neutral, 0 where every row keeps to a training row. */
  readonly protection: number;
}

/**
 * @param ranges whose ranges measure numbers. SDMetrics measures each distance by its own reference table's ("each"), so one
 *   far-out holdout row makes all holdout rows look nearer; by default the training table's measure both.
 */
export function* dcrShare(
  synthetic: Table,
  train: Table,
  holdout: Table,
  ranges: "train" | "each" = "train",
): Work<DcrShare | Uncomputable> {
  if (synthetic.rows === 0 || train.rows === 0 || holdout.rows === 0)
    return { why: "Nearness to training rows needs synthetic, training and holdout rows." };
  const neutral = train.rows / (train.rows + holdout.rows);
  const toTrain = yield* part(nearestDistances(synthetic, train), 0, neutral);
  const toHoldout = yield* part(
    nearestDistances(synthetic, holdout, ranges === "train" ? train : holdout),
    neutral,
    1,
  );
  const share = (test: (row: number) => boolean): number => {
    let rows = 0;
    for (let row = 0; row < synthetic.rows; row++) if (test(row)) rows++;
    return rows / synthetic.rows;
  };
  const nearer = share((row) => toTrain[row]! < toHoldout[row]!);
  const tied = share((row) => toTrain[row] === toHoldout[row]);
  const total = nearer + tied * neutral;
  return { nearer, tied, share: total, neutral, protection: Math.min(1, (1 - total) / (1 - neutral)) };
}

/** Share of synthetic rows that equal a training row in every cell; NaN where there are no synthetic rows. */
export function exactCopies(synthetic: Table, train: Table): number {
  const known = new Set(rowKeys(train));
  const keys = rowKeys(synthetic);
  return keys.filter((key) => known.has(key)).length / keys.length;
}

/** A row's cells in one text, equal for equal rows of any table. */
function rowKeys({ columns, rows }: Table): readonly string[] {
  const texts = columns.map((column): ((row: number) => string) => {
    if ("values" in column) return (row) => String(column.values[row]);
    const quoted = column.levels.map((level) => JSON.stringify(level));
    return (row) => quoted[column.codes[row]!] ?? "";
  });
  return Array.from({ length: rows }, (_, row) => texts.map((text) => text(row)).join());
}
