/** Where the values of a number or date column lie on a slider, and how a place is written. */
import type { ColumnSummary } from "../../protocol/analysis.ts";
import { dateFormat } from "../../table/date.ts";
import { formatNumber, parseNumber } from "../../table/number.ts";

export interface Slots {
  /** Places go from 0 to this. */
  readonly most: number;
  /** The place of a value as a person wrote it; undefined where it can't be read. */
  placeOf(text: string): number | undefined;
  /** In the column's own spelling. */
  textAt(place: number): string;
}

/** More than a hand can tell apart on so short a line. */
const mostPlaces = 200;

/** Undefined where the column holds no numbers or dates, or a single one. */
export function slotsOf({ histogram, spelling }: ColumnSummary): Slots | undefined {
  if (histogram.kind !== "numeric" || spelling === undefined) return undefined;
  const whole = spelling.type === "number" && spelling.format.decimals === 0;
  // The bins of whole numbers reach half a unit further on both sides.
  const [first, last] = [histogram.edges[0]!, histogram.edges.at(-1)!];
  const [low, high] = whole ? [Math.ceil(first), Math.floor(last)] : [first, last];
  const range = high - low;
  if (!(range > 0 && range < Infinity)) return undefined;
  const most = whole ? Math.min(mostPlaces, range) : mostPlaces;
  const [read, write] =
    spelling.type === "datetime"
      ? [dateFormat(spelling.pattern).parse, dateFormat(spelling.pattern).format]
      : numbers(spelling.format, range / most);
  return {
    most,
    placeOf(text) {
      const value = read(text.trim());
      if (Number.isNaN(value)) return undefined;
      return Math.round(most * Math.min(1, Math.max(0, (value - low) / range)));
    },
    textAt: (place) => write(low + (place / most) * range),
  };
}

/** @param step from one place to the next: digits far below it would only be noise. */
function numbers(
  format: Parameters<typeof formatNumber>[1],
  step: number,
): [read: (text: string) => number, write: (value: number) => string] {
  const decimals = Math.min(format.decimals, Math.max(0, Math.ceil(1 - Math.log10(step))));
  const minDecimals = Math.min(format.minDecimals ?? 0, decimals);
  return [
    (text) => {
      const value = parseNumber(text, format);
      return Number.isNaN(value) && text !== "" ? Number(text) : value;
    },
    (value) => formatNumber(value, { ...format, decimals, minDecimals }),
  ];
}
