import { useId, useRef } from "react";
import { modelCards } from "../../catalog/models.ts";
import { count, t } from "../../language/words.ts";
import { hasBudgetLeft, longerBudget } from "../../store/goingOn.ts";
import { changesSince } from "../../store/setup.ts";
import { useActions, useLab } from "../context.ts";
import { Icon } from "../kit/Icon.tsx";
import { StepButton } from "./StepButton.tsx";
import css from "./TopBar.module.css";

const speeds = [
  { value: 2, label: t`Slow motion, 2/s` },
  { value: 10, label: t`10 steps/s` },
  { value: 50, label: t`50 steps/s` },
  { value: Infinity, label: t`Full speed` },
] as const;

/**
 * Train or Pause, whichever makes sense; both where a change waits for a new run. Once a run is over, its words say whether
 * it would go on or begin anew, and a second button has it take more steps.
 */
export function Transport() {
  const phase = useLab((state) => state.phase);
  const setup = useLab((state) => state.setup);
  const startedFrom = useLab((state) => state.training.startedFrom);
  const prepared = useLab((state) => state.data.prepared !== undefined);
  const actions = useActions();
  const changesId = useId();
  const changes = startedFrom ? changesSince(startedFrom, setup) : [];
  const waiting = changes.length > 0;
  const instant = modelCards.find((card) => card.id === setup.model)?.instant ?? false;
  const starting = useLab((state) => state.training.starting);
  const usable = prepared && phase !== "loading" && phase !== "error";
  const running = phase === "training";
  const pauses = running && !waiting;
  const goesOn = useLab(hasBudgetLeft);
  const over = phase === "finished" && !waiting;
  const longer = useLab((state) => longerBudget(state)?.amount ?? 0);
  const first = useRef<HTMLButtonElement>(null);

  return (
    <div className={css.controls} role="group" aria-label={t`Training controls`}>
      {/* One button with two faces, so that focus stays where it was when training starts. */}
      <button
        ref={first}
        type="button"
        data-look="primary"
        className={css.primary}
        disabled={!usable || starting}
        aria-busy={starting}
        onClick={() => (pauses ? actions.pause() : actions.train())}
        {...(waiting && { "aria-describedby": changesId })}
      >
        <Icon name={pauses ? "pause" : "play"} />
        {pauses ? t`Pause` : goesOn ? t`Go on` : over ? t`Train anew` : t`Train`}
      </button>
      {longer > 0 && (
        <button
          type="button"
          className={css.second}
          title={t`Goes on from here, to ${count(longer)} ${t(setup.budget.unit)}`}
          onClick={() => {
            actions.setBudget({ unit: setup.budget.unit, amount: longer });
            actions.train();
            first.current?.focus(); // this one goes, and what stops the run stands there
          }}
        >{t`Train longer`}</button>
      )}
      {running && waiting && (
        <button type="button" className={css.second} onClick={() => actions.pause()}>
          <Icon name="pause" />
          {t`Pause`}
        </button>
      )}
      <StepButton disabled={!usable || instant} />
      <button
        type="button"
        disabled={startedFrom === undefined}
        onClick={() => actions.reset()}
      >{t`Reset`}</button>
      <select
        aria-label={t`Speed`}
        value={String(setup.speed)}
        onChange={(event) => actions.setSpeed(Number(event.target.value))}
      >
        {speeds.map(({ value, label }) => (
          <option key={label} value={String(value)}>
            {label}
          </option>
        ))}
        {!speeds.some(({ value }) => value === setup.speed) && (
          <option value={String(setup.speed)}>{t`${setup.speed} steps/s`}</option>
        )}
      </select>
      {waiting && (
        <span id={changesId} className={css.changes} title={changes.join(", ")}>
          {t`New changes`}
          <span className="visuallyHidden">: {changes.join(", ")}</span>
        </span>
      )}
    </div>
  );
}
