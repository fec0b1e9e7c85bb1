import type { ReactNode } from "react";
import { count, t } from "../../language/words.ts";
import { picturedIn, placeOf, replayedViews, type Look } from "../../store/replay.ts";
import type { StageView } from "../../protocol/analysis.ts";
import type { LabState } from "../../store/state.ts";
import { useLab } from "../context.ts";
import css from "./Stage.module.css";

/** The looks that the time machine shows in a view, the earlier one first; none where the stage shows what is. */
export const useMoments = (view: StageView): readonly Look[] =>
  useLab((state) => momentLooks(state, view), shallow);

function momentLooks({ stage, training, data }: LabState, view: StageView): readonly Look[] {
  const { moment } = stage;
  const held: readonly StageView[] = replayedViews(data.prepared?.views ?? []);
  if (moment === undefined || !held.includes(view)) return nothing;
  const looks = picturedIn(training.replay, view);
  const steps = moment.against === undefined ? [moment.step] : [moment.against, moment.step];
  return steps.flatMap((step) => looks[placeOf({ looks }, step)] ?? []);
}
const nothing: readonly Look[] = [];
const shallow = (a: readonly Look[], b: readonly Look[]): boolean =>
  a.length === b.length && a.every((look, i) => look === b[i]);

/** One moment, or two side by side with their names. */
export function Moments({
  looks,
  children,
}: {
  readonly looks: readonly Look[];
  readonly children: (look: Look) => ReactNode;
}) {
  return (
    <div className={css.moments} data-many={looks.length}>
      {looks.map((look, i) => (
        <figure key={i} className={css.moment}>
          {looks.length > 1 && (
            <figcaption>
              <b>{"AB"[i]}</b>
              {t` step ${count(look.step)}`}
            </figcaption>
          )}
          {children(look)}
        </figure>
      ))}
    </div>
  );
}
