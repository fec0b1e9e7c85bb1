import { useEffect, useRef, useState } from "react";
import type { Scene } from "../../protocol/analysis.ts";
import { useLab } from "../context.ts";
import { useColours } from "../kit/colours.ts";
import { count } from "../kit/format.ts";
import { RoleMark, type Role } from "../kit/Icon.tsx";
import { useSize } from "../kit/useSize.ts";
import css from "./ImagesView.module.css";
import { layOut } from "./mosaic.ts";

/** Real images on one side, generated ones on the other; place by place the same latent draw at every step. */
export function ImagesView({ scene }: { readonly scene: Extract<Scene, { view: "images" }> }) {
  const frame = useLab((state) => state.stage.frames.images);
  const shape = { width: scene.width, height: scene.height };
  return (
    <div className={css.halves}>
      <Mosaic role="real" pixels={scene.pixels} {...shape} />
      <Mosaic role="synthetic" pixels={frame?.pixels} {...shape} />
    </div>
  );
}

function Mosaic({
  role,
  pixels,
  width,
  height,
}: {
  readonly role: Role;
  readonly pixels: Uint8Array | undefined;
  readonly width: number;
  readonly height: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const colours = useColours();
  const many = pixels ? Math.floor(pixels.length / (width * height)) : 0;
  const [drawn, setDrawn] = useState(many);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const ratio = window.devicePixelRatio || 1;
    const grid = layOut(many, width, height, size.width * ratio, size.height * ratio);
    element.width = Math.max(1, grid.columns * grid.pitchX);
    element.height = Math.max(1, grid.rows * grid.pitchY);
    element.style.width = `${element.width / ratio}px`;
    setDrawn(Math.min(many, grid.columns * grid.rows));
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
  }, [pixels, many, width, height, size, colours]);

  return (
    <section className={css.half} aria-label={`${role} images`}>
      <h2>
        <RoleMark role={role} />
        {role}
      </h2>
      <div ref={box} className={css.tiles}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${count(drawn)} ${role} images of ${width} by ${height} pixels`}
        />
        {many === 0 && <p>Images appear here as the model trains.</p>}
      </div>
    </section>
  );
}

/** "rgb(1, 2, 3)" -> [1, 2, 3]. */
const channels = (colour: string): readonly number[] =>
  (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
