import { t } from "../../language/words.ts";
import type { Losses } from "../../store/losses.ts";
import css from "./Results.module.css";

/** First and latest losses at full precision, for scripts, screen readers and comparisons. */
export function LossTable({
  losses,
  objectives,
}: {
  readonly losses: Losses;
  readonly objectives: readonly string[];
}) {
  const exact = (value: number | undefined): string => (value === undefined ? "–" : String(value));
  const at = (step: number | undefined): string => (step === undefined ? "" : t` (step ${step})`);
  return (
    <details>
      <summary>{t`Show as table`}</summary>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t`Losses in figures`}>
        <table className={css.table}>
          <caption>{t`Losses`}</caption>
          <thead>
            <tr>
              <th scope="col">{t`Objective`}</th>
              <th scope="col">{t`First${at(losses.steps[0])}`}</th>
              <th scope="col">{t`Latest${at(losses.steps.at(-1))}`}</th>
            </tr>
          </thead>
          <tbody>
            {objectives.map((name) => (
              <tr key={name}>
                <th scope="row">{t(name)}</th>
                <td>{exact(losses.values[name]?.[0])}</td>
                <td>{exact(losses.values[name]?.at(-1))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
