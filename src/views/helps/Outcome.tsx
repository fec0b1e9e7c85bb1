import { outcomeWords } from "../../catalog/experiments.ts";
import { modelCard } from "../../catalog/models.ts";
import { count, t } from "../../language/words.ts";
import type { ContestCard, ExperimentCard } from "../../protocol/experiment.ts";
import { useLab } from "../context.ts";
import { Chart } from "./Chart.tsx";
import css from "./Helps.module.css";

/** The verdict, what was seen, and each comparison with its numbers. */
export function Outcome({ card }: { readonly card: ExperimentCard }) {
  const { headline, maker, rows, seconds, charts, contests } = card;
  const moved = useLab(({ setup }) => !maker.startsWith(modelCard(setup.model).name));
  const others = contests.filter(({ main }) => !main);
  return (
    <>
      <header className={css.head} data-outcome={headline.outcome}>
        <h2>{headline.words}</h2>
        <p>{t`Synthetic rows from ${maker}, tested on ${count(rows.test)} held-out rows of ${count(rows.train + rows.test)}; ${seconds < 1.5 ? t`a second` : t`${count(Math.round(seconds))} seconds`}${moved && t`. Another model is chosen since`}`}</p>
      </header>
      <div className={css.charts}>
        {charts.map((chart) => (
          <Chart key={chart.title} chart={chart} />
        ))}
      </div>
      <Contests contests={contests.filter(({ main }) => main)} />
      {others.length > 0 && (
        <details className={css.others}>
          <summary>
            {others.length === 1 ? t`Another comparison` : t`${count(others.length)} other comparisons`}
          </summary>
          <Contests contests={others} />
        </details>
      )}
    </>
  );
}

export function Contests({ contests }: { readonly contests: readonly ContestCard[] }) {
  return (
    <ul className={css.contests} aria-label={t`Comparisons`}>
      {contests.map(({ outcome, words, main }) => (
        <li key={words} data-outcome={outcome} data-main={main}>
          <b>{outcomeWords[outcome]}</b>
          <p>{words}</p>
        </li>
      ))}
    </ul>
  );
}
