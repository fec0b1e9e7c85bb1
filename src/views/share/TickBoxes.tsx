import { t } from "../../language/words.ts";
import type { Ticks } from "../../share/resultOf.ts";
import css from "./ShareDialog.module.css";

/** What is told beyond the least. Of built-in data there is nothing to hide. */
export function TickBoxes({
  own,
  ticks,
  onTick,
  withReplay,
}: {
  readonly own: boolean;
  readonly ticks: Ticks;
  readonly onTick: (ticks: Ticks) => void;
  readonly withReplay: boolean;
}) {
  const box = (key: keyof Ticks, label: string, help: string) => (
    <label className={css.tick}>
      <input
        type="checkbox"
        checked={ticks[key]}
        onChange={(event) => onTick({ ...ticks, [key]: event.target.checked })}
      />
      <span>
        {label} <small>{help}</small>
      </span>
    </label>
  );
  if (!own && !withReplay) return null;
  return (
    <div className={css.ticks} role="group" aria-label={t`What to tell`}>
      {withReplay && box("replay", t`Replay`, t`the run from its first rows to its last, not the last alone`)}
      {own && box("names", t`Column names`, t`masked otherwise: “Column 2 (number)”`)}
      {own &&
        box(
          "categories",
          t`Categories`,
          t`frequent ones and how often they occur, and your marks for missing cells`,
        )}
    </div>
  );
}
