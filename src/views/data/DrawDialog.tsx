import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { count, t } from "../../language/words.ts";
import { random } from "../../random/random.ts";
import { useActions } from "../context.ts";
import { useColours } from "../kit/colours.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { drawMarks, prepare } from "../kit/scatter.ts";
import { useSize } from "../kit/useSize.ts";
import { mostPoints, spray, type Spot } from "./brush.ts";
import css from "./DataPanel.module.css";

/** Fewer than this teach a model nothing. */
const fewestPoints = 50;
const middle: Spot = { x: 0, y: 0 };

/** Draw a distribution with the pointer, or with arrow keys and the space bar. */
export function DrawDialog({ onClose }: { readonly onClose: () => void }) {
  const { openDrawing } = useActions();
  const colours = useColours();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const [points, setPoints] = useState<readonly number[]>([]);
  const [cursor, setCursor] = useState<Spot>();
  const last = useRef<Spot>(undefined);
  const [bristles] = useState(() => random(1));

  useEffect(() => {
    const context = canvas.current && prepare(canvas.current, size);
    if (!context || size.width === 0) return;
    const range = [-1, 1] as const;
    const square = {
      left: 0,
      top: 0,
      right: size.width,
      bottom: size.height,
      x: { label: "x", range },
      y: { label: "y", range },
    };
    context.strokeStyle = colours.grid;
    context.strokeRect(size.width / 2, -1, size.width, size.height / 2 + 1);
    context.strokeRect(-1, size.height / 2, size.width / 2 + 1, size.height);
    drawMarks(context, square, Float32Array.from(points), "circle", colours.real);
    if (cursor) {
      context.strokeStyle = colours.ink;
      context.beginPath();
      context.arc(((cursor.x + 1) / 2) * size.width, ((1 - cursor.y) / 2) * size.height, 8, 0, 2 * Math.PI);
      context.stroke();
    }
  }, [points, cursor, size, colours]);

  const add = (from: Spot, to: Spot): void =>
    setPoints((before) => [...before, ...spray(from, to, bristles.uniform)].slice(0, 2 * mostPoints));

  const spotOf = (event: PointerEvent<HTMLDivElement>): Spot => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - bounds.left) / bounds.width) * 2 - 1,
      y: 1 - ((event.clientY - bounds.top) / bounds.height) * 2,
    };
  };

  const type = (event: KeyboardEvent): void => {
    const at = cursor ?? middle;
    const moves: Record<string, Spot> = {
      ArrowLeft: { x: -0.05, y: 0 },
      ArrowRight: { x: 0.05, y: 0 },
      ArrowUp: { x: 0, y: 0.05 },
      ArrowDown: { x: 0, y: -0.05 },
    };
    const move = moves[event.key];
    if (move) setCursor({ x: clamp(at.x + move.x), y: clamp(at.y + move.y) });
    else if (event.key === " ") for (let i = 0; i < 12; i++) add(at, at);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title={t`Draw your own`} onClose={onClose}>
      <p>{t`Paint where the points should lie; the denser the paint, the more of them.`}</p>
      <div
        ref={box}
        className={css.pad}
        role="application"
        aria-label={t`Drawing area: arrow keys move the brush, space paints`}
        tabIndex={0}
        onKeyDown={type}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          last.current = spotOf(event);
          add(last.current, last.current);
        }}
        onPointerMove={(event) => {
          if (!last.current) return;
          const to = spotOf(event);
          if (Math.hypot(to.x - last.current.x, to.y - last.current.y) < 0.02) return;
          add(last.current, to);
          last.current = to;
        }}
        onPointerUp={() => (last.current = undefined)}
        onPointerCancel={() => (last.current = undefined)}
      >
        <canvas ref={canvas} />
      </div>
      <div className={css.foot}>
        <p
          className={css.quiet}
          aria-live="polite"
        >{t`${count(points.length / 2)} points${points.length > 0 && points.length < 2 * fewestPoints && t`; at least ${fewestPoints} are needed`}${points.length >= 2 * mostPoints && t`; that is as many as fit`}`}</p>
        <button type="button" disabled={points.length === 0} onClick={() => setPoints([])}>{t`Clear`}</button>
        <button
          type="button"
          data-look="primary"
          disabled={points.length < 2 * fewestPoints}
          onClick={() => {
            openDrawing(points);
            onClose();
          }}
        >{t`Use this drawing`}</button>
      </div>
    </Dialog>
  );
}

const clamp = (value: number): number => Math.min(1, Math.max(-1, value));
