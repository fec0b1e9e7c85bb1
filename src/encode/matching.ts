/**
 * Which positions of one table's encoded rows mean the same as which of another's: what weights that were learned from
 * the one can be carried to for the other.
 *
 * Columns match by name and kind, categories by spelling. A number matches where both tables scale it alike, and then by
 * its place on the scale: by rank on quantiles (the median stands for the other's median, whatever it is), by deviations
 * from the mean, by the share of the range; by value only where it is not scaled at all.
 */
import type { Encoder, ColumnState } from "./encoder.ts";

export interface ColumnMatch {
  readonly name: string;
  /** Its positions that have a match, of how many. */
  readonly matched: number;
  readonly of: number;
}

export interface Matching {
  /** By position of the target's rows, the position of the source's that means the same; −1 where none does. */
  readonly positions: Int32Array;
  /** By column of the target's, that of the source's; −1 where none matches. */
  readonly columns: Int32Array;
  /** The target's columns that vary. */
  readonly matches: readonly ColumnMatch[];
}

export function matchEncoders(source: Encoder, target: Encoder): Matching {
  const known = source.state.columns.map((state, column) => ({
    key: keyOf(state),
    ...stretch(source, column),
  }));
  const positions = new Int32Array(target.width).fill(-1);
  const columns = new Int32Array(target.columns.length).fill(-1);
  const matches = target.state.columns.flatMap((state, column): ColumnMatch[] => {
    const { start, end } = stretch(target, column);
    if (start === end) return [];
    const from = known.findIndex(({ key }) => key === keyOf(state));
    let matched = 0;
    for (let at = start; from >= 0 && at < end; at++) {
      if (target.places[at] === "number" && scalingOf(state) !== scalingOf(source.state.columns[from]!))
        continue;
      const found = source.places.slice(known[from]!.start, known[from]!.end).indexOf(target.places[at]!);
      if (found < 0) continue;
      positions[at] = known[from]!.start + found;
      matched += 1;
    }
    if (matched > 0) columns[column] = from;
    return [{ name: target.columns[column]!, matched, of: end - start }];
  });
  return { positions, columns, matches };
}

/** Name and kind: spellings of any sort are categories to a model, numbers and dates are two kinds of quantity. */
const keyOf = (state: ColumnState): string =>
  state.kind === "category" ? `category ${state.name}` : `${state.heading.type} ${state.heading.name}`;

const scalingOf = (state: ColumnState): string | undefined =>
  state.kind === "quantity" ? state.scale?.kind : undefined;

/** The positions of a column: from `start`, before `end`. */
function stretch(
  { spans, width }: Encoder,
  column: number,
): { readonly start: number; readonly end: number } {
  const own = spans.filter((span) => span.column === column);
  return own.length === 0
    ? { start: width, end: width }
    : { start: own[0]!.start, end: own.at(-1)!.start + own.at(-1)!.width };
}
