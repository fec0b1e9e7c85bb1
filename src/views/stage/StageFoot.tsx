import { useRef } from "react";
import { modelCard } from "../../catalog/models.ts";
import { t } from "../../language/words.ts";
import { longerBudget } from "../../store/goingOn.ts";
import { changesSince, presetOf } from "../../store/setup.ts";
import { originOf } from "../../store/origins.ts";
import { useActions, useLab } from "../context.ts";
import type { LabState } from "../../store/state.ts";
import css from "./Stage.module.css";
import { openView } from "./views.ts";

/** What happens, in a line, for everybody; and what a person could do next. */
export function StageFoot() {
  const status = useLab((state) => state.status);
  const hint = useLab(hintOf);
  const before = useLab(alikeBefore);
  const { startFrom } = useActions();
  const foot = useRef<HTMLDivElement>(null);
  return (
    <div className={css.foot} ref={foot} tabIndex={-1}>
      <p role="status">{status}</p>
      {hint !== "" && <p className={css.aside}>{hint}</p>}
      {before !== undefined && (
        <p className={css.aside}>
          {t`${before} has these columns too. `}
          <button
            type="button"
            data-look="link"
            onClick={() => {
              startFrom("last");
              foot.current?.focus(); // the button goes, and what to do next stands here
            }}
          >{t`Start from what was learned there`}</button>
        </p>
      )}
    </div>
  );
}

/** The table before, where a run on it knows all the columns of this one and nobody has asked for it yet. */
const alikeBefore = ({ phase, setup, training, course, origins: { last } }: LabState): string | undefined => {
  // A model that is only fitted takes no weights, and a lesson has said how its run begins.
  if (modelCard(setup.model).instant || course.at !== undefined) return undefined;
  return phase === "ready" && !training.starting && setup.weights === "fresh" && last?.cloud
    ? last.name
    : undefined;
};

function hintOf(state: LabState): string {
  if (state.data.prepared === undefined) return "";
  const note = presetOf(state.setup)?.note;
  switch (state.phase) {
    case "ready":
      if (state.training.starting) return "";
      if (originOf(state) !== undefined)
        return t`Press Train: the run begins with what that one had learned. Few rows need few steps.`;
      return openView(state) === "images"
        ? t`Press Train: synthetic images appear beside the real ones and sharpen as the model learns.`
        : modelCard(state.setup.model).instant
          ? t`Press Train: synthetic rows appear as diamonds.`
          : t`Press Train: synthetic rows appear as diamonds and move as the model learns.`;
    case "finished":
      if (waits(state)) return t`Press Train to begin anew with your changes.`;
      if (note !== undefined) return note;
      return modelCard(state.setup.model).instant
        ? t`Download the rows, or choose a model that learns and compare.`
        : longerBudget(state)
          ? t`Download the rows, or let the run go on with “Train longer”. “Train anew” begins at step 0.`
          : t`Download the rows, or change something and train.`;
    case "paused":
      return waits(state)
        ? t`Train begins anew with your changes; Step goes on without them.`
        : t`Train goes on from here; Step takes one step.`;
    case "training":
      return waits(state) ? t`Press Train to begin anew with your changes.` : (note ?? "");
    case "loading":
    case "error":
      return "";
    default:
      state.phase satisfies never;
      return "";
  }
}

/** Something was changed that only a new run takes. */
const waits = ({ training, setup }: LabState): boolean =>
  training.startedFrom !== undefined && changesSince(training.startedFrom, setup).length > 0;
