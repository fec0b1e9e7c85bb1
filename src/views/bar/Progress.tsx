import { modelCard } from "../../catalog/models.ts";
import { count, t } from "../../language/words.ts";
import type { LabState } from "../../store/state.ts";
import { useLabSlowly } from "../useLabSlowly.ts";
import { rate, stopwatch } from "../kit/format.ts";
import css from "./TopBar.module.css";
import { spent, timeToGo } from "./timeToGo.ts";

const pick = (state: LabState): LabState["training"] => state.training;
const pickPhase = (state: LabState): LabState["phase"] => state.phase;
const pickBudget = (state: LabState) => state.setup.budget;
const pickInstant = (state: LabState) => modelCard((state.training.startedFrom ?? state.setup).model).instant;

/** Where the run stands: step, pace, time gone and to go. */
export function Progress() {
  const training = useLabSlowly(pick);
  const phase = useLabSlowly(pickPhase);
  const budget = useLabSlowly(pickBudget);
  const instant = useLabSlowly(pickInstant);
  const goal = budget.unit === "steps" ? ` / ${count(budget.amount)}` : "";
  const left = timeToGo(training, budget);
  if (instant)
    return (
      <div className={css.progress}>
        {phase === "finished" ? t`fitted` : t`nothing to train, only to fit`}
      </div>
    );
  return (
    <div className={css.progress}>
      <span>
        {t`step `}
        <b>{count(training.step)}</b>
        {goal}
      </span>
      {training.stepsPerSecond > 0 && phase === "training" && (
        <span>{t`${rate(training.stepsPerSecond)} steps/s`}</span>
      )}
      {training.elapsed > 0 && (
        <span title={t`Time trained, pauses left out`}>{stopwatch(training.elapsed)}</span>
      )}
      {phase === "training" && left !== undefined && (
        <span className={css.toGo}>{t`${stopwatch(Math.ceil(left))} to go`}</span>
      )}
      {phase === "finished" && <span>{t`finished`}</span>}
      <i className={css.spent} style={{ width: `${100 * spent(training, budget)}%` }} aria-hidden="true" />
    </div>
  );
}
