import { useState } from "react";
import { count, t } from "../../language/words.ts";
import type { PairCard } from "../../protocol/report.ts";
import { CellsFigure } from "./CellsFigure.tsx";
import { signed, three } from "./figure.ts";
import css from "./Report.module.css";
import { ErrorBar, largest } from "./Track.tsx";

const pageful = 30;
const keyOf = ({ columns }: PairCard): string => columns.join("\n");

/** Pairs of columns, the worst first and open, of all columns or of one. */
export function PairList({
  pairs,
  column,
  choose,
}: {
  readonly pairs: readonly PairCard[];
  readonly column: string | undefined;
  readonly choose: (column: string | undefined) => void;
}) {
  const names = [...new Set(pairs.flatMap(({ columns }) => columns))].toSorted();
  const all = column === undefined ? pairs : pairs.filter(({ columns }) => columns.includes(column));
  const [open, setOpen] = useState<string | undefined>(all[0] && keyOf(all[0]));
  const [shown, setShown] = useState(pageful);
  const most = largest(pairs);
  return (
    <>
      <p
        className={css.lead}
      >{t`How differently two columns go together, 0 alike to 1: half the difference of correlations of two numbers, else total variation of the joint cells.`}</p>
      <label className={css.filter}>
        {t`Pairs with`}
        <select
          value={column ?? ""}
          onChange={({ currentTarget: { value } }) => choose(value === "" ? undefined : value)}
        >
          <option value="">{t`any column`}</option>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <ol className={css.list}>
        {all.slice(0, shown).map((pair) => {
          const key = keyOf(pair);
          return (
            <li key={key}>
              <button
                type="button"
                className={css.row}
                aria-expanded={open === key}
                onClick={() => setOpen(open === key ? undefined : key)}
              >
                <span>{pair.columns.join(" × ")}</span>
                <ErrorBar error={pair.error} holdout={pair.holdout} most={most} />
                <span>{three(pair.error)}</span>
              </button>
              {open === key && (
                <div className={css.detail}>
                  {"why" in pair.error && <p>{t`Not computable, because: ${pair.error.why}`}</p>}
                  <p
                    className={css.small}
                  >{t`${pair.measure === "correlation" ? t`Correlation` : t`Cramér’s V`} ${signed(pair.real)} in real rows, ${signed(pair.synthetic)} in synthetic ones · holdout ${three(pair.holdout)}`}</p>
                  {pair.cells && <CellsFigure cells={pair.cells} columns={pair.columns} />}
                </div>
              )}
            </li>
          );
        })}
      </ol>
      {all.length > shown && (
        <button
          type="button"
          onClick={() => setShown(shown + pageful)}
        >{t`Show more pairs (${count(all.length - shown)} left)`}</button>
      )}
    </>
  );
}
