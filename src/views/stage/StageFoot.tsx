import { modelCard } from "../../catalog/models.ts";
import { changesSince, presetOf } from "../../store/setup.ts";
import { useLab } from "../context.ts";
import { isStarting, type LabState } from "../../store/state.ts";
import css from "./Stage.module.css";
import { openView } from "./views.ts";

/** What happens, in a line, for everybody; and what a person could do next. */
export function StageFoot() {
  const status = useLab((state) => state.status);
  const hint = useLab(hintOf);
  return (
    <div className={css.foot}>
      <p role="status">{status}</p>
      {hint !== "" && <p className={css.aside}>{hint}</p>}
    </div>
  );
}

function hintOf(state: LabState): string {
  if (state.data.prepared === undefined) return "";
  const note = presetOf(state.setup)?.note;
  if (isStarting(state))
    return "Its networks are built and their first steps tried: with many columns or large layers this takes a while.";
  switch (state.phase) {
    case "ready":
      return openView(state) === "images"
        ? "Press Train: synthetic images appear beside the real ones and sharpen as the model learns."
        : "Press Train: synthetic rows appear as diamonds and move as the model learns.";
    case "finished":
      if (waits(state)) return "Press Train to begin anew with your changes.";
      if (note !== undefined) return note;
      return modelCard(state.setup.model).instant
        ? "Download the rows, or choose a model that learns and compare."
        : "Download the rows, or raise the steps and press Train to go on.";
    case "paused":
      return waits(state)
        ? "Train begins anew with your changes; Step goes on without them."
        : "Train goes on from here; Step takes one step.";
    case "training":
      return waits(state) ? "Press Train to begin anew with your changes." : (note ?? "");
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
