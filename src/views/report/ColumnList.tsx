import { useState } from "react";
import { t } from "../../language/words.ts";
import type { ColumnCard } from "../../protocol/report.ts";
import { percent } from "../kit/format.ts";
import { Distribution } from "../stage/ColumnFigure.tsx";
import { three, two, valueOf } from "./figure.ts";
import css from "./Report.module.css";
import { ErrorBar, largest } from "./Track.tsx";

/** Columns, the worst first and open: how far off, and both distributions. */
export function ColumnList({
  columns,
  showPairs,
}: {
  readonly columns: readonly ColumnCard[];
  readonly showPairs: (column: string) => void;
}) {
  const [open, setOpen] = useState(columns[0]?.name);
  const most = largest(columns);
  return (
    <>
      <p
        className={css.lead}
      >{t`How far each column's values lie from the real ones, 0 alike to 1: Kolmogorov–Smirnov of numbers and dates, total variation of categories. The grey square is the holdout's.`}</p>
      <ol className={css.list}>
        {columns.map((column) => {
          const shown = open === column.name;
          return (
            <li key={column.name}>
              <button
                type="button"
                className={css.row}
                aria-expanded={shown}
                onClick={() => setOpen(shown ? undefined : column.name)}
              >
                <span>{column.name}</span>
                <ErrorBar error={column.error} holdout={column.holdout} most={most} />
                <span>{three(column.error)}</span>
              </button>
              {shown && (
                <div className={css.detail}>
                  {"why" in column.error && <p>{t`Not computable, because: ${column.error.why}`}</p>}
                  <Distribution
                    name={column.name}
                    histogram={column.histogram}
                    frame={{ counts: column.counts, others: column.others }}
                    dated={column.type === "datetime"}
                    large
                    caption={t`distance ${three(column.error)}`}
                  />
                  <p
                    className={css.small}
                  >{t`Holdout ${three(column.holdout)} · covered ${two(column.coverage)} · valid ${two(column.validity)}${
                    column.missing.real + column.missing.synthetic > 0 &&
                    t` · missing ${percent(column.missing.real)} real, ${percent(column.missing.synthetic)} synthetic`
                  }${
                    valueOf(column.error) <= valueOf(column.holdout) &&
                    t` · no further off than fresh real rows`
                  }`}</p>
                  <p>
                    <button
                      type="button"
                      data-look="link"
                      onClick={() => showPairs(column.name)}
                    >{t`Its pairs with other columns`}</button>
                  </p>
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}
