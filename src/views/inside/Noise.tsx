import { useCallback, useId } from "react";
import { count, decimal, ofMany, t } from "../../language/words.ts";
import type { FieldSeen, InsideLook, NoiseSeen, PlaneSeen } from "../../protocol/inside.ts";
import { drawMarks } from "../kit/scatter.ts";
import { Slider } from "../kit/Slider.tsx";
import { Figure } from "./Figure.tsx";
import css from "./InsideView.module.css";
import { drawArrows, drawLines } from "./paint.ts";
import { PlaneCanvas, type Paint } from "./PlaneCanvas.tsx";

const levels = 40;
const mostSteps = 40;

/** Diffusion: rows with noise, the field that undoes it, and the way back. */
export function Noise({
  seen,
  plane: { x, y, real },
  look,
  onLook,
}: {
  readonly seen: NoiseSeen;
  readonly plane: PlaneSeen;
  readonly look: InsideLook;
  readonly onLook: (look: InsideLook) => void;
}) {
  const { sigma, score, noised, paths } = seen;
  const field = useCallback<Paint>(
    (context, p, colours) => {
      drawMarks(context, p, noised, "ring", colours.holdout);
      drawArrows(context, p, places(score, x.range, y.range), score.values, colours.ink, 18);
      drawMarks(context, p, real, "circle", colours.real);
    },
    [noised, score, x, y, real],
  );
  const way = useCallback<Paint>(
    (context, p, colours) => {
      drawMarks(context, p, real, "circle", colours.real);
      drawLines(context, p, paths, colours.synthetic, { alpha: 0.6 });
      drawMarks(context, p, ends(paths.points, paths.across), "diamond", colours.synthetic);
    },
    [real, paths],
  );
  const noiseId = useId();
  const stepsId = useId();
  const deviation = sigma < 0.1 ? decimal(sigma.toPrecision(2)) : decimal(sigma.toFixed(2));
  return (
    <>
      <Figure
        title={t`What undoes the noise.`}
        words={t`Grey rings: real rows with noise of deviation ${deviation}. Arrows: the score, the way to where more rows are. Much noise leaves one arrow’s worth of truth, the middle of all rows; little leaves the nearest.`}
      >
        <PlaneCanvas
          x={x}
          y={y}
          paint={field}
          description={t`The score field at a noise of deviation ${deviation}, with real rows and the same rows with that noise.`}
        />
        <div className={css.dial}>
          <span id={noiseId}>{t`Noise, σ = ${deviation}`}</span>
          <Slider
            thumbs={[
              {
                label: t`Noise`,
                at: Math.round(look.level * levels),
                words: t`Noise of deviation ${deviation}`,
              },
            ]}
            most={levels}
            onChange={([at]) => onLook({ ...look, level: Math.max(1, at!) / levels })}
          />
        </div>
      </Figure>
      <Figure
        title={t`The way back.`}
        words={t`Forty of those noisy rows, led back by the network in ${count(look.steps)} ${ofMany(look.steps, "step")}. With too few they end between the rows.`}
      >
        <PlaneCanvas
          x={x}
          y={y}
          paint={way}
          description={t`Forty paths from noise back to rows in ${count(look.steps)} steps.`}
        />
        <div className={css.dial}>
          <span id={stepsId}>{t`Steps, ${count(look.steps)}`}</span>
          <Slider
            thumbs={[{ label: t`Steps`, at: look.steps, words: t`${count(look.steps)} steps` }]}
            most={mostSteps}
            onChange={([at]) => onLook({ ...look, steps: Math.max(1, at!) })}
          />
        </div>
      </Figure>
    </>
  );
}

/** Where a field's values stand. */
function places(
  { side }: FieldSeen,
  x: readonly [number, number],
  y: readonly [number, number],
): Float32Array {
  const at = ([low, high]: readonly [number, number], i: number): number =>
    low + ((high - low) * i) / (side - 1);
  return Float32Array.from({ length: 2 * side * side }, (_, k) => {
    const i = Math.floor(k / 2);
    return k % 2 === 0 ? at(x, i % side) : at(y, Math.floor(i / side));
  });
}

/** The last point of each line. */
function ends(points: Float32Array, across: number): Float32Array {
  const lines = points.length / 2 / across;
  return Float32Array.from({ length: 2 * lines }, (_, k) => points[2 * ((Math.floor(k / 2) + 1) * across - 1) + (k % 2)]!); // prettier-ignore
}
