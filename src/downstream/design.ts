/**
 * A table as a linear model sees it: numbers as they are, with the training
 * mean in place of a missing one, and a 0-or-1 input for every category, "missing"
 * among them. A row has a single 1 among a column's categories, so what is kept
 * is its position.
 */
import type { Table } from "../table/table.ts";

export interface DesignColumn {
  /** Position of the column's first input among all inputs. */
  readonly start: number;
  readonly cells:
    | { readonly kind: "numbers"; readonly values: Float64Array }
    /** -1 where training never saw the category: none of the inputs is 1. */
    | { readonly kind: "positions"; readonly positions: Int32Array };
}

export interface Design {
  /** Inputs of a row. */
  readonly width: number;
  /** Robust scale of each input: the interquartile range of numbers, 1 where that is 0, and of categories. */
  readonly scales: Float64Array;
  columns(table: Table): readonly DesignColumn[];
}

/** @param table training rows. */
export function fitDesign(table: Table): Design {
  const scales: number[] = [];
  const readers = table.columns.map((column): ((of: Table["columns"][number]) => DesignColumn) => {
    const start = scales.length;
    if ("values" in column) {
      const present = column.values.filter((value) => !Number.isNaN(value));
      const mean = present.reduce((sum, value) => sum + value / present.length, 0);
      const fill = (values: Float64Array): Float64Array =>
        values.map((value) => (Number.isNaN(value) ? mean : value));
      const sorted = fill(column.values).sort();
      scales.push(quantile(sorted, 0.75) - quantile(sorted, 0.25) || 1);
      return (of) => {
        if (!("values" in of)) throw otherKind(of.name, "numbers");
        return { start, cells: { kind: "numbers", values: fill(of.values) } };
      };
    }
    const seen = new Set(column.codes);
    const positionOf = new Map<string, number>();
    column.levels.forEach((level, code) => {
      if (seen.has(code)) positionOf.set(level, scales.push(1) - 1 - start);
    });
    const missing = seen.has(-1) ? scales.push(1) - 1 - start : -1;
    return (of) => {
      if ("values" in of) throw otherKind(of.name, "categories");
      const known = Int32Array.from(of.levels, (level) => positionOf.get(level) ?? -1);
      const positions = of.codes.map((code) => (code < 0 ? missing : known[code]!));
      return { start, cells: { kind: "positions", positions } };
    };
  });
  return {
    width: scales.length,
    scales: Float64Array.from(scales),
    columns: (other) => readers.map((read, i) => read(other.columns[i]!)),
  };
}

/** Mean and standard deviation of every input; 1 where it does not vary, and its weight then stays 0. */
export function momentsOf(
  columns: readonly DesignColumn[],
  rows: number,
  width: number,
): { centres: Float64Array; deviations: Float64Array } {
  const centres = new Float64Array(width);
  const deviations = new Float64Array(width).fill(1);
  columns.forEach(({ start, cells }, c) => {
    if (cells.kind === "numbers") {
      const { values } = cells;
      // Asked of the values: the mean's rounding would leave a constant with a tiny variance.
      if (values.every((value) => value === values[0])) {
        centres[start] = values[0]!;
        return;
      }
      for (const value of values) centres[start]! += value / rows;
      let squares = 0;
      for (const value of values) squares += (value - centres[start]!) ** 2;
      deviations[start] = Math.sqrt(squares / rows);
      return;
    }
    for (const position of cells.positions) centres[start + position]! += 1;
    for (let i = start; i < (columns[c + 1]?.start ?? width); i++) {
      centres[i]! /= rows;
      deviations[i] = Math.sqrt(centres[i]! * (1 - centres[i]!)) || 1;
    }
  });
  return { centres, deviations };
}

/** Linear between neighbours, as numpy's default. */
function quantile(sorted: Float64Array, p: number): number {
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? 0;
  return low + (high - low) * (at - Math.floor(at));
}

function otherKind(name: string, fitted: string): TypeError {
  return new TypeError(`Column "${name}" was ${fitted} when the model was fitted and is something else now.`);
}
