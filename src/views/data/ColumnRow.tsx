import { memo } from "react";
import { count, t } from "../../language/words.ts";
import type { ColumnSummary } from "../../protocol/analysis.ts";
import type { ColumnType } from "../../table/table.ts";
import { useActions } from "../context.ts";
import { percent } from "../kit/format.ts";
import css from "./ColumnsDialog.module.css";
import { TinyHistogram } from "./TinyHistogram.tsx";

const typeNames: Record<ColumnType, string> = {
  number: t`Number`,
  category: t`Category`,
  boolean: t`Boolean`,
  datetime: t`Date or time`,
  identifier: t`Identifier`,
  text: t`Free text`,
  constant: t`Constant`,
};

/** Memoised: while one column changes, the others stay as they are. */
export const ColumnRow = memo(function ColumnRow({
  column,
  rows,
}: {
  readonly column: ColumnSummary;
  readonly rows: number;
}) {
  const { chooseColumn } = useActions();
  const { name, type, inferred, include } = column;
  const types = column.possible.includes(type) ? column.possible : [type, ...column.possible];
  const off = include ? "" : column.reason;
  return (
    <tr data-off={!include}>
      <td>
        <input
          type="checkbox"
          aria-label={t`Learn ${name}`}
          checked={include}
          onChange={(event) => chooseColumn(name, { include: event.target.checked })}
        />
      </td>
      <th scope="row" className={css.name} title={name}>
        {name}
      </th>
      <td>
        <select
          aria-label={t`Type of ${name}`}
          value={type}
          onChange={(event) => chooseColumn(name, { type: event.target.value as ColumnType })}
        >
          {types.map((option) => (
            <option key={option} value={option}>
              {typeNames[option]}
              {option === inferred && option !== type ? t` (inferred)` : ""}
            </option>
          ))}
        </select>
      </td>
      <td>
        <TinyHistogram histogram={column.histogram} />
      </td>
      <td data-number="" data-label="missing">
        {column.missing === 0 ? "–" : percent(column.missing / Math.max(1, rows))}
      </td>
      <td data-number="" data-label="distinct">
        {count(column.distinct)}
      </td>
      <td className={css.notes}>
        <p>{column.describes}</p>
        {include && column.grouped !== undefined && <p>{column.grouped}</p>}
        {off !== "" && <p>{t`Off: ${off}`}</p>}
        {column.warnings
          .filter((warning) => warning.text !== off)
          .map((warning) => (
            <p key={warning.kind} className={css.warning}>
              {warning.text}
            </p>
          ))}
      </td>
    </tr>
  );
});
