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

/** Of the widths from half of what the room allows, the one that shows most images in full rows, the widest of equals. */
function evenly(many: number, mostColumns: number, mostRows: number): Pick<Grid, "columns" | "rows"> {
  let best = { columns: mostColumns, rows: Math.min(mostRows, Math.max(1, Math.floor(many / mostColumns))) };
  for (let columns = mostColumns - 1; columns > mostColumns / 2; columns--) {
    const rows = Math.min(mostRows, Math.floor(many / columns));
    if (columns * rows > best.columns * best.rows) best = { columns, rows };
  }
  return best;
}

/**
 * The largest whole scale at which `many` images fit; where not all fit at scale 1, as many as do. Rows are full: the few
 * images that would begin another are left out.
 */
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
  const fit = fitting(scale);
  const { columns, rows } = evenly(many, Math.min(fit.columns, Math.max(1, many)), fit.rows);
  return {
    columns,
    rows,
    scale,
    pitchX: width * scale + gap,
    pitchY: height * scale + gap,
  };
}
