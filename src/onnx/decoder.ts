/**
 * What goes beside an exported sampler: how to draw its noise and how to turn
 * its rows into a table, as plain data for whoever has no Likeness. docs/onnx.md
 * describes it and reads it in Python. It holds what the encoder does: values of
 * the training table, one column at a time, and no row.
 */
import type { CategoryState } from "../encode/category.ts";
import { openEncoder, type ColumnState, type EncoderState } from "../encode/encoder.ts";
import { normalQuantile } from "../encode/normal.ts";
import type { ScaleState } from "../encode/numeric.ts";
import type { Grid, QuantityState } from "../encode/quantity.ts";
import type { Span } from "../encode/span.ts";
import { openStates } from "../encode/state.ts";
import type { Column, NumberFormat } from "../table/table.ts";
import type { Choice, GraphInput } from "./graph.ts";

export interface Decoder {
  /** The version of this form. */
  readonly likenessDecoder: 1;
  readonly model: string;
  /** What the graph takes, by name. */
  readonly inputs: readonly DecoderInput[];
  readonly columns: readonly DecoderColumn[];
}

export type DecoderInput =
  /** [rows, width]: standard normals, uniforms on [0, 1) or standard Gumbels. */
  | {
      readonly name: string;
      readonly type: "float32";
      readonly width: number;
      readonly draw: "normal" | "uniform" | "gumbel";
    }
  /** [rows]: an index into the choices, by their probabilities or as one wants it. */
  | {
      readonly name: string;
      readonly type: "int64";
      readonly draw: "choice";
      readonly choices: readonly DecoderChoice[];
    };

/** A column is told by its name: one of its outcomes, or the mode of a number that was split into several. */
export type DecoderChoice = { readonly probability: number; readonly column: string } & (
  { readonly outcome: number } | { readonly mode: number }
);

export interface DecoderColumn {
  readonly name: string;
  readonly type: Column["type"];
  /** How the table wrote a missing cell. */
  readonly missingMark: string;
  /** Of numbers, how the table wrote them; of dates, the pattern. */
  readonly format?: NumberFormat;
  readonly pattern?: string;
  /** Where the outcomes' probabilities stand in a row, as many as there are outcomes; absent where there is one. */
  readonly start?: number;
  readonly outcomes: readonly Outcome[];
}

export type Outcome =
  /** This text, number or moment, in milliseconds since 1970. */
  | { readonly kind: "value"; readonly value: string | number }
  | { readonly kind: "missing" }
  /** One of these, by weight: rare categories. */
  | { readonly kind: "among"; readonly values: readonly string[]; readonly weights: readonly number[] }
  /** The number at a position of the row, put back on its scale, rounded and kept within bounds, in this order. */
  | {
      readonly kind: "number";
      readonly at: number;
      readonly scale: DecoderScale;
      readonly round: Grid;
      readonly min: number;
      readonly max: number;
    };

export type DecoderScale =
  /** Straight lines between points, flat beyond the ends; codes ascend. */
  | { readonly kind: "points"; readonly codes: readonly number[]; readonly values: readonly number[] }
  /** code · factor + offset. */
  | { readonly kind: "linear"; readonly factor: number; readonly offset: number };

/** @param inputs as the exported sampler has them. @param state the encoder of the rows it was trained on. */
export function decoderOf(model: string, inputs: readonly GraphInput[], state: EncoderState): Decoder {
  const { spans, columns: names } = openEncoder(state);
  const columns = state.columns.map((column, i) =>
    columnOf(
      column,
      spans.filter((span) => span.column === i),
    ),
  );
  const choiceOf = ({ probability, column, is }: Choice): DecoderChoice => ({
    probability,
    column: names[column]!,
    ...("mode" in is ? is : { outcome: is.position - columns[column]!.start! }),
  });
  return {
    likenessDecoder: 1,
    model,
    inputs: inputs.map((input) =>
      "width" in input
        ? { name: input.name, type: "float32", width: input.width, draw: input.name }
        : { name: input.name, type: "int64", draw: "choice", choices: input.choices.map(choiceOf) },
    ),
    columns,
  };
}

function columnOf(state: ColumnState, spans: readonly Span[]): DecoderColumn {
  const category = spans.find(({ kind }) => kind === "category");
  const start = category === undefined ? {} : { start: category.start };
  if (state.kind === "category") {
    const { name, type, missingMark } = state;
    return { name, type, missingMark, ...start, outcomes: categoriesOf(state) };
  }
  const number = spans.find(({ kind }) => kind === "numeric");
  return { ...state.heading, ...start, outcomes: quantitiesOf(state, number?.start) };
}

/** In the order of their positions. */
function categoriesOf({ levels, counts, kept, missing }: CategoryState): readonly Outcome[] {
  const own = new Set(kept);
  const rare = levels.flatMap((_, level) => (own.has(level) ? [] : [level]));
  return [
    ...kept.map((level): Outcome => ({ kind: "value", value: levels[level]! })),
    ...(rare.length === 0
      ? []
      : [
          {
            kind: "among" as const,
            values: rare.map((level) => levels[level]!),
            weights: rare.map((level) => counts[level]!),
          },
        ]),
    ...(missing > 0 ? [{ kind: "missing" as const }] : []),
  ];
}

function quantitiesOf(
  { states, scale, grid, min, max }: QuantityState,
  at: number | undefined,
): readonly Outcome[] {
  const { frequencies, ordinaryAt, missingAt, atomAt } = openStates(states, String);
  return frequencies.map((_, position): Outcome => {
    if (position === missingAt) return { kind: "missing" };
    if (position !== ordinaryAt || at === undefined || scale === undefined)
      return { kind: "value", value: atomAt(position)! };
    return { kind: "number", at, scale: scaleOf(scale), round: grid, min, max };
  });
}

function scaleOf(scale: ScaleState): DecoderScale {
  switch (scale.kind) {
    case "quantile":
      return pointsOf(scale);
    case "minmax":
      return { kind: "points", codes: [-1, 1], values: [scale.min, scale.max] };
    case "standard":
      return { kind: "linear", factor: scale.deviation, offset: scale.mean };
    case "none":
      return { kind: "linear", factor: 1, offset: 0 };
    default:
      scale satisfies never;
      throw new TypeError("This encoder has a numeric scale that this version does not know.");
  }
}

/** A value that fills several ranks owns a stretch of the scale: two points of one height. */
function pointsOf({ values, first, count, total }: ScaleState & { kind: "quantile" }): DecoderScale {
  const points: { code: number; value: number }[] = [];
  values.forEach((value, i) => {
    for (const rank of [first[i]!, first[i]! + count[i]! - 1]) {
      const code = Math.fround(normalQuantile((rank + 0.5) / total));
      if (points.length === 0 || code > points.at(-1)!.code) points.push({ code, value });
    }
  });
  return {
    kind: "points",
    codes: points.map(({ code }) => code),
    values: points.map(({ value }) => value),
  };
}
