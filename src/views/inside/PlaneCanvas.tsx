import { useEffect, useMemo, useRef, type PointerEvent } from "react";
import { useColours, type Colours } from "../kit/colours.ts";
import { useMagnified } from "../kit/magnify.ts";
import { drawAxes, plane, prepare, type Plane } from "../kit/scatter.ts";
import type { Axis } from "../kit/ticks.ts";
import { useSize } from "../kit/useSize.ts";
import css from "./InsideView.module.css";

export type Paint = (context: CanvasRenderingContext2D, p: Plane, colours: Colours) => void;

/** A plane with axes that something else paints in, its scales equal. */
export function PlaneCanvas({
  x,
  y,
  paint,
  description,
  onPoint,
}: {
  readonly x: Axis;
  readonly y: Axis;
  /** A new one where something is to be drawn anew. */
  readonly paint: Paint;
  /** The picture in a sentence. */
  readonly description: string;
  /** A point of the plane is pressed on, or drawn over with the button held (`first` false). */
  readonly onPoint?: (at: readonly [number, number], first: boolean) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = useMagnified();
  const room = useSize(box);
  const size = useMemo(() => ({ width: room.width / scale, height: room.height / scale }), [room, scale]);
  const colours = useColours();
  const [xLabel, xLow, xHigh] = [x.label, ...x.range];
  const [yLabel, yLow, yHigh] = [y.label, ...y.range];
  const frame = useMemo<Plane | undefined>(() => {
    const context = canvas.current?.getContext("2d");
    return context && size.width > 60 && size.height > 60
      ? plane(
          context,
          size,
          { label: xLabel, range: [xLow, xHigh] },
          { label: yLabel, range: [yLow, yHigh] },
          true,
        )
      : undefined;
  }, [size, xLabel, xLow, xHigh, yLabel, yLow, yHigh]);

  useEffect(() => {
    const context = canvas.current && prepare(canvas.current, size, scale);
    if (!context || !frame) return;
    drawAxes(context, frame, colours);
    paint(context, frame, colours);
  }, [size, scale, frame, colours, paint]);

  const point = (event: PointerEvent<HTMLDivElement>, first: boolean): void => {
    if (!frame || onPoint === undefined || event.buttons !== 1) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    const across = ((event.clientX - bounds.left) / scale - frame.left) / (frame.right - frame.left);
    const up = (frame.bottom - (event.clientY - bounds.top) / scale) / (frame.bottom - frame.top);
    if (across < 0 || across > 1 || up < 0 || up > 1) return;
    const on = ([low, high]: readonly [number, number], share: number): number => low + share * (high - low);
    onPoint([on(frame.x.range, across), on(frame.y.range, up)], first);
  };

  return (
    <div
      ref={box}
      className={css.canvas}
      role="img"
      aria-label={description}
      data-pointed={onPoint !== undefined || undefined}
      onPointerDown={(event) => point(event, true)}
      onPointerMove={(event) => point(event, false)}
    >
      <canvas ref={canvas} />
    </div>
  );
}
