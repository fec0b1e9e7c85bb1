import { useMemo, useRef, useState, type CSSProperties } from "react";
import { modelCard } from "../../catalog/models.ts";
import { t } from "../../language/words.ts";
import type { LabState } from "../../store/state.ts";
import { useLab } from "../context.ts";
import { CurveKey } from "../kit/CurveKey.tsx";
import { SavePicture } from "../kit/SavePicture.tsx";
import { useLabSlowly } from "../useLabSlowly.ts";
import { LossChart } from "./LossChart.tsx";
import { LossTable } from "./LossTable.tsx";
import { curveStyle, curveToken, isLoss } from "./curves.ts";
import css from "./Results.module.css";

const pick = (state: LabState) => state.training.losses;

/** One curve per objective, in the order of the algorithm box. */
export function LossPanel() {
  const losses = useLabSlowly(pick);
  const curves = useLab((state) => state.training.objectives);
  const objectives = useMemo(() => curves.filter(isLoss), [curves]);
  const model = useLab((state) => modelCard((state.training.startedFrom ?? state.setup).model));
  const chart = useRef<HTMLDivElement>(null);
  const [logScale, setLogScale] = useState(false);
  const [smoothing, setSmoothing] = useState(0.6);

  if (model.instant)
    return (
      <section className={css.section} aria-labelledby="losses-heading">
        <h2 id="losses-heading">{t`Losses`}</h2>
        <p
          className={css.quiet}
        >{t`${model.name}: fitted at once, without steps or losses. A baseline to hold the others against.`}</p>
      </section>
    );
  return (
    <section className={css.section} aria-labelledby="losses-heading">
      <div className={css.head}>
        <h2 id="losses-heading">{t`Losses`}</h2>
        {losses.steps.length > 0 && <SavePicture of={chart} name="likeness-losses" />}
      </div>
      {objectives.length > 0 && (
        <CurveKey
          curves={objectives.map((name, i) => ({
            name: t(name),
            values: losses.values[name] ?? [],
            colour: curveToken(i),
            stroke: curveStyle(i),
          }))}
        />
      )}
      <div ref={chart}>
        <LossChart losses={losses} objectives={objectives} logScale={logScale} smoothing={smoothing} />
      </div>
      <div className={css.chartOptions}>
        <label>
          <input type="checkbox" checked={logScale} onChange={(event) => setLogScale(event.target.checked)} />
          {t`Log scale`}
        </label>
        <label>
          {t`Smoothing`}
          <input
            type="range"
            min={0}
            max={0.98}
            step={0.02}
            value={smoothing}
            style={{ "--filled": `${(100 * smoothing) / 0.98}%` } as CSSProperties}
            onChange={(event) => setSmoothing(Number(event.target.value))}
          />
        </label>
      </div>
      <LossTable losses={losses} objectives={objectives} />
    </section>
  );
}
