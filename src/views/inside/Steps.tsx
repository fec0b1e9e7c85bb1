import { useCallback } from "react";
import { count, t } from "../../language/words.ts";
import type { InsideLook, PlaneSeen, StepsSeen } from "../../protocol/inside.ts";
import { drawMarks } from "../kit/scatter.ts";
import { Slider } from "../kit/Slider.tsx";
import { Figure } from "./Figure.tsx";
import css from "./InsideView.module.css";
import { drawCross, drawEllipses } from "./paint.ts";
import { PlaneCanvas, type Paint } from "./PlaneCanvas.tsx";

/** DDGAN: one large step back, as the generator draws it and as a Gaussian would. */
export function Steps({
  seen,
  plane: { x, y },
  look,
  onLook,
}: {
  readonly seen: StepsSeen;
  readonly plane: PlaneSeen;
  readonly look: InsideLook;
  readonly onLook: (look: InsideLook) => void;
}) {
  const { step, of, at, draws, mean, spread, noised } = seen;
  const drawn = useCallback<Paint>(
    (context, p, colours) => {
      drawMarks(context, p, noised, "ring", colours.holdout);
      drawMarks(context, p, draws, "diamond", colours.synthetic);
      drawCross(context, p, at, colours.ink);
    },
    [noised, draws, at],
  );
  const bell = useCallback<Paint>(
    (context, p, colours) => {
      drawMarks(context, p, noised, "ring", colours.holdout);
      const centres = Float32Array.of(...mean, ...mean);
      drawEllipses(
        context,
        p,
        centres,
        Float32Array.of(spread, spread, 2 * spread, 2 * spread),
        colours.accent,
        1,
      );
      drawCross(context, p, at, colours.ink);
    },
    [noised, mean, spread, at],
  );
  const onPoint = (to: readonly [number, number]): void => onLook({ ...look, at: to });
  const words = t`step ${count(step)} of ${count(of)}`;
  return (
    <>
      <Figure
        title={t`What the generator draws.`}
        words={t`From the one noisy row at the cross, ${words} back: 200 draws. Grey rings: real rows that noisy. Press anywhere to look from there.`}
      >
        <PlaneCanvas
          x={x}
          y={y}
          paint={drawn}
          onPoint={onPoint}
          description={t`From one noisy row, 200 less noisy rows that the generator may draw, ${words}.`}
        />
        <p className={css.tools}>
          <button
            type="button"
            onClick={() => {
              const i = 2 * Math.floor((noised.length / 2) * hash(at));
              onPoint([noised[i]!, noised[i + 1]!]);
            }}
          >{t`Another noisy row`}</button>
        </p>
      </Figure>
      <Figure
        title={t`What a Gaussian step would be.`}
        words={t`One bell around the mean of those draws, one and two deviations: all that ordinary diffusion may draw in a step. Where the rows it stands for lie in several places, it stands between them; that is why diffusion needs many small steps, and a generator few large ones.`}
      >
        <PlaneCanvas
          x={x}
          y={y}
          paint={bell}
          onPoint={onPoint}
          description={t`The Gaussian step from the same noisy row: circles of one and two deviations around its mean.`}
        />
        {of > 1 && (
          <div className={css.dial}>
            <span>{t`Step back, ${words}`}</span>
            <Slider
              thumbs={[{ label: t`Step back`, at: step - 1, words }]}
              most={of - 1}
              onChange={([t]) => onLook({ ...look, back: t! + 1 })}
            />
          </div>
        )}
      </Figure>
    </>
  );
}

/** Somewhere in [0, 1), another place for another point. */
const hash = ([x, y]: readonly [number, number]): number => {
  const value = Math.sin(12.9898 * x + 78.233 * y) * 43758.5453;
  return value - Math.floor(value);
};
