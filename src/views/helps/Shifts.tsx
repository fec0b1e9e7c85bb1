import { useState } from "react";
import { count, t } from "../../language/words.ts";
import type { ColumnSummary } from "../../protocol/analysis.ts";
import type { Shift } from "../../protocol/experiment.ts";
import { useActions, useLab } from "../context.ts";
import { percent, short } from "../kit/format.ts";
import { Slider } from "../kit/Slider.tsx";
import { Contests } from "./Outcome.tsx";
import css from "./Helps.module.css";

const most = 3;

/** A value or a range of a column, and its share of the table's rows as they are. */
interface Part {
  readonly label: string;
  readonly share: number;
  readonly what: { readonly value: string } | { readonly from: number };
}

interface Wanted {
  readonly column: string;
  readonly part: number;
  readonly percent: number;
}

/** The test rows weighed to another distribution by sliders: would the verdict stand where the world is different? */
export function Shifts() {
  const columns = useLab((state) => state.data.summary?.columns) ?? [];
  const rows = useLab((state) => state.data.summary?.rows ?? 0);
  const shifted = useLab((state) => state.experiment.shifted);
  const { shiftTest } = useActions();
  const [wanted, setWanted] = useState<readonly Wanted[]>([]);
  const usable = columns.filter((column) => column.include && partsOf(column, rows).length > 0);
  if (usable.length === 0) return null;
  const named = (name: string): ColumnSummary => usable.find((column) => column.name === name)!;

  const ask = (next: readonly Wanted[]): void => {
    setWanted(next);
    shiftTest(
      next.map(({ column, part, percent: share }): Shift => ({
        column,
        ...partsOf(named(column), rows)[part]!.what,
        share: share / 100,
      })),
    );
  };
  const begin = (column: ColumnSummary, part = 0): Wanted => ({
    column: column.name,
    part,
    percent: Math.round(100 * partsOf(column, rows)[part]!.share),
  });
  const change = (i: number, to: Wanted): void => ask(wanted.with(i, to));
  const others = usable.filter(({ name }) => !wanted.some(({ column }) => column === name));

  return (
    <section className={css.shifts} aria-labelledby="shifts-heading">
      <h3 id="shifts-heading">{t`Under another distribution`}</h3>
      <p
        className={css.quiet}
      >{t`Weigh the held-out rows as if a value were more or less frequent where the model is used. Nothing is trained again.`}</p>
      {wanted.map((each, i) => {
        const column = named(each.column);
        const parts = partsOf(column, rows);
        const part = parts[each.part]!;
        return (
          <div className={css.shift} key={each.column}>
            <select
              aria-label={t`Column that shifts`}
              value={each.column}
              onChange={({ currentTarget: { value } }) => change(i, begin(named(value)))}
            >
              {[column, ...others].map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <select
              aria-label={t`What of ${each.column}`}
              value={each.part}
              onChange={({ currentTarget: { value } }) => change(i, begin(column, Number(value)))}
            >
              {parts.map(({ label }, at) => (
                <option key={label} value={at}>
                  {label}
                </option>
              ))}
            </select>
            <Slider
              thumbs={[
                {
                  label: t`Share with ${each.column} ${part.label}`,
                  at: each.percent,
                  words: t`${each.percent} %, ${percent(part.share)} as they are`,
                },
              ]}
              most={100}
              mark={100 * part.share}
              onChange={([at]) => change(i, { ...each, percent: at! })}
            />
            <output>{each.percent} %</output>
            <button
              type="button"
              data-look="quiet"
              aria-label={t`Leave ${each.column} as it is`}
              onClick={() => ask(wanted.toSpliced(i, 1))}
            >
              ×
            </button>
          </div>
        );
      })}
      {wanted.length < most && others.length > 0 && (
        <button type="button" onClick={() => setWanted([...wanted, begin(others[0]!)])}>
          {wanted.length === 0 ? t`Shift a column` : t`Shift another column`}
        </button>
      )}
      {wanted.length > 0 && shifted !== undefined && (
        <div className={css.shifted} aria-live="polite">
          {"why" in shifted ? (
            <p>{shifted.why}</p>
          ) : (
            <>
              <p>
                <b>{shifted.headline.words}.</b> {shifted.words}
                {shifted.effective < 100 &&
                  t` ${count(shifted.effective)} rows are few: the intervals below are wide for that.`}
              </p>
              <Contests contests={shifted.contests.filter(({ main }) => main)} />
            </>
          )}
        </div>
      )}
    </section>
  );
}

/** Categories, most frequent first; of numbers "from … on", at the edges of the column's little picture. */
function partsOf({ histogram, type }: ColumnSummary, rows: number): readonly Part[] {
  if (histogram.kind === "category")
    return histogram.labels.map((label, i) => ({
      label: `= ${label}`,
      share: histogram.counts[i]! / rows,
      what: { value: label },
    }));
  const { edges, counts } = histogram;
  return edges.slice(1, -1).flatMap((edge, i) => {
    const share = counts.slice(i + 1).reduce((sum, each) => sum + each, 0) / rows;
    const label = t`from ${type === "datetime" ? new Date(edge).toISOString().slice(0, 10) : short(edge)} on`;
    return share > 0 && share < 1 ? [{ label, share, what: { from: edge } }] : [];
  });
}
