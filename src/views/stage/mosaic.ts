/** How many images go side by side, and how large, so that they fill a space best. */

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Screen pixels a pixel of an image; whole, so that pixels stay square. */
  readonly scale: number;
  /** Distance between neighbours, in screen pixels. */
  readonly pitchX: number;
  readonly pitchY: number;
}

const gap = 4;
/** Share of the images that may be left out so that all rows are full. */
const spare = 0.1;

/** The largest whole scale at which `many` images fit; where not all fit at scale 1, as many as do. */
export function layOut(many: number, width: number, height: number, roomX: number, roomY: number): Grid {
  const fitting = (scale: number) => ({
    columns: Math.max(1, Math.floor((roomX + gap) / (width * scale + gap))),
    rows: Math.max(1, Math.floor((roomY + gap) / (height * scale + gap))),
  });
  let scale = 1;
  while (scale < 12) {
    const { columns, rows } = fitting(scale + 1);
    if (columns * rows < many || width * (scale + 1) > roomX) break;
    scale += 1;
  }
  const { columns, rows } = fitting(scale);
  const used = Math.min(columns, Math.max(1, many));
  // A last row of a few looks as if some were missing.
  const left = many % used;
  const whole = left > 0 && left <= spare * many ? Math.floor(many / used) : Math.ceil(many / used);
  return {
    columns: used,
    rows: Math.min(rows, Math.max(1, whole)),
    scale,
    pitchX: width * scale + gap,
    pitchY: height * scale + gap,
  };
}
