import { useEffect, useRef } from "react";
import type { RacePointScene } from "../../protocol/race.ts";
import { useColours } from "../kit/colours.ts";
import { drawMarks, prepare } from "../kit/scatter.ts";
import { useSize } from "../kit/useSize.ts";
import css from "./Race.module.css";

/** Pixels left free around the map. */
const room = 4;

/** The map without its axes: they are the same for every racer, and on the lab's stage. */
export function MiniStage({
  scene,
  points,
  description,
}: {
  readonly scene: RacePointScene | undefined;
  readonly points: Float32Array | undefined;
  readonly description: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const moving = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const colours = useColours();
  useEffect(() => {
    const context = still.current && prepare(still.current, size);
    if (!context || !scene || size.width === 0) return;
    drawMarks(context, planeOf(scene, size), scene.real, "circle", colours.real);
  }, [scene, size, colours]);
  useEffect(() => {
    const context = moving.current && prepare(moving.current, size);
    if (!context || !scene || !points || size.width === 0) return;
    drawMarks(context, planeOf(scene, size), points, "diamond", colours.synthetic);
  }, [scene, points, size, colours]);
  return (
    <div ref={box} className={css.stage} role="img" aria-label={description}>
      <canvas ref={still} />
      <canvas ref={moving} />
    </div>
  );
}

const planeOf = (
  { x, y }: RacePointScene,
  { width, height }: { readonly width: number; readonly height: number },
) => ({ left: room, top: room, right: width - room, bottom: height - room, x, y });
