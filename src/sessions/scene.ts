/** What stands still in each view: real rows, axes, bins. Made from prepared data when a view comes on screen. */
import type { Axis, Frame, Scene } from "../protocol/analysis.ts";
import { rangesOf } from "../project/axes.ts";
import { fitPca, projectPca, rowsFitted } from "../project/pca.ts";
import type { UmapFit } from "../project/umap.ts";
import { weightsOf } from "../project/weights.ts";
import { allRows } from "../quality/compared.ts";
import { random } from "../random/random.ts";
import type { Column, Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { cellText } from "../table/writeCsv.ts";
import type { Matrix } from "../encode/span.ts";
import { count, t } from "../language/words.ts";
import type { ImageLayout } from "./opening.ts";
import { overlay } from "./overlay.ts";
import { picture, type Learnable, type Prepared } from "./preparing.ts";

/** Most real points in a cloud, and most held-out ones: what a screen can tell apart. */
export const mostPoints = 1_500;
/** Most held-out rows placed in a UMAP, each against all that were fitted. */
const mostPlaced = 300;
/** Share of the real rows' extent left free on each side, for synthetic rows that stray. */
const roomy = 0.15;
const imagesShown = 64;
const rowsShown = 25;

/** One look at the generated rows: as the model made them and as the table they decode to. */
export interface Snapshot {
  readonly run: number;
  readonly step: number;
  readonly table: Table;
  /** The decoded rows as real rows are pictured, made when a view first needs them: category blocks are one-hot, not blurred. */
  matrix(): Matrix;
}

/** By the same draws at every step, so that a dot moves because its row changed. */
export function snapshotOf(
  prepared: Learnable,
  { run, step, rows }: { readonly run: number; readonly step: number; readonly rows: Matrix },
): Snapshot {
  const table = prepared.encoder.decode(rows, random(prepared.seed).fork("snapshot"));
  let matrix: Matrix | undefined;
  return { run, step, table, matrix: () => (matrix ??= picture(prepared, table, allRows(table))) };
}

export interface Stage {
  readonly scene: Scene;
  /** The synthetic side of the scene. */
  frame(snapshot: Snapshot): Frame;
  /** Where rows of the table lie, [x0, y0, …]; only in views of points. */
  place?(rows: Int32Array): Float32Array;
}

/** An even thinning to at most `most` rows. */
export const some = (rows: Int32Array, most: number): Int32Array =>
  rows.length <= most
    ? rows
    : Int32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]!);

/** @param source rows of another table with these columns, to be shown beside them. */
export function pcaStage(prepared: Learnable, source?: Table): Stage {
  const { table, split, lens } = prepared;
  const pca = fitPca(
    picture(prepared, table, some(split.train, rowsFitted(lens.width))),
    weightsOf(lens.spans),
  );
  const real = projectPca(pca, picture(prepared, table, some(split.train, mostPoints)));
  const holdout = projectPca(pca, picture(prepared, table, some(split.holdout, mostPoints)));
  const others = source && projectPca(pca, picture(prepared, source, firstRows(source, mostPoints)));
  const { x, y } = rangesOf(joined(real, others), roomy);
  return {
    scene: {
      view: "pca",
      real,
      holdout,
      ...(others && { source: others }),
      x: { label: t`First principal component`, range: x, variance: pca.variance[0] },
      y: { label: t`Second principal component`, range: y, variance: pca.variance[1] },
    },
    frame: ({ run, step, matrix }) => ({ run, step, view: "pca", points: projectPca(pca, matrix()) }),
    place: (rows) => projectPca(pca, picture(prepared, table, rows)),
  };
}

/** @param fit done, on rows that were pictured as `picture` does. */
export function umapStage(prepared: Prepared, fit: UmapFit): Stage {
  const { table, split } = prepared;
  const real = fit.embedding;
  const { x, y } = rangesOf(real);
  return {
    scene: {
      view: "umap",
      real,
      holdout: fit.place(picture(prepared, table, some(split.holdout, mostPlaced))),
      // Said where it is seen: of a large table the map knows a sample.
      x: { label: t`UMAP 1 · fitted on ${count(real.length / 2)} real rows`, range: x },
      y: { label: t`UMAP 2`, range: y },
    },
    frame: ({ run, step, matrix }) => ({ run, step, view: "umap", points: fit.place(matrix()) }),
    place: (rows) => fit.place(picture(prepared, table, rows)),
  };
}

/** Two columns against one another: the plane itself for 2-D shapes, any pair for tables. `source` as in `pcaStage`. */
export function pairStage(
  prepared: Learnable,
  view: "plane" | "pair",
  pair: readonly [number, number],
  source?: Table,
): Stage {
  const { table, split } = prepared;
  const last = table.columns.length - 1;
  const [i, j] = view === "plane" ? [0, 1] : [Math.min(pair[0], last), Math.min(pair[1], last)];
  const [first, second] = [table.columns[i]!, table.columns[j]!];
  const points = (from: Table): Float32Array =>
    interleave(positions(from.columns[i]!, first), positions(from.columns[j]!, second));
  const real = points(selectRows(table, some(split.train, mostPoints)));
  const others = source && points(source);
  const ranges = rangesOf(joined(real, others), view === "plane" ? roomy : 0.08);
  return {
    scene: {
      view,
      real,
      holdout: points(selectRows(table, some(split.holdout, mostPoints))),
      ...(others && { source: others }),
      x: axisOf(first, ranges.x),
      y: axisOf(second, ranges.y),
    },
    frame: ({ run, step, table: made }) => ({ run, step, view, points: points(made) }),
    place: (rows) => points(selectRows(table, rows)),
  };
}

const joined = (points: Float32Array, others: Float32Array | undefined): Float32Array =>
  others === undefined ? points : Float32Array.of(...points, ...others);

/** Where a column's cells stand on an axis: categories at 0, 1, 2 … in `order`'s levels, missing cells nowhere (NaN). */
function positions(column: Column, order: Column): Float32Array {
  if ("values" in column) return Float32Array.from(column.values);
  const levels = "levels" in order ? order.levels : [];
  const at = new Map(levels.map((level, place) => [level, place]));
  return Float32Array.from(column.codes, (code) => (code < 0 ? NaN : (at.get(column.levels[code]!) ?? NaN)));
}

function axisOf(column: Column, range: readonly [number, number]): Axis {
  if ("codes" in column)
    return { label: column.name, range: [-0.6, column.levels.length - 0.4], categories: column.levels };
  return { label: column.name, range, unit: column.type === "datetime" ? "date" : "number" };
}

function interleave(x: Float32Array, y: Float32Array): Float32Array {
  const points = new Float32Array(x.length * 2);
  for (let i = 0; i < x.length; i++) {
    points[2 * i] = x[i]!;
    points[2 * i + 1] = y[i]!;
  }
  return points;
}

export function columnsStage({ table, split }: Prepared): Stage {
  const overlays = selectRows(table, split.train).columns.map(overlay);
  return {
    scene: {
      view: "columns",
      columns: overlays.map(({ name, histogram }) => ({ name, histogram })),
    },
    frame: ({ run, step, table: made }) => ({
      run,
      step,
      view: "columns",
      columns: overlays.map((each, i) => each.count(made.columns[i]!)),
    }),
  };
}

export function imagesStage({ table, split }: Prepared, image: ImageLayout): Stage {
  const { width, height } = image;
  return {
    scene: {
      view: "images",
      width,
      height,
      pixels: pixelsOf(selectRows(table, some(split.train, imagesShown)), image),
    },
    frame: ({ run, step, table: made }) => ({
      run,
      step,
      view: "images",
      pixels: pixelsOf(selectRows(made, firstRows(made, imagesShown)), image),
    }),
  };
}

const firstRows = (table: Table, most: number): Int32Array =>
  Int32Array.from({ length: Math.min(most, table.rows) }, (_, row) => row);

/** One byte a pixel, black at `minimum`, white at `maximum`. */
export function pixelsOf(
  { columns, rows }: Table,
  { minimum, maximum }: ImageLayout,
): Uint8Array<ArrayBuffer> {
  const size = columns.length;
  const pixels = new Uint8Array(rows * size);
  columns.forEach((column, at) => {
    if (!("values" in column)) return;
    for (let row = 0; row < rows; row++) {
      const grey = (column.values[row]! - minimum) / (maximum - minimum);
      pixels[row * size + at] = Math.round(Math.min(1, Math.max(0, grey)) * 255);
    }
  });
  return pixels;
}

export function rowsStage({ table, split }: Prepared): Stage {
  const write = (from: Table, rows: Int32Array): readonly (readonly string[])[] =>
    Array.from(rows, (row) => from.columns.map((column) => cellText(column, row)));
  return {
    scene: {
      view: "rows",
      header: table.columns.map(({ name }) => name),
      rows: write(table, some(split.train, rowsShown)),
    },
    frame: ({ run, step, table: made }) => ({
      run,
      step,
      view: "rows",
      rows: write(made, firstRows(made, rowsShown)),
    }),
  };
}
