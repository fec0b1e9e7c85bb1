/**
 * How good the rows of one racer are, in a few figures that are the same for
 * whoever asks with the same rows and seed: quality and coverage, two corners of
 * the generative trilemma (the third, speed, takes a clock).
 * Z. Xiao et al., Tackling the Generative Learning Trilemma with Denoising
 * Diffusion GANs, 2022, figure 1. https://arxiv.org/abs/2112.07804
 */
import type { DatasetId } from "../catalog/datasets.ts";
import { grid } from "../datasets/grid.ts";
import type { Mixture } from "../datasets/mixture.ts";
import { ring } from "../datasets/ring.ts";
import { fitBoosting } from "../downstream/boosting.ts";
import { part, type Work } from "../downstream/work.ts";
import { weighed, weightsOf } from "../project/weights.ts";
import type { RaceFigures } from "../protocol/race.ts";
import { c2st } from "../quality/c2st.ts";
import { allRows } from "../quality/compared.ts";
import { coverage } from "../quality/coverage.ts";
import { isValue } from "../quality/measured.ts";
import { shape } from "../quality/shape.ts";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { picture, type Learnable } from "./preparing.ts";

/** Rows of each side that are told apart, and whose neighbourhoods are looked at: the work is their square. */
export const judgedRows = 1_000;
const neighbours = 500;
/** Wide tables: trees look at so many columns, neighbourhoods at so many numbers in all. */
const mostColumns = 48;
const work = 40_000_000;

/** Centres of the data, where they are known. */
const centresOf: { readonly [D in DatasetId]?: Mixture } = { ring, grid };

/** @param made rows of the table's own columns. */
export function* judge(
  prepared: Learnable,
  made: Table,
  dataset: DatasetId | "own",
  seed: number,
): Work<RaceFigures> {
  const source = random(seed).fork("judge");
  const { split, table, lens } = prepared;
  const order = source.fork("real").permutation(split.train.length);
  const real = (many: number): Table =>
    selectRows(table, order.slice(0, many).map((i) => split.train[i]!)); // prettier-ignore
  const few = (rows: Table, many: number): Table =>
    rows.rows <= many ? rows : selectRows(rows, allRows(rows).subarray(0, many));

  const shapes = shape(selectRows(table, split.train), made).error;
  yield 0.05;
  const narrow = (rows: Table): Table => ({ ...rows, columns: rows.columns.slice(0, mostColumns) });
  const even = Math.min(judgedRows, made.rows, split.train.length);
  const fit = (rows: Table, labels: Parameters<typeof fitBoosting>[1]) =>
    fitBoosting(rows, labels, { rounds: 20, leaves: 12 });
  const told = yield* part(c2st(narrow(real(even)), narrow(few(made, even)), fit, source.fork("folds")), 0.05, 0.7); // prettier-ignore

  const side = Math.max(50, Math.min(neighbours, Math.floor(Math.sqrt(work / lens.width)), even));
  const weights = weightsOf(lens.spans);
  const seen = (rows: Table) => weighed(picture(prepared, rows, allRows(rows)), weights);
  const near = yield* part(coverage(seen(real(side)), seen(few(made, side))), 0.7, 1);

  const mixture = dataset === "own" ? undefined : centresOf[dataset];
  const modes = mixture && modesHit(few(made, judgedRows), mixture);
  return {
    ...(isValue(shapes) && { shape: 1 - shapes.value }),
    ...(!("why" in told) && { quality: told.score }),
    ...(!("why" in near) && { precision: near.precision, recall: near.recall, coverage: near.coverage }),
    ...(modes && { modes }),
  };
}

function modesHit({ columns, rows }: Table, { centres, sigma }: Mixture) {
  const [x, y] = columns;
  if (x === undefined || y === undefined || !("values" in x) || !("values" in y)) return undefined;
  const hit = new Set<number>();
  let near = 0;
  for (let row = 0; row < rows; row++) {
    const at = centres.findIndex(
      ([cx, cy]) => Math.hypot(x.values[row]! - cx, y.values[row]! - cy) <= 3 * sigma,
    );
    if (at < 0) continue;
    hit.add(at);
    near++;
  }
  return { hit: hit.size, of: centres.length, near: near / Math.max(1, rows) };
}
