/**
 * Mode-specific normalisation (CTGAN, section 4.2): a number of several modes
 * becomes the mode that it belongs to, a category, and its place in that mode,
 * in standard deviations from the mode's mean. A number of one mode stays as
 * the encoder made it.
 */
import type { Matrix, Span } from "../encode/span.ts";
import { fitModes, modeOf, type Mode } from "./modes.ts";
import { own, type Place } from "./places.ts";

export interface Modal {
  readonly spans: readonly Span[];
  readonly width: number;
  /** What its positions stand for. */
  readonly meanings: readonly Place[];
  /** Encoded rows to rows of these spans. */
  encode(rows: Matrix): Matrix;
  /**
   * And back, row-major [width, width of an encoded row]: y becomes y · `copied` + y · `means` + (y · `places`) ×
   * (y · `deviations`).
   */
  readonly copied: Float32Array;
  readonly means: Float32Array;
  readonly places: Float32Array;
  readonly deviations: Float32Array;
}

interface Part {
  readonly from: Span;
  /** Where it stands in the new rows: its category or its number, or the number's modes and then its place. */
  readonly start: number;
  /** More than one for a number that is split. */
  readonly modes: readonly Mode[];
}

/** By span, its modes; none for categories and for numbers that stay as they are. */
export type Modes = readonly (readonly Mode[])[];

/** @param most modes of a number; 1 leaves all as they are. */
export function fitModal(spans: readonly Span[], rows: Matrix, most: number): Modes {
  return spans.map((span) => (span.kind === "numeric" && most > 1 ? modesOf(span, rows, most) : []));
}

/** @param rowWidth numbers in an encoded row. */
export function modal(spans: readonly Span[], rowWidth: number, fitted: Modes): Modal {
  const parts: Part[] = [];
  let width = 0;
  spans.forEach((from, i) => {
    const modes = fitted[i]!;
    parts.push({ from, start: width, modes });
    width += modes.length > 1 ? modes.length + 1 : from.width;
  });
  /** Positions of categories move with the stretch that they are in. */
  const moved = (at: number | undefined): number | undefined => {
    const part = parts.find(
      ({ from }) => at !== undefined && at >= from.start && at < from.start + from.width,
    );
    return part && part.start + at! - part.from.start;
  };
  const matrix = (): Float32Array => new Float32Array(width * rowWidth);
  const back = { copied: matrix(), means: matrix(), places: matrix(), deviations: matrix() };
  for (const { from, start, modes } of parts) {
    if (modes.length < 2)
      for (let k = 0; k < from.width; k++) back.copied[(start + k) * rowWidth + from.start + k] = 1;
    else {
      modes.forEach(({ mean, deviation }, m) => {
        back.means[(start + m) * rowWidth + from.start] = mean;
        back.deviations[(start + m) * rowWidth + from.start] = deviation;
      });
      back.places[(start + modes.length) * rowWidth + from.start] = 1;
    }
  }
  return {
    spans: parts.flatMap(({ from, start, modes }): Span[] => {
      const { given, missing, bounded: _, ...rest } = from;
      if (modes.length < 2)
        return [
          {
            ...from,
            start,
            ...(given !== undefined && { given: moved(given)! }),
            ...(missing !== undefined && { missing: moved(missing)! }),
          },
        ];
      return [
        { ...rest, kind: "category", start, width: modes.length, label: `${from.label}: mode` },
        { ...rest, kind: "numeric", start: start + modes.length, width: 1 },
      ];
    }),
    width,
    meanings: parts.flatMap(({ from, modes }): readonly Place[] =>
      modes.length < 2
        ? Array.from({ length: from.width }, (_, k) => ({ of: "position", at: from.start + k, what: "" }))
        : [...own("mode", modes.length), { what: `place in ${modes.length} modes` }].map(({ what }) => ({
            of: "position",
            at: from.start,
            what,
          })),
    ),
    encode({ values, rows: count, width: stride }) {
      const out = new Float32Array(count * width);
      for (let row = 0; row < count; row++)
        for (const { from, start, modes } of parts) {
          const [to, at] = [row * width + start, row * stride + from.start];
          if (modes.length < 2) for (let k = 0; k < from.width; k++) out[to + k] = values[at + k]!;
          else {
            const m = modeOf(values[at]!, modes);
            out[to + m] = 1;
            out[to + modes.length] = (values[at]! - modes[m]!.mean) / modes[m]!.deviation;
          }
        }
      return { values: out, rows: count, width };
    },
    ...back,
  };
}

/** Of a number's training values where they count. */
function modesOf({ start, given }: Span, { values, rows, width }: Matrix, most: number): readonly Mode[] {
  const found: number[] = [];
  for (let row = 0; row < rows; row++)
    if (given === undefined || values[row * width + given]! > 0.5) found.push(values[row * width + start]!);
  return found.length === 0 ? [] : fitModes(Float64Array.from(found), most);
}
