/**
 * From text in columns to what can be learned from: columns typed and chosen,
 * holdout set aside, encoder and projection fitted on training rows alone.
 */
import {
  fitColumns,
  openEncoder,
  type ColumnState,
  type Encoder,
  type EncodeOptions,
} from "../encode/encoder.ts";
import type { Matrix } from "../encode/span.ts";
import { splitRows, type Split } from "../encode/split.ts";
import { count, decimal, ofMany, t } from "../language/words.ts";
import type { ColumnSummary, PrepareOptions, StageView, TableSummary } from "../protocol/analysis.ts";
import { FEWEST_FITTED } from "../project/umap.ts";
import { random } from "../random/random.ts";
import { describeColumn } from "../table/describe.ts";
import { inferColumn, type Inference } from "../table/infer.ts";
import type { Column, Table } from "../table/table.ts";
import { readColumn } from "../table/typed.ts";
import type { ImageLayout, Opened } from "./opening.ts";

const previewRows = 50;
/** Text longer than this is cut in the preview; the table keeps all of it. */
const longestPreview = 200;

/** Numbers that the training rows may become: 400 MB in each of two workers. */
const mostNumbers = 100_000_000;

export interface Prepared {
  readonly data: number;
  readonly name: string;
  /** Between the cells of the person's file, and so of what is taken away. */
  readonly delimiter: string;
  readonly summary: TableSummary;
  /** Included columns, all rows. */
  readonly table: Table;
  /** Those and the others, in the file's order. */
  readonly everything: readonly Column[];
  readonly split: Split;
  readonly encoder: Encoder;
  /** How rows are encoded for pictures and distances; see `picture`. */
  readonly lens: Encoder;
  readonly image: ImageLayout | undefined;
  readonly views: readonly StageView[];
  readonly seed: number;
  /** Names of columns that are off, for the note beside a download. */
  readonly left: readonly string[];
}

/** What learning from it and looking at it take: with the encoders' states in their place, what another worker needs. */
export type Learnable = Pick<Prepared, "table" | "split" | "encoder" | "lens" | "seed">;

/** The table is sound but can't be learned from as it is configured. */
export class Unprepared extends Error {
  readonly summary: TableSummary;
  constructor(message: string, summary: TableSummary) {
    super(message);
    this.summary = summary;
  }
}

/** Typing a column looks at every distinct cell, so what was inferred is kept for the next `prepare`. */
export type Inferences = Map<string, readonly Inference[]>;

type ColumnChoice = PrepareOptions["columns"][string];

interface Typed {
  readonly column: Column;
  readonly summary: ColumnSummary;
}

/**
 * @param said e.g. "Read 48,210 rows in 0.3 s, on this device".
 * @param rest awaited between columns, since a wide table takes its time; it may throw to end the work.
 * @throws Unprepared in words.
 */
export async function prepare(
  opened: Opened,
  data: number,
  options: PrepareOptions,
  inferences: Inferences,
  said: string,
  rest: () => Promise<void>,
): Promise<Prepared> {
  const { text, image } = opened;
  const typed = image ? [] : await typeColumns(opened, options, inferences, rest);
  const included = image
    ? image.pixels
    : typed.filter(({ summary }) => summary.include).map(({ column }) => column);
  const summary: TableSummary = {
    name: opened.name,
    rows: text.rows,
    rowsRead: opened.rowsRead,
    // Hundreds of pixels are one picture, not hundreds of columns to choose from.
    columns: typed.map((each) => each.summary),
    preview: image ? [] : preview(opened),
    ...(image && { image: { width: image.width, height: image.height } }),
    said,
    issues: opened.issues,
  };
  if (text.rows < 2)
    throw new Unprepared(
      t`The table has a single row, and a distribution can't be learned from one. Open a table with more rows.`,
      summary,
    );
  if (included.length === 0)
    throw new Unprepared(
      t`No column is switched on, so there is nothing to learn. Switch on at least one column, or change its type.`,
      summary,
    );
  const table: Table = { columns: included, rows: text.rows };
  const split = splitRows(table.rows, options.holdout, random(options.seed).fork("split"));
  // Quantiles would stretch the few greys that pixels have; a person's own images come with the default for tables.
  const numeric = image !== undefined && options.numeric === "quantile" ? "minmax" : options.numeric;
  const fit = async (how: EncodeOptions): Promise<Encoder> => {
    const columns: ColumnState[] = [];
    for (const column of fitColumns(table, split.train, how)) {
      columns.push(column);
      await rest();
    }
    return openEncoder({ version: 1, columns });
  };
  const encoder = await fit({ numeric, sharedRange: image !== undefined });
  if (encoder.width === 0)
    throw new Unprepared(
      t`Every column that is switched on holds a single value, so there is nothing to learn. Switch on a column that varies.`,
      summary,
    );
  if (encoder.width * split.train.length > mostNumbers)
    throw new Unprepared(
      t`As it is configured, this table becomes ${count(split.train.length)} rows of ${count(encoder.width)} numbers, more than fit in memory. Switch off columns with many categories, or open fewer rows.`,
      summary,
    );
  return {
    data,
    name: opened.name,
    delimiter: opened.delimiter ?? ",",
    summary: { ...summary, columns: withGroups(summary.columns, encoder.state.columns) },
    table,
    everything: image ? included : typed.map(({ column }) => column),
    split,
    encoder,
    lens: numeric === "quantile" ? await fit({ numeric: "standard" }) : encoder,
    image,
    views: viewsOf(table, image, split.train.length),
    seed: options.seed,
    left: typed.filter((each) => !each.summary.include).map(({ column }) => column.name),
  };
}

async function typeColumns(
  { text }: Opened,
  options: PrepareOptions,
  inferences: Inferences,
  rest: () => Promise<void>,
): Promise<readonly Typed[]> {
  const { missingMarks } = options;
  const key = JSON.stringify(missingMarks);
  const known = inferences.get(key);
  const inferred: Inference[] = [];
  const typed: Typed[] = [];
  for (const [i, source] of text.columns.entries()) {
    await rest();
    const inference = known?.[i] ?? inferColumn(source, text.rows, { missingMarks });
    inferred.push(inference);
    const choice: ColumnChoice = Object.hasOwn(options.columns, source.name)
      ? options.columns[source.name]!
      : {};
    const column = readColumn(source, choice.type ?? inference.type, inference);
    const description = describeColumn(column, inference);
    typed.push({
      column,
      summary: choice.include === undefined ? description : { ...description, include: choice.include },
    });
  }
  inferences.clear(); // one set of marks at a time is plenty
  inferences.set(key, inferred);
  return typed;
}

/** Says which columns have values that share one position, since a person should know what no model tells apart. */
function withGroups(
  columns: readonly ColumnSummary[],
  states: readonly ColumnState[],
): readonly ColumnSummary[] {
  const words = new Map<string, string>();
  for (const state of states) {
    if (state.kind !== "category" || state.kept.length === state.levels.length) continue;
    const [all, own] = [state.levels.length, state.kept.length];
    words.set(
      state.name,
      own === 0
        ? t`${count(all)} values, none frequent: not learned one by one but drawn by frequency`
        : t`${count(all)} values: ${count(own)} learned one by one, the rest drawn by frequency`,
    );
  }
  return columns.map((column) => {
    const grouped = words.get(column.name);
    return grouped === undefined ? column : { ...column, grouped };
  });
}

function preview({ text }: Opened): readonly (readonly string[])[] {
  return Array.from({ length: Math.min(previewRows, text.rows) }, (_, row) =>
    text.columns.map(({ codes, levels }) => {
      const cell = levels[codes[row]!]!;
      return cell.length > longestPreview ? `${cell.slice(0, longestPreview)}…` : cell;
    }),
  );
}

/** The views that make sense, best first. */
function viewsOf(
  { columns }: Table,
  image: ImageLayout | undefined,
  trainRows: number,
): readonly StageView[] {
  const umap: StageView[] = trainRows >= FEWEST_FITTED ? ["umap"] : [];
  if (image) return ["images", "pca", ...umap, "inside"];
  const plane = columns.length === 2 && columns.every(({ type }) => type === "number");
  if (plane) return ["plane", "columns", "rows", "inside", "quality", "helps"];
  if (columns.length === 1) return ["columns", "rows", "inside", "quality"];
  return ["pca", ...umap, "pair", "columns", "rows", "inside", "quality", "helps"];
}

/** A value this many standard deviations out is as far out as a picture shows: one fortune must not flatten the rest. */
const horizon = 4;

/**
 * Rows as pictures and distances want them: nothing drawn at random, equal cells
 * in equal places. A model is best fed quantiles, but quantiles close the gaps
 * between clusters, so pictures see standardised numbers instead.
 */
export function picture({ lens }: Pick<Prepared, "lens">, table: Table, rows: Int32Array): Matrix {
  const matrix = lens.encode(table, rows);
  const { values, width } = matrix;
  for (const { kind, start } of lens.spans) {
    if (kind !== "numeric") continue;
    for (let at = start; at < values.length; at += width)
      values[at] = Math.min(horizon, Math.max(-horizon, values[at]!));
  }
  return matrix;
}

/** The training rows as models learn from them, the same for the same seed. */
export const trainingRows = ({ encoder, table, split, seed }: Learnable): Matrix =>
  encoder.encode(table, split.train, random(seed).fork("encode"));

/** "Read 48,210 rows in 0.3 s, on this device". */
export function said(rowsRead: number, seconds: number): string {
  const time =
    seconds < 0.01
      ? t`under 0.01`
      : seconds < 0.095
        ? decimal(seconds.toFixed(2))
        : decimal(seconds.toFixed(1));
  return t`Read ${count(rowsRead)} ${ofMany(rowsRead, "row")} in ${time} s, on this device`;
}
