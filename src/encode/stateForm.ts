/** The form of an `EncoderState` that comes from a file, with what `openEncoder` takes for granted. */
import * as v from "valibot";
import type { EncoderState } from "./encoder.ts";

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Ends in the column's header or cells, so it may be anything. */
const text = v.string();
const ascending = v.pipe(
  v.array(finite),
  v.check((values) => values.every((value, i) => i === 0 || value > values[i - 1]!), "must ascend"),
);

const categories = v.pipe(
  v.object({
    kind: v.literal("category"),
    name: text,
    type: v.picklist(["category", "boolean", "identifier", "text", "constant"]),
    missingMark: text,
    levels: v.array(text),
    counts: v.array(count),
    kept: ascending,
    missing: count,
  }),
  v.check(
    ({ levels, counts, missing }) => counts.length === levels.length && levels.length + missing > 0,
    "must count each level",
  ),
  v.check(
    ({ kept, levels }) =>
      kept.every((level) => Number.isInteger(level) && level >= 0 && level < levels.length),
    "must name levels",
  ),
);

const number = v.object({
  type: v.literal("number"),
  name: text,
  missingMark: text,
  format: v.object({
    decimals: v.pipe(count, v.maxValue(100)),
    minDecimals: v.exactOptional(v.pipe(count, v.maxValue(100))),
    decimalMark: v.picklist([".", ","]),
    thousandsMark: v.picklist(["", ",", ".", " ", "'"]),
    prefix: text,
    suffix: text,
  }),
});
const datetime = v.object({ type: v.literal("datetime"), name: text, missingMark: text, pattern: text });

const units = ["year", "month", "day", "hour", "minute", "second", "millisecond"] as const;
const grid = v.variant("kind", [
  v.object({ kind: v.literal("decimals"), decimals: v.pipe(count, v.maxValue(400)) }),
  v.object({ kind: v.literal("calendar"), unit: v.picklist(units) }),
  v.object({ kind: v.literal("steps"), values: v.pipe(v.array(finite), v.minLength(1)) }),
  v.object({ kind: v.literal("free") }),
]);

const scale = v.variant("kind", [
  v.pipe(
    v.object({
      kind: v.literal("quantile"),
      values: v.pipe(ascending, v.minLength(1)),
      first: v.array(count),
      count: v.array(count),
      total: v.pipe(count, v.minValue(1)),
    }),
    v.check(
      ({ values, first, count: counts }) => first.length === values.length && counts.length === values.length,
      "must rank each value",
    ),
  ),
  v.object({ kind: v.literal("minmax"), min: finite, max: finite }),
  v.object({ kind: v.literal("standard"), mean: finite, deviation: finite }),
  v.object({ kind: v.literal("none"), mean: finite }),
]);

const quantity = v.object({
  kind: v.literal("quantity"),
  heading: v.variant("type", [number, datetime]),
  grid,
  min: finite,
  max: finite,
  states: v.pipe(
    v.object({ ordinary: count, missing: count, atoms: ascending, atomCounts: v.array(count) }),
    v.check(({ atoms, atomCounts }) => atoms.length === atomCounts.length, "must count each atom"),
    v.check(({ ordinary, missing, atoms }) => ordinary + missing + atoms.length > 0, "must hold something"),
  ),
  scale: v.exactOptional(scale),
});

export const encoderState: v.GenericSchema<unknown, EncoderState> = v.object({
  version: v.literal(1),
  columns: v.pipe(v.array(v.variant("kind", [categories, quantity])), v.minLength(1)),
});
