/**
 * Curves and clouds as few bytes. A curve takes 16 bits a value, high bytes and
 * low bytes apart, since neighbours share the high ones; a cloud takes 8 bits a
 * coordinate, each frame as its difference from the one before, since dots travel
 * little between two looks.
 */

/** Stands for a value that is missing. */
const gap16 = 65_535;
const gap8 = 255;

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** The finite values' range; of none, or of one alone, a range of no width. */
export function rangeOf(values: readonly number[]): Range {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

/** Two bytes a value; what is not finite becomes a gap. Off by at most a 131,068th of the range. */
export function writeCurve(values: readonly number[], { low, high }: Range): Uint8Array {
  const bytes = new Uint8Array(2 * values.length);
  values.forEach((value, i) => {
    const share = high > low ? value / (high - low) - low / (high - low) : 0;
    const code = Number.isFinite(value) ? Math.round(Math.min(1, Math.max(0, share)) * (gap16 - 1)) : gap16;
    bytes[i] = code >> 8;
    bytes[values.length + i] = code & 255;
  });
  return bytes;
}

/** Gaps come back as NaN. */
export function readCurve(bytes: Uint8Array, { low, high }: Range): number[] {
  const length = bytes.length / 2;
  return Array.from({ length }, (_, i) => {
    const code = (bytes[i]! << 8) | bytes[length + i]!;
    if (code === gap16) return NaN;
    const share = code / (gap16 - 1);
    // Both ends exactly, and no overflow where they are far apart.
    return share === 1 ? high : low * (1 - share) + high * share;
  });
}

/**
 * Frames of the same points, [x0, y0, x1, y1, …] within [0, 1] each, one byte a
 * coordinate. Points outside stand at the edge; those nowhere (NaN) stay so.
 */
export function writeFrames(frames: readonly Float32Array[]): Uint8Array {
  const width = frames[0]?.length ?? 0;
  const bytes = new Uint8Array(frames.length * width);
  let before = new Uint8Array(width);
  frames.forEach((points, f) => {
    const codes = new Uint8Array(width);
    for (let i = 0; i < width; i++) {
      const value = points[i]!;
      codes[i] = Number.isFinite(value)
        ? Math.round(Math.min(1, Math.max(0, value)) * (gap8 - 1))
        : Number.isNaN(value)
          ? gap8
          : value > 0
            ? gap8 - 1
            : 0;
      // All x of a frame, then all y.
      bytes[f * width + placeOf(i, width)] = codes[i]! - before[i]!;
    }
    before = codes;
  });
  return bytes;
}

/** @param width numbers in a frame, two a point. */
export function readFrames(bytes: Uint8Array, width: number): Float32Array[] {
  const frames: Float32Array[] = [];
  const codes = new Uint8Array(width);
  for (let at = 0; at + width <= bytes.length && width > 0; at += width) {
    for (let i = 0; i < width; i++) codes[i] = codes[i]! + bytes[at + placeOf(i, width)]!;
    frames.push(Float32Array.from(codes, (code) => (code === gap8 ? NaN : code / (gap8 - 1))));
  }
  return frames;
}

const placeOf = (i: number, width: number): number => (i % 2) * (width / 2) + (i >> 1);

/** An even thinning to at most `most`, with the last one always among them. */
export function thinned<T>(values: readonly T[], most: number): readonly T[] {
  if (values.length <= most) return values;
  return Array.from(
    { length: most },
    (_, i) => values[most === 1 ? values.length - 1 : Math.round((i * (values.length - 1)) / (most - 1))]!,
  );
}

/** A curve of at most `most` values: means of neighbours, each at the last of their steps; the first and the last value stay as they are. */
export function bucketed(
  steps: readonly number[],
  values: readonly number[],
  most: number,
): { readonly steps: readonly number[]; readonly values: readonly number[] } {
  const n = steps.length;
  if (n <= most) return { steps: [...steps], values: values.slice(0, n) };
  const out: { steps: number[]; values: number[] } = { steps: [steps[0]!], values: [values[0]!] };
  const inside = most - 2;
  for (let b = 0; b < inside; b++) {
    const from = 1 + Math.floor((b * (n - 2)) / inside);
    const to = 1 + Math.floor(((b + 1) * (n - 2)) / inside);
    let sum = 0;
    let many = 0;
    for (let i = from; i < to; i++) {
      if (!Number.isFinite(values[i]!)) continue;
      sum += values[i]!;
      many += 1;
    }
    out.steps.push(steps[to - 1]!);
    out.values.push(many > 0 ? sum / many : NaN);
  }
  out.steps.push(steps[n - 1]!);
  out.values.push(values[n - 1]!);
  return out;
}
