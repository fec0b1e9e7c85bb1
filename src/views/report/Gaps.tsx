import { t } from "../../language/words.ts";
import type { MissingCard } from "../../protocol/report.ts";
import { percent } from "../kit/format.ts";
import css from "./Report.module.css";

/** Which cells are missing together, how often in real and in synthetic rows. */
export function Gaps({ missing: { columns, patterns } }: { readonly missing: MissingCard }) {
  if (columns.length === 0)
    return <p className={css.lead}>{t`No cell is missing, in real or in synthetic rows.`}</p>;
  return (
    <>
      <p
        className={css.lead}
      >{t`Which cells of a row are missing together, most frequent first, and in how many rows.`}</p>
      <div className={css.scroll} tabIndex={0} role="group" aria-label={t`Patterns of gaps`}>
        <table className={css.table}>
          <thead>
            <tr>
              {columns.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col" data-number>{t`real`}</th>
              <th scope="col" data-number>{t`synthetic`}</th>
            </tr>
          </thead>
          <tbody>
            {patterns.map(({ gaps, real, synthetic }) => (
              <tr key={gaps.join()}>
                {gaps.map((gap, i) => (
                  <td key={columns[i]!.name}>
                    <i className={css.gap} data-gap={gap} />
                    <span className="visuallyHidden">{gap ? t`missing` : t`present`}</span>
                  </td>
                ))}
                <td data-number>{percent(real)}</td>
                <td data-number>{percent(synthetic)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              {columns.map(({ name, real, synthetic }) => (
                <td key={name}>
                  {percent(real)} | {percent(synthetic)}
                </td>
              ))}
              <td data-number colSpan={2}>{t`real | synthetic, by column`}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
}
