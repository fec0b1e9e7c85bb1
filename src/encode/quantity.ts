/**
 * Columns of numbers and of dates: a state (see `state.ts`) where one is
 * needed, then the number itself on a scale (see `numeric.ts`). Decoding keeps
 * to the training bounds and to the column's own precision.
 */
import type { Column, DatetimeColumn, NumberColumn } from "../table/table.ts";
import { drawPosition } from "./category.ts";
import type { ColumnCoder, PartSpan } from "./coder.ts";
import { roundDate, unitOf, type DatetimeUnit } from "./datetime.ts";
import { fitScale, openScale, type NumericScaling, type ScaleState } from "./numeric.ts";
import { fitStates, isStepped, nearest, openStates, runsOf, type StateCounts } from "./state.ts";

/** The header of the column to be written back. */
type Heading =
  | Pick<NumberColumn, "type" | "name" | "missingMark" | "format">
  | Pick<DatetimeColumn, "type" | "name" | "missingMark" | "pattern">;

/** Where values may lie: on whole units of a decimal place or of the calendar, on a few steps, or anywhere. */
export type Grid =
  | { readonly kind: "decimals"; readonly decimals: number }
  | { readonly kind: "calendar"; readonly unit: DatetimeUnit }
  | { readonly kind: "steps"; readonly values: readonly number[] }
  | { readonly kind: "free" };

export interface QuantityState {
  readonly kind: "quantity";
  readonly heading: Heading;
  readonly grid: Grid;
  /** Smallest and largest training value; both 0 where every cell was missing. */
  readonly min: number;
  readonly max: number;
  readonly states: StateCounts;
  /** Absent where no ordinary value was seen. */
  readonly scale?: ScaleState;
}

/**
 * `quantile` and `standard` give frequent values a category. `minmax` and
 * `none` are for people who want one plain number a column (textbook models,
 * pixels), so they get exactly that, even from a column that never varies.
 *
 * @param references most reference values of a quantile scale.
 * @param range what `minmax` maps onto [-1, 1]; the column's own range if absent.
 */
export function fitQuantity(
  column: NumberColumn | DatetimeColumn,
  rows: Int32Array,
  scaling: NumericScaling,
  references: number,
  range?: readonly [number, number],
): QuantityState {
  const observed = observedIn(column, rows).sort();
  const states = fitStates(
    observed,
    rows.length - observed.length,
    scaling === "quantile" || scaling === "standard",
  );
  const ordinary =
    states.atoms.length > 0 ? observed.filter((value) => !states.atoms.includes(value)) : observed;
  // Milliseconds since 1970 as they are would drown every other column: dates are standardised instead.
  const kind = column.type === "datetime" && scaling === "none" ? "standard" : scaling;
  const scale =
    kind === "minmax" && range
      ? ({ kind, min: range[0], max: range[1] } as const)
      : ordinary.length > 0
        ? fitScale(ordinary, kind, references)
        : undefined;
  const { type, name, missingMark } = column;
  return {
    kind: "quantity",
    heading:
      type === "number"
        ? { type, name, missingMark, format: column.format }
        : { type, name, missingMark, pattern: column.pattern },
    grid: fitGrid(column, observed, scaling),
    min: observed[0] ?? 0,
    max: observed.at(-1) ?? 0,
    states,
    ...(scale && ordinary.length > 0 ? { scale } : {}),
  };
}

/** The finite values at `rows`, -0 as 0. An infinite value has no place on any scale and counts as missing. */
export function observedIn(column: NumberColumn | DatetimeColumn, rows: Int32Array): Float64Array {
  // A loop, not `from` and `filter`: those call a function a cell, and a table of pixels has millions.
  const found = new Float64Array(rows.length);
  let n = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = column.values[rows[i]!]! + 0;
    if (Number.isFinite(value)) found[n++] = value;
  }
  return found.slice(0, n);
}

function fitGrid(
  column: NumberColumn | DatetimeColumn,
  observed: Float64Array,
  scaling: NumericScaling,
): Grid {
  if (column.type === "datetime") return { kind: "calendar", unit: unitOf(observed) };
  const distinct = runsOf(observed);
  if (scaling === "quantile" && isStepped(distinct.length, observed.length))
    return { kind: "steps", values: distinct.map((run) => run.value) };
  const { decimals } = column.format;
  // A format that does not hold the training values themselves (1e-30 shows no decimals) must not round others.
  const holds = observed.every((value) => roundDecimals(value, decimals) === value);
  return holds ? { kind: "decimals", decimals } : { kind: "free" };
}

/** The number with at most `decimals` digits nearest to `value`: the same double that reading those digits gives. */
export function roundDecimals(value: number, decimals: number): number {
  const unit = 10 ** decimals;
  const scaled = value * unit;
  // 10^22 is the last exact power of ten; beyond 2^53 there is nothing left to round.
  if (decimals > 22 || !(Math.abs(scaled) < Number.MAX_SAFE_INTEGER)) return value;
  return Math.round(scaled) / unit + 0; // + 0 turns -0 into 0
}

export function openQuantity(state: QuantityState): ColumnCoder {
  const { heading, grid } = state;
  const restore = (value: number): number =>
    Math.min(state.max, Math.max(state.min, toGrid(grid, value))) + 0;
  const states = openStates(state.states, (value) => writeAtom(heading, value));
  const scale = state.scale && openScale(state.scale);

  const spans: PartSpan[] = [];
  const stateWidth = states.frequencies.length < 2 ? 0 : states.frequencies.length;
  if (stateWidth > 0)
    spans.push({
      kind: "category",
      start: 0,
      width: stateWidth,
      label: `${heading.name}: ${states.label}`,
      ...(states.missingAt >= 0 && { missing: states.missingAt }),
    });
  if (scale) {
    const bounded = state.scale?.kind === "minmax" ? { bounded: true } : {};
    const given = stateWidth > 0 ? { given: states.ordinaryAt } : {};
    spans.push({ kind: "numeric", start: stateWidth, width: 1, label: heading.name, ...given, ...bounded });
  }

  return {
    spans,
    width: stateWidth + (scale ? 1 : 0),
    places: [...(stateWidth > 0 ? states.places : []), ...(scale ? ["number"] : [])],
    encode(column, rows, block, random) {
      const { values } = asQuantity(column, heading);
      const empty: number[] = [];
      const codes: number[] = [];
      rows.forEach((row, i) => {
        const value = Number.isFinite(values[row]!) ? values[row]! : NaN;
        const first = i * block.stride + block.start;
        const position = states.positionOf(value);
        if (stateWidth > 0) block.values[first + position] = 1;
        if (!scale) return;
        if (position === states.ordinaryAt && !Number.isNaN(value)) {
          const code = scale.code(value, random);
          block.values[first + stateWidth] = code;
          codes.push(code);
        } else empty.push(first + stateWidth);
      });
      // A slot without a value gets another row's: a constant there would be a spike that says again what the state says.
      for (const at of empty)
        block.values[at] =
          scale && random && codes.length > 0 ? codes[random.integer(codes.length)]! : (scale?.centre ?? 0);
    },
    decode(block, random) {
      const values = new Float64Array(block.rows);
      for (let i = 0; i < block.rows; i++) {
        const position = stateWidth > 0 ? drawPosition(block, i, 0, states.frequencies, random) : 0;
        if (position === states.missingAt) values[i] = NaN;
        else if (position === states.ordinaryAt && scale)
          values[i] = restore(scale.value(block.values[i * block.stride + block.start + stateWidth]!));
        else values[i] = states.atomAt(position) ?? NaN;
      }
      return { ...heading, values };
    },
  };
}

/** The value of the grid that is nearest to `value`. */
export function toGrid(grid: Grid, value: number): number {
  switch (grid.kind) {
    case "decimals":
      return roundDecimals(value, grid.decimals);
    case "calendar":
      return roundDate(value, grid.unit);
    case "steps":
      return grid.values[nearest(grid.values, value)]!;
    case "free":
      return value;
    default:
      grid satisfies never;
      return value;
  }
}

function writeAtom(heading: Heading, value: number): string {
  if (heading.type === "number") return String(value);
  const text = Number.isFinite(new Date(value).getTime()) ? new Date(value).toISOString() : String(value);
  return text.replace(/T00:00:00\.000Z$/, "");
}

function asQuantity(column: Column, heading: Heading): NumberColumn | DatetimeColumn {
  if (column.type !== heading.type)
    throw new TypeError(
      `Column "${heading.name}" was read as ${heading.type} when the encoder was fitted and is now read as ${column.type}. Fit the encoder again.`,
    );
  return column as NumberColumn | DatetimeColumn;
}
