import { count, t } from "../../language/words.ts";
import type { TableSummary } from "../../protocol/analysis.ts";
import css from "./ColumnsDialog.module.css";

/** Columns of the preview; a page of pixels helps nobody. */
const most = 40;

/** The first rows in the file's own characters. */
export function Preview({ summary }: { readonly summary: TableSummary }) {
  const columns = summary.columns.slice(0, most);
  return (
    <details>
      <summary>{t`First ${count(summary.preview.length)} rows, as they stand in the file${summary.columns.length > most && t` (${most} of ${count(summary.columns.length)} columns)`}`}</summary>
      <div className={css.preview} tabIndex={0} role="region" aria-label={t`First rows`}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col" data-number={column.type === "number" ? "" : undefined}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {summary.preview.map((row, r) => (
              <tr key={r}>
                {columns.map((column, c) => (
                  <td key={column.name} data-number={column.type === "number" ? "" : undefined}>
                    {row[c]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
