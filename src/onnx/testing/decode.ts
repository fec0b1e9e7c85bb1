/** Rows to cells as docs/onnx.md says it, from the decoder's JSON alone. */
import type { Random } from "../../random/random.ts";
import type { Decoder, DecoderColumn, DecoderScale, Outcome } from "../decoder.ts";

/** A number of milliseconds for a date; null for a missing cell. */
export type Cell = string | number | null;

type Number = Extract<Outcome, { kind: "number" }>;

/** By column, the cells of all rows. */
export function decode(decoder: Decoder, rows: readonly Float32Array[], random: Random): Cell[][] {
  return decoder.columns.map((column) => rows.map((row) => cellOf(column, row, random)));
}

function cellOf({ start, outcomes }: DecoderColumn, row: Float32Array, random: Random): Cell {
  const outcome =
    outcomes[start === undefined ? 0 : pick(row.subarray(start, start + outcomes.length), random)]!;
  switch (outcome.kind) {
    case "value":
      return outcome.value;
    case "missing":
      return null;
    case "among":
      return outcome.values[pick(outcome.weights, random)]!;
    case "number":
      return numberOf(outcome, row[outcome.at]!);
    default:
      outcome satisfies never;
      throw new Error("no such outcome");
  }
}

function pick(weights: ArrayLike<number>, random: Random): number {
  const all = Array.from(weights);
  let left = random.uniform() * all.reduce((sum, weight) => sum + weight, 0);
  return Math.max(
    0,
    all.findIndex((weight) => (left -= weight) < 0),
  );
}

function numberOf({ scale, round, min, max }: Number, code: number): number {
  return Math.min(max, Math.max(min, rounded(round, onScale(scale, code))));
}

function onScale(scale: DecoderScale, code: number): number {
  if (scale.kind === "linear") return code * scale.factor + scale.offset;
  const { codes, values } = scale;
  const after = codes.findIndex((each) => each > code);
  if (after === 0) return values[0]!;
  if (after < 0) return values.at(-1)!;
  const [from, to] = [codes[after - 1]!, codes[after]!];
  return values[after - 1]! + ((code - from) / (to - from)) * (values[after]! - values[after - 1]!);
}

const lengths = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000, millisecond: 1 } as const;

function rounded(round: Number["round"], value: number): number {
  switch (round.kind) {
    case "free":
      return value;
    case "decimals":
      return round.decimals > 22 ? value : Math.round(value * 10 ** round.decimals) / 10 ** round.decimals;
    case "steps":
      return round.values.reduce((best, step) =>
        Math.abs(step - value) < Math.abs(best - value) ? step : best,
      );
    case "calendar": {
      if (round.unit !== "month" && round.unit !== "year")
        return Math.round(value / lengths[round.unit]) * lengths[round.unit];
      const at = new Date(value);
      const [year, month] = [at.getUTCFullYear(), round.unit === "month" ? at.getUTCMonth() : 0];
      const before = Date.UTC(year, month);
      const after = round.unit === "month" ? Date.UTC(year, month + 1) : Date.UTC(year + 1, 0);
      return value - before < after - value ? before : after;
    }
    default:
      round satisfies never;
      throw new Error("no such rounding");
  }
}
