/**
 * What the positions of a row are, for kernels that treat all of its columns at
 * once: one-hot blocks, each a category, and numbers.
 */
import { keep, tensor2d } from "./tf.ts";
import type { Rows, Tensor } from "./tf.ts";

/** Neighbouring positions of one kind; a `bounded` number is emitted through tanh. */
export interface Segment {
  readonly kind: "oneHot" | "linear" | "bounded";
  readonly start: number;
  readonly width: number;
}

export interface Spans {
  /** Positions in a row. */
  readonly width: number;
  /** The one-hot ones, in ascending order: a tensor of one number for each has the shape [rows, blocks]. */
  readonly blocks: readonly Segment[];
  /** All of them, the blocks first. */
  readonly segments: readonly Segment[];
  /** [segments, 4] integers for kernels: start, width, kind (0 one-hot, 1 linear, 2 bounded), nothing. */
  readonly table: Tensor;
  /** [max(1, blocks), width]: row b is 1 over block b. Spreads one number a block over its positions. */
  spread(): Rows;
  /** [1, width]: 1 over segments of that kind. */
  mask(kind: Segment["kind"]): Rows;
  dispose(): void;
}

const kinds: readonly Segment["kind"][] = ["oneHot", "linear", "bounded"];

/**
 * @param segments in any order, without overlap; positions between them are linear numbers.
 * @throws Error where a segment lies outside of the row or upon another.
 */
export function spansOf(width: number, segments: readonly Segment[]): Spans {
  const ordered: Segment[] = [];
  let end = 0;
  /** Numbers side by side are one segment. */
  const put = (segment: Segment): void => {
    const last = ordered.at(-1);
    if (last !== undefined && last.kind === segment.kind && segment.kind !== "oneHot")
      ordered[ordered.length - 1] = { ...last, width: last.width + segment.width };
    else ordered.push(segment);
  };
  const ascending = segments.toSorted((a, b) => a.start - b.start);
  for (const segment of [...ascending, { kind: "linear" as const, start: width, width: 0 }]) {
    if (segment.start < end || segment.start + segment.width > width)
      throw new Error(
        `A row of ${width} positions can't hold a stretch from ${segment.start} to ${segment.start + segment.width} after one that ends at ${end}.`,
      );
    if (segment.start > end) put({ kind: "linear", start: end, width: segment.start - end });
    if (segment.width > 0) put(segment);
    end = segment.start + segment.width;
  }
  const blocks = ordered.filter(({ kind }) => kind === "oneHot");
  const all = [...blocks, ...ordered.filter(({ kind }) => kind !== "oneHot")];
  const table = tensor2d(
    all.flatMap(({ start, width: own, kind }) => [start, own, kinds.indexOf(kind), 0]),
    [all.length, 4],
    "int32",
  );

  /** Matrices that only some operations want are made when first asked for. */
  const made = new Map<string, Rows>();
  const once = (name: string, height: number, fill: (values: Float32Array) => void): Rows => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const values = new Float32Array(height * width);
    fill(values);
    const matrix = keep(tensor2d(values, [height, width]));
    made.set(name, matrix);
    return matrix;
  };
  return {
    width,
    blocks,
    segments: all,
    table,
    spread: () =>
      once("spread", Math.max(1, blocks.length), (values) =>
        blocks.forEach(({ start, width: own }, b) =>
          values.fill(1, b * width + start, b * width + start + own),
        ),
      ),
    mask: (kind) =>
      once(kind, 1, (values) => {
        for (const segment of all)
          if (segment.kind === kind) values.fill(1, segment.start, segment.start + segment.width);
      }),
    dispose() {
      table.dispose();
      for (const matrix of made.values()) matrix.dispose();
    },
  };
}
