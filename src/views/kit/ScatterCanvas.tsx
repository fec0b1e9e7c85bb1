import { useEffect, useMemo, useRef, useState, type PointerEvent } from "react";
import { t } from "../../language/words.ts";
import { useColours } from "./colours.ts";
import type { Role } from "./Icon.tsx";
import { useMagnified } from "./magnify.ts";
import { reducedMotion } from "./motion.ts";
import { hang } from "./paintings.ts";
import { drawAxes, drawMarks, drawRings, nearest, plane, prepare, type Plane } from "./scatter.ts";
import css from "./ScatterCanvas.module.css";
import { position, type Axis } from "./ticks.ts";
import { between, ease, journey } from "./tween.ts";
import { useSize } from "./useSize.ts";

export interface ScatterProps {
  readonly x: Axis;
  readonly y: Axis;
  /** [x0, y0, x1, y1, …] each. */
  readonly real: Float32Array;
  readonly holdout: Float32Array;
  /** Rows of another table, behind all others. */
  readonly source: Float32Array | undefined;
  /** Undefined until a model has drawn something. */
  readonly synthetic: Float32Array | undefined;
  /** Points to be ringed: real ones by their places, synthetic ones by their number. */
  readonly rings: { readonly real: Float32Array; readonly synthetic: Int32Array } | undefined;
  readonly shown: ReadonlySet<Role>;
  /** One scale for both axes. */
  readonly equal: boolean;
  /** The picture in a sentence. */
  readonly description: string;
}

const none: Float32Array = new Float32Array(0);

/** Where the dots came from, where they go and where they are; times in ms. */
interface Travel {
  from: Float32Array;
  to: Float32Array;
  now: Float32Array;
  since: number;
  lasts: number;
  arrivedAt: number;
}

/**
 * Two canvases, one above the other: what stands still (axes, source, real, holdout) is
 * drawn once, and only the travelling dots are redrawn while they travel.
 */
export function ScatterCanvas(props: ScatterProps) {
  const { x, y, real, holdout, source, synthetic, rings, shown, equal, description } = props;
  const box = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const moving = useRef<HTMLCanvasElement>(null);
  const scale = useMagnified();
  const room = useSize(box);
  const size = useMemo(() => ({ width: room.width / scale, height: room.height / scale }), [room, scale]);
  const colours = useColours();
  const travel = useRef<Travel>({ from: none, to: none, now: none, since: 0, lasts: 0, arrivedAt: NaN });
  const [tip, setTip] = useState<{ left: number; top: number; text: string }>();

  const frame = useMemo<Plane | undefined>(() => {
    const context = still.current?.getContext("2d");
    return context && size.width > 40 && size.height > 40 ? plane(context, size, x, y, equal) : undefined;
  }, [size, x, y, equal]);

  useEffect(() => {
    const context = still.current && prepare(still.current, size, scale);
    if (!context || !frame) return;
    drawAxes(context, frame, colours);
    if (source && shown.has("source")) drawMarks(context, frame, source, "ring", colours.source);
    if (shown.has("holdout")) drawMarks(context, frame, holdout, "square", colours.holdout);
    if (shown.has("real")) drawMarks(context, frame, real, "circle", colours.real);
    if (rings) {
      // Of many real points only some are drawn; those in a ring are.
      drawMarks(context, frame, rings.real, "circle", colours.real);
      drawRings(context, frame, rings.real, colours.ink);
    }
  }, [size, scale, frame, colours, shown, real, holdout, source, rings]);

  useEffect(() => {
    const trip = travel.current;
    const target = synthetic ?? none;
    if (target !== trip.to) {
      const now = performance.now();
      const same = target.length === trip.now.length && trip.now.length > 0;
      trip.from = same ? trip.now.slice() : target;
      trip.to = target;
      trip.now = same ? trip.now : target.slice();
      trip.since = now;
      trip.lasts = same && !reducedMotion() ? journey(now - trip.arrivedAt) : 0;
      trip.arrivedAt = now;
    }
    let request = 0;
    const draw = (): void => {
      const t = trip.lasts > 0 ? (performance.now() - trip.since) / trip.lasts : 1;
      between(trip.from, trip.to, ease(t), trip.now);
      const context = moving.current && prepare(moving.current, size, scale);
      if (context && frame && shown.has("synthetic"))
        drawMarks(context, frame, trip.now, "diamond", colours.synthetic);
      if (context && frame && rings)
        drawRings(context, frame, trip.now, colours.ink, new Set(rings.synthetic));
      if (t < 1) request = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(request);
  }, [synthetic, size, scale, frame, colours, shown, rings]);

  useEffect(() => {
    if (!box.current || !frame) return;
    hang(box.current, {
      size,
      colours,
      paint(pen) {
        drawAxes(pen, frame, colours);
        if (shown.has("holdout")) drawMarks(pen, frame, holdout, "square", colours.holdout);
        if (shown.has("real")) drawMarks(pen, frame, real, "circle", colours.real);
        if (shown.has("synthetic")) drawMarks(pen, frame, synthetic ?? none, "diamond", colours.synthetic);
        if (!rings) return;
        drawRings(pen, frame, rings.real, colours.ink);
        drawRings(pen, frame, synthetic ?? none, colours.ink, new Set(rings.synthetic));
      },
    });
  }, [size, frame, colours, shown, real, holdout, synthetic, rings]);

  const point = (event: PointerEvent<HTMLDivElement>): void => {
    if (!frame || event.pointerType === "touch") return;
    const bounds = event.currentTarget.getBoundingClientRect();
    const at = [(event.clientX - bounds.left) / scale, (event.clientY - bounds.top) / scale] as const;
    const layers: readonly (readonly [Role, Float32Array])[] = [
      ["synthetic", travel.current.now],
      ["real", real],
      ["holdout", holdout],
      ["source", source ?? none],
    ];
    for (const [role, points] of layers) {
      const i = shown.has(role) ? nearest(frame, points, at[0], at[1], 8) : -1;
      if (i < 0) continue;
      const [px, py] = [points[2 * i]!, points[2 * i + 1]!];
      setTip({
        left: Math.min(at[0], size.width - 160),
        top: at[1],
        text: `${t(role)}: ${position(x, px)}, ${position(y, py)}`,
      });
      return;
    }
    setTip(undefined);
  };

  return (
    <div
      ref={box}
      className={css.box}
      data-painting=""
      role="img"
      aria-label={description}
      onPointerMove={point}
      onPointerLeave={() => setTip(undefined)}
    >
      <canvas ref={still} className={css.layer} />
      <canvas ref={moving} className={css.layer} />
      {tip && (
        <span
          className={css.tip}
          style={{ left: scale * tip.left + 12, top: scale * tip.top - 28 }}
          aria-hidden="true"
        >
          {tip.text}
        </span>
      )}
    </div>
  );
}
