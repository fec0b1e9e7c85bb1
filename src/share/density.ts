/**
 * Where real rows lie, told without telling of any one of them: counts on a
 * coarse grid, cells of fewer than five rows emptied, the rest in seven levels.
 */

/** Fewer rows than this in a cell might be somebody. */
export const fewestInCell = 5;
export const levels = 7;
const [fewestCells, mostCells] = [6, 32];

export interface Density {
  /** Cells along each side. */
  readonly side: number;
  /** 0 for an empty cell to 7 for the fullest; from the bottom left, row by row upwards. */
  readonly cells: Uint8Array;
}

interface Box {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/**
 * @param points [x0, y0, …]; those outside of the box, or nowhere, don't count.
 * Levels follow the square root of counts, so that thin places are seen beside dense ones.
 */
export function densityOf(points: Float32Array, { x, y }: Box): Density {
  const rows = points.length / 2;
  // About sixteen rows a cell were they spread evenly: fewer, and small counts would empty the picture.
  const side = Math.min(mostCells, Math.max(fewestCells, Math.floor(Math.sqrt(rows / 4))));
  const counts = new Uint32Array(side * side);
  for (let i = 0; i < rows; i++) {
    const column = Math.floor(((points[2 * i]! - x[0]) / (x[1] - x[0])) * side);
    const row = Math.floor(((points[2 * i + 1]! - y[0]) / (y[1] - y[0])) * side);
    if (column >= 0 && column < side && row >= 0 && row < side) counts[row * side + column]! += 1;
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const cells = Uint8Array.from(counts, (n) =>
    n < fewestInCell ? 0 : Math.max(1, Math.round(levels * Math.sqrt(n / most))),
  );
  return { side, cells };
}
