/**
 * Rows of one category share one place. The i-th dot is set aside by the i-th
 * term of a low-discrepancy sequence: evenly spread, and the same dot always by
 * the same amount, so that it still travels.
 */
const strides = [0.7548776662466927, 0.5698402909980532] as const;

/** Offset of dot `i` along axis 0 or 1, within ±`reach`. */
export const jitter = (i: number, axis: 0 | 1, reach = 0.28): number =>
  (((0.5 + (i + 1) * strides[axis]) % 1) * 2 - 1) * reach;
