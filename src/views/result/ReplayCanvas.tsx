import { useEffect, useRef } from "react";
import { count, t } from "../../language/words.ts";
import type { SharedLook, SharedScene } from "../../share/result.ts";
import { useColours } from "../kit/colours.ts";
import { hang } from "../kit/paintings.ts";
import { prepare } from "../kit/scatter.ts";
import { useSize } from "../kit/useSize.ts";
import css from "./ResultPage.module.css";
import { drawReplay } from "./replayPicture.ts";

const nothing = new Float32Array();

/** One run's map at one moment. */
export function ReplayCanvas({
  scene,
  look,
  name,
}: {
  readonly scene: SharedScene;
  readonly look: SharedLook | undefined;
  readonly name: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const colours = useColours();
  const points = look?.points ?? nothing;

  useEffect(() => {
    if (!canvas.current || !box.current || size.width < 40 || size.height < 40) return;
    const context = prepare(canvas.current, size);
    if (!context) return;
    drawReplay(context, size, scene, points, colours);
    hang(box.current, { size, colours, paint: (pen) => drawReplay(pen, size, scene, points, colours) });
  }, [size, scene, points, colours]);

  const said = look
    ? t`${count(points.length / 2)} synthetic rows at step ${count(look.step)}`
    : t`no synthetic rows`;
  return (
    <div
      ref={box}
      className={css.canvas}
      data-painting=""
      role="img"
      aria-label={t`${name}: ${said}, over how densely the real rows lie`}
    >
      <canvas ref={canvas} />
    </div>
  );
}
