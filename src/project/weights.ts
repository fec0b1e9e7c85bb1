import type { Rows, RowSpan } from "./rows.ts";

/**
 * How much each position of an encoded row counts in a distance or a variance.
 *
 * A number counts as it is: standard normal, so two rows typically lie sqrt(2)
 * apart in it. Two different categories lie sqrt(2) apart in their one-hot
 * block, and always: unweighted, columns of many categories would outshout the
 * numbers and every projection would show the categories' clusters alone. At
 * 1/sqrt(2) a change of category is one unit, as far as one standard deviation
 * of a number, however many categories there are.
 *
 * @returns one weight a position, for `fitPca` and `startUmap`.
 */
export function weightsOf(spans: readonly RowSpan[]): Float32Array {
  const width = spans.reduce((end, span) => Math.max(end, span.start + span.width), 0);
  const weights = new Float32Array(width).fill(1);
  for (const span of spans)
    if (span.kind === "category") weights.fill(Math.SQRT1_2, span.start, span.start + span.width);
  return weights;
}

/** Rows whose plain Euclidean distance counts positions so. @param weights one a position. */
export const weighed = ({ values, rows, width }: Rows, weights: Float32Array): Rows => ({
  values: values.map((value, i) => value * weights[i % width]!),
  rows,
  width,
});
