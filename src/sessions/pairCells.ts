/** Where the rows of two columns lie together: shares of real and synthetic rows by cell, few enough cells to be looked at. */
import { t } from "../language/words.ts";
import type { PairCells } from "../protocol/report.ts";
import { categoryHistogram } from "../table/histogram.ts";
import type { Column, Table } from "../table/table.ts";
import { dateFormat } from "../table/date.ts";

/** Stretches of a number's range, and categories by name; the rest share a cell. */
const BINS = 8;
const LABELS = 7;

interface Cut {
  readonly names: readonly string[];
  readonly real: Int32Array;
  readonly synthetic: Int32Array;
}

export function pairCells(train: Table, synthetic: Table, a: number, b: number): PairCells {
  const down = cut(train.columns[a]!, synthetic.columns[a]!);
  const across = cut(train.columns[b]!, synthetic.columns[b]!);
  const shares = (side: "real" | "synthetic", rows: number): readonly number[] => {
    const counts = new Array<number>(down.names.length * across.names.length).fill(0);
    for (let row = 0; row < rows; row++)
      counts[down[side][row]! * across.names.length + across[side][row]!]! += 1 / rows;
    return counts;
  };
  return {
    rows: down.names,
    columns: across.names,
    real: shares("real", train.rows),
    synthetic: shares("synthetic", synthetic.rows),
  };
}

/** The last cell holds gaps, where there are any. */
function cut(real: Column, synthetic: Column): Cut {
  const { names, cellOf } = "values" in real ? cutNumbers(real) : cutCategories(real);
  const cells = (column: Column): Int32Array =>
    "values" in column
      ? Int32Array.from(column.values, (value) => cellOf(value, undefined))
      : Int32Array.from(column.codes, (code) => cellOf(code < 0 ? NaN : code, column.levels[code]));
  const [before, made] = [cells(real), cells(synthetic)];
  const gaps = before.includes(names.length) || made.includes(names.length);
  return { names: gaps ? [...names, t`(missing)`] : names, real: before, synthetic: made };
}

type CellOf = (value: number, label: string | undefined) => number;

function cutNumbers(column: Extract<Column, { values: Float64Array }>): {
  names: readonly string[];
  cellOf: CellOf;
} {
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return { names: [], cellOf: () => 0 };
  // Equally many real rows a stretch, so that one far-out value does not put all others into one.
  const edges: number[] = [];
  for (let i = 1; i < BINS; i++) {
    const edge = sorted[Math.floor((i * sorted.length) / BINS)]!;
    if (edge > (edges.at(-1) ?? sorted[0]!)) edges.push(edge);
  }
  const write =
    column.type === "datetime"
      ? dateFormat(column.pattern).format
      : (value: number): string => String(Number(value.toPrecision(4)));
  const names = [
    t`below ${write(edges[0] ?? sorted[0]!)}`,
    ...edges.slice(1).map((edge, i) => t`${write(edges[i]!)} to ${write(edge)}`),
    t`from ${write(edges.at(-1) ?? sorted[0]!)}`,
  ];
  return {
    names: edges.length === 0 ? [write(sorted[0]!)] : names,
    cellOf: (value) => {
      if (Number.isNaN(value)) return edges.length === 0 ? 1 : names.length;
      let at = 0;
      while (at < edges.length && value >= edges[at]!) at++;
      return at;
    },
  };
}

function cutCategories(column: Extract<Column, { codes: Int32Array }>): {
  names: readonly string[];
  cellOf: CellOf;
} {
  const histogram = categoryHistogram(column.codes, column.levels);
  const labels = histogram.kind === "category" ? histogram.labels : [];
  const rest = histogram.kind === "category" ? histogram.others : 0;
  const few = labels.length <= LABELS + 1 && rest === 0;
  const shown = few ? labels : labels.slice(0, LABELS);
  // Labels that real rows lack go there too.
  const names = [...shown, t`(others)`];
  const at = new Map(shown.map((label, i) => [label, i]));
  return {
    names,
    cellOf: (value, label) =>
      Number.isNaN(value) || label === undefined ? names.length : (at.get(label) ?? shown.length),
  };
}
