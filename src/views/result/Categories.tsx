import { t } from "../../language/words.ts";
import { columnName, runNames, type SharedResult } from "../../share/result.ts";
import { percent } from "../kit/format.ts";
import css from "./ResultPage.module.css";

/** Shares of the categories that were ticked to be told; nothing where none were. */
export function Categories({ result }: { readonly result: SharedResult }) {
  const { table, runs } = result;
  const told = table.columns.flatMap((column, i) => (column.categories ? [{ column, i }] : []));
  if (told.length === 0) return null;
  return (
    <section className={css.section} aria-labelledby="categories-heading">
      <h2 id="categories-heading">{t`Categories`}</h2>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t`Shares of categories`}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="visuallyHidden">{t`Category`}</span>
              </th>
              <th scope="col">{t`real`}</th>
              {runNames(result).map((name, r) => (
                <th key={r} scope="col">
                  {runs.length > 1 ? name : t`synthetic`}
                </th>
              ))}
            </tr>
          </thead>
          {told.map(({ column, i }) => (
            <tbody key={i}>
              <tr>
                <th scope="rowgroup" colSpan={2 + runs.length} className={css.group}>
                  {columnName(column)}
                </th>
              </tr>
              {column.categories!.map(({ label, share }, c) => (
                <tr key={c}>
                  <th scope="row">{label === "" ? t`(empty)` : label}</th>
                  <td>{percent(share)}</td>
                  {runs.map(({ shares }, r) => (
                    <td key={r}>{percent(shares[i]?.[c] ?? NaN)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}
