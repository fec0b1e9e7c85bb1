import { useState } from "react";
import { count, t } from "../../language/words.ts";
import type { TableSummary } from "../../protocol/analysis.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { ColumnRow } from "./ColumnRow.tsx";
import css from "./ColumnsDialog.module.css";
import { Preview } from "./Preview.tsx";

/** Rows of this table that are drawn at once; the rest on demand, so that 5,000 columns open as fast as five. */
const pageful = 60;

/** What each column is taken for, how it looks, and whether it is learned. */
export function ColumnsDialog({
  summary,
  onClose,
}: {
  readonly summary: TableSummary;
  readonly onClose: () => void;
}) {
  const [sought, setSought] = useState("");
  const [shown, setShown] = useState(pageful);
  const wanted = sought.trim().toLowerCase();
  const found = summary.columns.filter(
    (column) =>
      wanted === "" ||
      column.name.toLowerCase().includes(wanted) ||
      column.type.includes(wanted) ||
      column.warnings.some((warning) => warning.kind.includes(wanted)),
  );
  return (
    <Dialog
      wide
      title={t`${summary.name}: ${count(summary.columns.length)} columns, ${count(summary.rows)} rows`}
      onClose={onClose}
    >
      {summary.columns.length > 12 && (
        <input
          type="search"
          aria-label={t`Find a column by name, type or warning`}
          placeholder={t`Find a column by name, type or warning`}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t`Columns of this table`}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t`Learn`}</th>
              <th scope="col">{t`Column`}</th>
              <th scope="col">{t`Type`}</th>
              <th scope="col">{t`Shape`}</th>
              <th scope="col" data-number="">{t`Missing`}</th>
              <th scope="col" data-number="">{t`Distinct`}</th>
              <th scope="col">{t`Notes`}</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shown).map((column) => (
              <ColumnRow key={column.name} column={column} rows={summary.rows} />
            ))}
          </tbody>
        </table>
        {found.length > shown && (
          <button
            type="button"
            onClick={() => setShown(shown + pageful)}
          >{t`Show ${Math.min(pageful, found.length - shown)} more of ${count(found.length - shown)}`}</button>
        )}
        {found.length === 0 && <p className={css.none}>{t`No column matches “${sought}”.`}</p>}
        <Preview summary={summary} />
      </div>
    </Dialog>
  );
}
