/**
 * How synthetic rows lie among the training rows, beside how rows of the holdout
 * lie among them: the distance to the nearest one (DCR), its ratio to that of
 * the second nearest (NNDR; a row that is a copy of *one* person has a small one,
 * a row in a crowd about 1), and the closest pairs, for a person to look at.
 */
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Table } from "../table/table.ts";
import { nearestRows, type Nearest } from "./distance.ts";
import type { Uncomputable } from "./measured.ts";
import { dcrShareOf, type DcrShare } from "./privacy.ts";
import { median } from "./statistics.ts";

export interface ClosePair {
  readonly synthetic: number;
  readonly train: number;
  /** 0 (equal) to 1. */
  readonly distance: number;
  /** The synthetic row's distance to the nearest holdout row: where that is as small, the pair is nothing special. */
  readonly toHoldout: number;
}

export interface Nearness {
  readonly share: DcrShare;
  /** By row, the distance to the nearest training row: of synthetic rows, and of those of the holdout. */
  readonly toTrain: Float64Array;
  readonly holdoutToTrain: Float64Array;
  /** Mean ratio of the nearest to the second nearest training row, 0 to 1. */
  readonly nndr: number;
  readonly holdoutNndr: number;
  /** Nearest first. */
  readonly closest: readonly ClosePair[];
}

/** What of a `nearness` is known beforehand: each row's two nearest training rows. */
export interface KnownNear {
  readonly synthetic?: Nearest | undefined;
  readonly holdout?: Nearest | undefined;
}

/** @param pairs closest pairs to list. @throws TypeError where the tables' columns differ in kind. */
export function* nearness(
  synthetic: Table,
  train: Table,
  holdout: Table,
  pairs = 20,
  known: KnownNear = {},
): Work<Nearness | Uncomputable> {
  if (synthetic.rows === 0 || train.rows < 2 || holdout.rows === 0)
    return { why: t`Nearness needs synthetic and holdout rows and at least two training rows.` };
  const near = known.synthetic ?? (yield* part(nearestRows(synthetic, train, 2), 0, 0.4));
  const other = yield* part(nearestRows(synthetic, holdout, 1, train), 0.4, 0.7);
  const held = known.holdout ?? (yield* part(nearestRows(holdout, train, 2), 0.7, 1));
  const first = ({ distances }: Nearest): Float64Array => distances.filter((_, i) => i % 2 === 0);
  const toTrain = first(near);
  const order = Int32Array.from(toTrain, (_, row) => row).sort((a, b) => toTrain[a]! - toTrain[b]! || a - b);
  return {
    share: dcrShareOf(toTrain, other.distances, train.rows, holdout.rows),
    toTrain,
    holdoutToTrain: first(held),
    nndr: meanRatio(near),
    holdoutNndr: meanRatio(held),
    closest: Array.from(order.slice(0, pairs), (row) => ({
      synthetic: row,
      train: near.rows[2 * row]!,
      distance: toTrain[row]!,
      toHoldout: other.distances[row]!,
    })),
  };
}

/**
 * Median distance of synthetic rows as a share of the holdout's, at most 1: 1 where they keep as far from training rows as
 * other real rows do. Both look at the same training rows, so the tables' sizes do not matter. NaN where most
 * holdout rows equal training rows.
 */
export function distanceRatio(toTrain: Float64Array, holdoutToTrain: Float64Array): number {
  const usual = median(holdoutToTrain);
  return usual === 0 ? NaN : Math.min(1, median(toTrain) / usual);
}

/** Between two equal rows neither is nearer: a ratio of 1. */
function meanRatio({ distances }: Nearest): number {
  let sum = 0;
  for (let i = 0; i < distances.length; i += 2)
    sum += distances[i + 1] === 0 ? 1 : distances[i]! / distances[i + 1]!;
  return sum / (distances.length / 2);
}
