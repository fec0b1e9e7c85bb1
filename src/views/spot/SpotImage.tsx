import { useEffect, useRef } from "react";
import { t } from "../../language/words.ts";
import type { Riddle } from "../../protocol/riddle.ts";
import css from "./SpotDialog.module.css";

/** One of the images, as large as it can be told. */
export function SpotImage({ rows, row }: { readonly rows: Riddle["rows"]; readonly row: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || rows.kind !== "images") return;
    const { width, height, pixels } = rows;
    const image = context.createImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      const value = 255 - pixels[row * width * height + i]!;
      image.data.set([value, value, value, 255], 4 * i);
    }
    context.putImageData(image, 0, 0);
  }, [rows, row]);
  if (rows.kind !== "images") return null;
  return (
    <canvas
      ref={canvas}
      className={css.image}
      width={rows.width}
      height={rows.height}
      role="img"
      aria-label={t`Image ${row + 1}`}
    />
  );
}
