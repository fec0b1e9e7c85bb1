/**
 * Whether synthetic rows keep too near to the rows that were learned from. Two
 * plain looks at it, and no more: neither is a proof of privacy, and no figure
 * here is differential privacy. (Z. Yao et al., The DCR Delusion, 2025,
 * https://arxiv.org/abs/2505.01524, shows leaks that DCR does not see.)
 */
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
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
    return { why: t`Nearness to training rows needs synthetic, training and holdout rows.` };
  const neutral = train.rows / (train.rows + holdout.rows);
  const toTrain = yield* part(nearestDistances(synthetic, train), 0, neutral);
  const toHoldout = yield* part(
    nearestDistances(synthetic, holdout, ranges === "train" ? train : holdout),
    neutral,
    1,
  );
  return dcrShareOf(toTrain, toHoldout, train.rows, holdout.rows);
}

/** The share from distances that are known: by synthetic row, to the nearest training and the nearest holdout row. */
export function dcrShareOf(
  toTrain: Float64Array,
  toHoldout: Float64Array,
  trainRows: number,
  holdoutRows: number,
): DcrShare {
  const neutral = trainRows / (trainRows + holdoutRows);
  let nearer = 0;
  let tied = 0;
  toTrain.forEach((distance, row) => {
    if (distance < toHoldout[row]!) nearer++;
    else if (distance === toHoldout[row]) tied++;
  });
  nearer /= toTrain.length;
  tied /= toTrain.length;
  const share = nearer + tied * neutral;
  return { nearer, tied, share, neutral, protection: shareProtection(share, neutral) };
}

/** 1 where the share is at most neutral, 0 where it is 1. */
export const shareProtection = (share: number, neutral: number): number =>
  Math.min(1, (1 - share) / (1 - neutral));

/** Share of synthetic rows that equal a training row in every cell; NaN where there are no synthetic rows. */
export const exactCopies = (synthetic: Table, train: Table): number => copiesOf(synthetic, knownRows(train));

/** The same in two parts, for several tables held against one. */
export function copiesOf(synthetic: Table, known: ReadonlySet<string>): number {
  const keys = rowKeys(synthetic);
  return keys.filter((key) => known.has(key)).length / keys.length;
}

/** What `copiesOf` looks rows up in. */
export const knownRows = (train: Table): ReadonlySet<string> => new Set(rowKeys(train));

/** A row's cells in one text, equal for equal rows of any table. */
function rowKeys({ columns, rows }: Table): readonly string[] {
  const texts = columns.map((column): ((row: number) => string) => {
    if ("values" in column) return (row) => String(column.values[row]);
    const quoted = column.levels.map((level) => JSON.stringify(level));
    return (row) => quoted[column.codes[row]!] ?? "";
  });
  return Array.from({ length: rows }, (_, row) => texts.map((text) => text(row)).join());
}
