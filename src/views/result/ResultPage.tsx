import { useState } from "react";
import { datasetCards } from "../../catalog/datasets.ts";
import { count, t } from "../../language/words.ts";
import { citationOf, settingWords } from "../../share/citation.ts";
import { isOwn, runNames, type SharedRun } from "../../share/result.ts";
import type { OpenedResult } from "../../share/resultText.ts";
import { Mark } from "../bar/Mark.tsx";
import { ThemeButton } from "../bar/ThemeButton.tsx";
import { CurveKey } from "../kit/CurveKey.tsx";
import { CopyButton } from "../kit/CopyButton.tsx";
import { version } from "../kit/version.ts";
import { curveStyle, curveToken, isLoss } from "../watch/curves.ts";
import { Categories } from "./Categories.tsx";
import { CurveChart } from "./CurveChart.tsx";
import { ReplayStage } from "./ReplayStage.tsx";
import css from "./ResultPage.module.css";
import { RunAgain } from "./RunAgain.tsx";
import { Scoreboard } from "./Scoreboard.tsx";
import { SharedOutcome } from "./SharedOutcome.tsx";

export interface ResultPageProps {
  readonly opened: OpenedResult;
  /** The picture and its slider alone, for slides and articles. */
  readonly bare: boolean;
  readonly onRun: () => void;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onLeave: () => void;
}

/** A run that somebody shared, to be looked at: nothing here trains, and nothing of it runs. */
export function ResultPage({ opened, bare, onRun, onFiles, onLeave }: ResultPageProps) {
  const { result, faults } = opened;
  const { runs, table } = result;
  const [step, setStep] = useState(runs[0]!.step);
  if (bare) return <ReplayStageAlone opened={opened} />;
  const own = isOwn(result);
  const { dataset } = runs[0]!.setup;
  const data = own
    ? t`a table of someone's own, about ${count(table.rows)} rows`
    : t`${datasetCards.find(({ id }) => id === dataset)?.name ?? dataset}, ${count(table.rows)} rows`;
  const names = runNames(result);
  return (
    <div className={css.page} data-race={runs.length > 1}>
      <header className={css.bar}>
        <h1>
          <Mark />
          {t`Likeness`}
        </h1>
        <p className={css.what}>
          <b>{names.join(", ")}</b>
          {t` on ${data}`}
        </p>
        <div className={css.ways}>
          <ThemeButton />
          <button type="button" onClick={onLeave}>{t`Open the lab`}</button>
          <RunAgain result={result} onRun={onRun} onFiles={onFiles} />
        </div>
      </header>
      <p
        className={css.notice}
        role="status"
      >{t`A shared result, replayed: nothing is trained here.${own && t` It holds no row of the table, and of its real rows only how densely they lie.`}${faults.length > 0 && t` Some of its settings are not known here: ${faults.join(" ")}`}`}</p>
      <ReplayStage result={result} onStep={setStep} />
      <aside className={css.results} aria-label={t`Results`}>
        <Scoreboard result={result} />
        {runs.map((run, i) => (
          <RunCurves key={i} run={run} name={names[i]!} at={runs.length > 1 ? -1 : step} />
        ))}
        {result.experiment && <SharedOutcome experiment={result.experiment} />}
        <Categories result={result} />
        <section className={css.section} aria-labelledby="settings-heading">
          <div className={css.sectionHead}>
            <h2 id="settings-heading">{t`Settings`}</h2>
            <CopyButton
              look="link"
              text={runs.map(({ setup, step: taken }) => citationOf(setup, version, taken)).join("\n")}
            >{t`Copy as a citation`}</CopyButton>
          </div>
          {runs.map(({ setup }, i) => (
            <p key={i}>
              <b>{names[i]}</b>
              {t`: seed ${setup.seed}${settingWords(setup) === "" ? "" : `, ${settingWords(setup)}`}`}
            </p>
          ))}
        </section>
      </aside>
    </div>
  );
}

function ReplayStageAlone({ opened }: { readonly opened: OpenedResult }) {
  return (
    <div className={css.bare}>
      <ReplayStage result={opened.result} bare />
    </div>
  );
}

/** A run's losses, and how far its rows were from the held-out ones. */
function RunCurves({
  run: { losses, scores },
  name,
  at,
}: {
  readonly run: SharedRun;
  readonly name: string;
  readonly at: number;
}) {
  const shown = losses.curves.filter((curve) => isLoss(curve.name));
  return (
    <>
      {shown.length > 0 && (
        <section className={css.section} aria-label={t`Losses of ${name}`}>
          <h2>{t`Losses${at < 0 ? `, ${name}` : ""}`}</h2>
          <CurveKey
            curves={shown.map((curve, i) => ({
              ...curve,
              name: t(curve.name),
              colour: curveToken(i),
              stroke: curveStyle(i),
            }))}
          />
          <CurveChart
            at={at}
            curves={shown.map((curve) => ({ ...curve, name: t(curve.name), steps: losses.steps }))}
          />
        </section>
      )}
      {scores.steps.length > 1 && (
        <section className={css.section} aria-label={t`Distance to held-out rows, ${name}`}>
          <h2>{t`Distance to held-out rows${at < 0 ? `, ${name}` : ""}`}</h2>
          <CurveChart at={at} curves={[{ name: t`distance`, ...scores }]} />
        </section>
      )}
    </>
  );
}
