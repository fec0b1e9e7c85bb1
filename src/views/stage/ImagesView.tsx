import { useEffect, useMemo, useRef } from "react";
import { count, t } from "../../language/words.ts";
import type { Scene } from "../../protocol/analysis.ts";
import { pixelsOf, type Look } from "../../store/replay.ts";
import { useLab } from "../context.ts";
import { useColours } from "../kit/colours.ts";
import { RoleMark, type Role } from "../kit/Icon.tsx";
import { useSize } from "../kit/useSize.ts";
import css from "./ImagesView.module.css";
import { useMoments } from "./Moments.tsx";
import { layOut } from "./mosaic.ts";

/** Real images on one side, generated ones on the other; place by place the same latent draw at every step. */
export function ImagesView({ scene }: { readonly scene: Extract<Scene, { view: "images" }> }) {
  const frame = useLab((state) => state.stage.frames.images);
  const looks = useMoments("images");
  const shape = { width: scene.width, height: scene.height };
  const many = scene.pixels.length / (scene.width * scene.height);
  return (
    <div className={css.halves}>
      {looks.length < 2 && <Mosaic role="real" pixels={scene.pixels} {...shape} />}
      {looks.length === 0 ? (
        <Mosaic role="synthetic" pixels={frame?.pixels} {...shape} />
      ) : (
        looks.map((look, i) => (
          <PastMosaic
            key={i}
            look={look}
            {...(looks.length > 1 ? { name: "AB"[i] } : { beside: many })}
            {...shape}
          />
        ))
      )}
    </div>
  );
}

interface Shape {
  readonly width: number;
  readonly height: number;
}

/** What was seen then: fewer images than now, in fewer greys. */
function PastMosaic({
  look: { step, mosaic },
  name = "",
  ...shape
}: Shape & { readonly look: Look; readonly name?: string | undefined; readonly beside?: number }) {
  const pixels = useMemo(() => mosaic && pixelsOf(mosaic), [mosaic]);
  return <Mosaic role="synthetic" pixels={pixels} then={t`${name} step ${count(step)}`.trim()} {...shape} />;
}

function Mosaic({
  role,
  pixels,
  width,
  height,
  then,
  beside = 0,
}: Shape & {
  readonly role: Role;
  readonly pixels: Uint8Array | undefined;
  /** Which moment of the run it was, where it is past. */
  readonly then?: string;
  /** How many images the other half has, so that both are drawn to one scale. */
  readonly beside?: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const colours = useColours();
  const at = then === undefined ? "" : `, ${then}`;
  const many = pixels ? Math.floor(pixels.length / (width * height)) : 0;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const ratio = window.devicePixelRatio || 1;
    const grid = layOut(Math.max(many, beside), width, height, size.width * ratio, size.height * ratio);
    element.width = Math.max(1, grid.columns * grid.pitchX);
    element.height = Math.max(1, grid.rows * grid.pitchY);
    element.style.width = `${element.width / ratio}px`;
    if (!pixels || many === 0) return;
    const [paper, ink] = [channels(colours.stage), channels(colours.ink)];
    const tile = new ImageData(width, height);
    const small = new OffscreenCanvas(width, height);
    const pen = small.getContext("2d");
    if (!pen) return;
    context.imageSmoothingEnabled = false;
    for (let n = 0; n < Math.min(many, grid.columns * grid.rows); n++) {
      for (let i = 0; i < width * height; i++) {
        const value = pixels[n * width * height + i]! / 255;
        for (let c = 0; c < 3; c++) tile.data[4 * i + c] = paper[c]! + (ink[c]! - paper[c]!) * value;
        tile.data[4 * i + 3] = 255;
      }
      pen.putImageData(tile, 0, 0);
      const x = (n % grid.columns) * grid.pitchX;
      const y = Math.floor(n / grid.columns) * grid.pitchY;
      context.drawImage(small, x, y, width * grid.scale, height * grid.scale);
    }
  }, [pixels, many, beside, width, height, size, colours]);

  return (
    <section className={css.half} aria-label={t`${t(role)} images${at}`}>
      <h2>
        <RoleMark role={role} />
        {t(role)}
        {then !== undefined && <small>{then}</small>}
      </h2>
      <div ref={box} className={css.tiles}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={t`${count(many)} ${t(role)} images of ${width} by ${height} pixels${at}`}
        />
        {many === 0 && <p>{t`Images appear here as the model trains.`}</p>}
      </div>
    </section>
  );
}

/** "rgb(1, 2, 3)" -> [1, 2, 3]. */
const channels = (colour: string): readonly number[] =>
  (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
