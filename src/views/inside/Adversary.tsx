import { useCallback } from "react";
import { decimal, t } from "../../language/words.ts";
import type { AdversarySeen, PlaneSeen } from "../../protocol/inside.ts";
import { percent } from "../kit/format.ts";
import { drawMarks } from "../kit/scatter.ts";
import { Figure } from "./Figure.tsx";
import { drawArrows, drawField, drawLines } from "./paint.ts";
import { PlaneCanvas, type Paint } from "./PlaneCanvas.tsx";

/** A GAN's two networks: what one believes of every place, and how the other bends its noise. */
export function Adversary({
  seen,
  plane: { x, y, real },
}: {
  readonly seen: AdversarySeen;
  readonly plane: PlaneSeen;
}) {
  const { verdict, says, onReal, onFake, fakes, pulls, warped } = seen;
  const judged = useCallback<Paint>(
    (context, p, colours) => {
      const field = says === "chance" ? verdict : { ...verdict, values: spread(verdict.values) };
      drawField(context, p, field, x.range, y.range, colours);
      drawMarks(context, p, real, "circle", colours.real);
      drawMarks(context, p, fakes, "diamond", colours.synthetic);
      drawArrows(context, p, fakes, pulls, colours.ink, 26);
    },
    [verdict, says, x, y, real, fakes, pulls],
  );
  const bent = useCallback<Paint>(
    (context, p, colours) => {
      drawMarks(context, p, real, "circle", colours.real);
      drawLines(context, p, warped, colours.synthetic, { alpha: 0.8 });
    },
    [real, warped],
  );
  const said = (value: number): string => (says === "chance" ? percent(value) : decimal(value.toFixed(2)));
  const verdicts =
    says === "chance"
      ? t`It calls real rows real at ${said(onReal)} on average, made ones at ${said(onFake)}; where it can’t tell, both are 50 %.`
      : t`Its score, higher for what it takes to be real, is on average ${said(onReal)} for real rows and ${said(onFake)} for made ones.`;
  return (
    <>
      <Figure
        title={t`What the discriminator believes.`}
        words={t`Blue where it takes rows for real, vermilion where for made. Arrows: where each made row is told to go. ${verdicts}`}
      >
        <PlaneCanvas
          x={x}
          y={y}
          paint={judged}
          description={t`The discriminator’s verdict over the plane. ${verdicts}`}
        />
      </Figure>
      <Figure
        title={t`How the generator bends its noise.`}
        words={t`A flat square net over two of its noise numbers, as it comes out: where lines crowd, many rows are made.`}
      >
        <PlaneCanvas
          x={x}
          y={y}
          paint={bent}
          description={t`A square net of noise as the generator lays it over the plane.`}
        />
      </Figure>
    </>
  );
}

/** Scores know no scale of their own: the lowest becomes 0, the highest 1. */
function spread(values: Float32Array): Float32Array {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const width = high - low || 1;
  return values.map((value) => (value - low) / width);
}
