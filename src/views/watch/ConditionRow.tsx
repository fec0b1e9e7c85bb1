import { useId } from "react";
import type { ColumnSummary } from "../../protocol/analysis.ts";
import { Icon } from "../kit/Icon.tsx";
import { NumberBox } from "../kit/NumberBox.tsx";
import type { ConditionDraft } from "./conditionDraft.ts";
import css from "./Conditions.module.css";

/** Stands for a missing cell among the values to choose from; no cell holds it. */
const missingValue = "\u0000";

/** One condition: a column, and the value or the range that it is to have. */
export function ConditionRow({
  draft,
  columns,
  onChange,
  onRemove,
}: {
  readonly draft: ConditionDraft;
  readonly columns: readonly ColumnSummary[];
  readonly onChange: (draft: ConditionDraft) => void;
  readonly onRemove: () => void;
}) {
  const column = columns.find(({ name }) => name === draft.column) ?? columns[0]!;
  const change = (to: Partial<ConditionDraft>): void => onChange({ ...draft, ...to });
  const { histogram } = column;
  return (
    <li className={css.row}>
      <select
        aria-label="Column"
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
        <ValueBox column={column} draft={draft} onChange={change} />
      ) : (
        <span className={css.range}>
          <input
            type="text"
            aria-label={`${column.name} from`}
            placeholder="from"
            value={draft.from}
            onChange={(event) => change({ from: event.target.value })}
          />
          <span aria-hidden="true">–</span>
          <input
            type="text"
            aria-label={`${column.name} to`}
            placeholder="to"
            value={draft.to}
            onChange={(event) => change({ to: event.target.value })}
          />
        </span>
      )}
      <button
        type="button"
        data-look="quiet"
        aria-label={`Remove the condition on ${column.name}`}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

function ValueBox({
  column: { name, histogram, missing },
  draft,
  onChange,
}: {
  readonly column: ColumnSummary;
  readonly draft: ConditionDraft;
  readonly onChange: (to: Partial<ConditionDraft>) => void;
}) {
  const listId = useId();
  if (histogram.kind !== "category") return null;
  const few = histogram.others === 0;
  return (
    <span className={css.value}>
      {few ? (
        <select
          aria-label={`${name} is`}
          value={draft.missing ? missingValue : draft.value}
          onChange={({ target: { value } }) =>
            onChange(value === missingValue ? { missing: true, value: "" } : { missing: false, value })
          }
        >
          {histogram.labels.map((label) => (
            <option key={label}>{label}</option>
          ))}
          {missing > 0 && <option value={missingValue}>missing</option>}
        </select>
      ) : (
        <>
          <input
            type="text"
            aria-label={`${name} is`}
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
        in
        <NumberBox
          aria-label={`Percent of rows with this ${name}`}
          min={0}
          max={100}
          value={draft.percent}
          onCommit={(percent) => onChange({ percent })}
        />
        %
      </span>
    </span>
  );
}

/** What a new condition on a column begins with: the rarest value listed, or any number. */
export function blankFor({ name, histogram }: ColumnSummary): Omit<ConditionDraft, "id"> {
  const value = histogram.kind === "category" ? (histogram.labels.at(-1) ?? "") : "";
  return { column: name, value, percent: 100, missing: false, from: "", to: "" };
}
