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
  const at = (step: number | undefined): string => (step === undefined ? "" : ` (step ${step})`);
  return (
    <details>
      <summary>Show as table</summary>
      <div className={css.scroll} tabIndex={0} role="region" aria-label="Losses in figures">
        <table className={css.table}>
          <caption>Losses</caption>
          <thead>
            <tr>
              <th scope="col">Objective</th>
              <th scope="col">First{at(losses.steps[0])}</th>
              <th scope="col">Latest{at(losses.steps.at(-1))}</th>
            </tr>
          </thead>
          <tbody>
            {objectives.map((name) => (
              <tr key={name}>
                <th scope="row">{name}</th>
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
