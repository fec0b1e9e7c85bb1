/** Where synthetic rows are off: columns and pairs of them, worst first. */
import type { ColumnCard, PairCard } from "../protocol/report.ts";
import { isValue, type Measured } from "../quality/measured.ts";
import type { Report } from "../quality/report.ts";
import type { Table } from "../table/table.ts";
import { missingShare } from "./missingCard.ts";
import { overlay } from "./overlay.ts";

/** Worst first; what could not be compared comes last. */
const worst = (a: Measured, b: Measured): number => (isValue(b) ? b.value : -1) - (isValue(a) ? a.value : -1);

export function columnCards(
  { synthetic: own, references }: Report,
  train: Table,
  made: Table,
): readonly ColumnCard[] {
  return train.columns
    .map((column, i): ColumnCard => {
      const { measure, error } = own.fidelity.shape.columns[i]!;
      const drawn = overlay(column);
      const { counts, others } = drawn.count(made.columns[i]!);
      return {
        name: column.name,
        type: column.type,
        measure,
        error,
        holdout: references.holdout.fidelity.shape.columns[i]!.error,
        missing: { real: missingShare(column), synthetic: missingShare(made.columns[i]!) },
        coverage: own.completeness.values.columns[i]!.share,
        validity: own.completeness.diagnostic.validity.columns[i]!.share,
        histogram: drawn.histogram,
        counts,
        others,
      };
    })
    .toSorted((a, b) => worst(a.error, b.error));
}

export function pairCards(
  { synthetic, references, columns }: Report,
  hang: (side: "real" | "synthetic", a: number, b: number) => number | null,
): readonly PairCard[] {
  return synthetic.fidelity.trend.pairs
    .map(({ columns: [a, b], measure, error }, i): PairCard => ({
      columns: [columns[a]!, columns[b]!],
      measure,
      error,
      holdout: references.holdout.fidelity.trend.pairs[i]!.error,
      real: hang("real", a, b),
      synthetic: hang("synthetic", a, b),
    }))
    .toSorted((a, b) => worst(a.error, b.error));
}
