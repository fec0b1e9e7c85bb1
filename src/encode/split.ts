import type { Random } from "../random/random.ts";

/** Row numbers, ascending, no row in both. */
export interface Split {
  readonly train: Int32Array;
  readonly holdout: Int32Array;
}

/**
 * Sets rows aside before anything is fitted. The share is kept as nearly as
 * whole rows allow, and one row at least stays for training.
 *
 * @param holdout share of rows set aside, 0 to 1; anything else counts as the nearer end.
 */
export function splitRows(rows: number, holdout: number, random: Random): Split {
  const share = Math.min(1, Math.max(0, Number.isNaN(holdout) ? 0 : holdout));
  const aside = Math.max(0, Math.min(rows - 1, Math.round(rows * share)));
  const order = random.permutation(rows);
  return { train: order.slice(aside).sort(), holdout: order.slice(0, aside).sort() };
}
