import { useId } from "react";
import { t } from "../../language/words.ts";
import type { ColumnSummary } from "../../protocol/analysis.ts";
import { percent } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import { NumberBox } from "../kit/NumberBox.tsx";
import { Slider } from "../kit/Slider.tsx";
import { blankFor, type ConditionDraft } from "./conditionDraft.ts";
import css from "./Conditions.module.css";
import { RangeSlider } from "./RangeSlider.tsx";

/** Stands for a missing cell among the values to choose from; no cell holds it. */
const missingValue = "\u0000";

/** One condition: a column, and the value or the range that it is to have. */
export function ConditionRow({
  draft,
  columns,
  rows,
  onChange,
  onRemove,
}: {
  readonly draft: ConditionDraft;
  readonly columns: readonly ColumnSummary[];
  /** Rows of the table. */
  readonly rows: number;
  readonly onChange: (draft: ConditionDraft) => void;
  readonly onRemove: () => void;
}) {
  const column = columns.find(({ name }) => name === draft.column) ?? columns[0]!;
  const change = (to: Partial<ConditionDraft>): void => onChange({ ...draft, ...to });
  const { histogram } = column;
  return (
    <li className={css.row}>
      <select
        aria-label={t`Column`}
        value={column.name}
        onChange={(event) =>
          change({
            ...blankFor(columns.find(({ name }) => name === event.target.value)!),
            column: event.target.value,
          })
        }
      >
        {columns.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {histogram.kind === "category" ? (
        <ValueBox column={column} rows={rows} draft={draft} onChange={change} />
      ) : (
        <span className={css.range}>
          <input
            type="text"
            aria-label={t`${column.name} from`}
            placeholder={t`from`}
            value={draft.from}
            onChange={(event) => change({ from: event.target.value })}
          />
          <span aria-hidden="true">–</span>
          <input
            type="text"
            aria-label={t`${column.name} to`}
            placeholder={t`to`}
            value={draft.to}
            onChange={(event) => change({ to: event.target.value })}
          />
          <RangeSlider column={column} draft={draft} onChange={change} />
        </span>
      )}
      <button
        type="button"
        data-look="quiet"
        aria-label={t`Remove the condition on ${column.name}`}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

function ValueBox({
  column: { name, histogram, missing },
  rows,
  draft,
  onChange,
}: {
  readonly column: ColumnSummary;
  readonly rows: number;
  readonly draft: ConditionDraft;
  readonly onChange: (to: Partial<ConditionDraft>) => void;
}) {
  const listId = useId();
  if (histogram.kind !== "category") return null;
  const few = histogram.others === 0;
  const times = draft.missing ? missing : histogram.counts[histogram.labels.indexOf(draft.value)];
  const real = times === undefined ? undefined : times / Math.max(1, rows);
  const place = Math.round(Math.min(100, Math.max(0, draft.percent)));
  return (
    <span className={css.value}>
      {few ? (
        <select
          aria-label={t`${name} is`}
          value={draft.missing ? missingValue : draft.value}
          onChange={({ target: { value } }) =>
            onChange(value === missingValue ? { missing: true, value: "" } : { missing: false, value })
          }
        >
          {histogram.labels.map((label) => (
            <option key={label}>{label}</option>
          ))}
          {missing > 0 && <option value={missingValue}>{t`missing`}</option>}
        </select>
      ) : (
        <>
          <input
            type="text"
            aria-label={t`${name} is`}
            list={listId}
            value={draft.value}
            onChange={(event) => onChange({ value: event.target.value })}
          />
          <datalist id={listId}>
            {histogram.labels.map((label) => (
              <option key={label}>{label}</option>
            ))}
          </datalist>
        </>
      )}
      <span className={css.percent}>
        {t`in`}
        <NumberBox
          aria-label={t`Percent of rows with this ${name}`}
          min={0}
          max={100}
          value={draft.percent}
          onCommit={(percent) => onChange({ percent })}
        />
        %
      </span>
      <span className={css.slider}>
        <Slider
          most={100}
          mark={real === undefined ? undefined : 100 * real}
          thumbs={[{ label: t`Percent of rows with this ${name}, slider`, at: place, words: `${place} %` }]}
          onChange={([next = 0]) => onChange({ percent: next })}
        />
        {real !== undefined && <small className={css.real}>{t`${percent(real)} in the table`}</small>}
      </span>
    </span>
  );
}
