/**
 * Augmentation: training rows in more forms than there are. Images are moved,
 * turned and mirrored before training, several versions of each (P. Simard et
 * al., Best Practices for Convolutional Neural Networks, 2003); numbers get
 * Gaussian noise, drawn anew in every batch (C. Bishop, Training with Noise Is
 * Equivalent to Tikhonov Regularization, 1995), or in several versions where a
 * model learns from something else than the rows themselves.
 *
 * What is fitted at once (bins, modes, frequencies) is fitted to the rows as
 * they are.
 */
import type { Settings } from "../catalog/setting.ts";
import type { Matrix, Span } from "../encode/span.ts";
import type { TensorRandom } from "../engine/noise.ts";
import { add, matMul, mul, tensor2d } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";
import type { Random } from "../random/random.ts";

/** Which pixels columns are: column c (`Span.column`) is pixel c, row by row. */
export interface ImageShape {
  readonly width: number;
  readonly height: number;
}

/** Versions of a row at most, and numbers in all of them. */
const mostVersions = 16;
const mostNumbers = 16_000_000;

const versionsOf = ({ rows, width }: Matrix): number =>
  Math.max(1, Math.min(mostVersions, Math.floor(mostNumbers / (rows * width))));

/**
 * Images as they are and, `shift`, `turn` or `flip` being set, in other versions beside: as many as fit into 16 million
 * numbers, 15 at most. The same rows where nothing is set or rows are no images.
 */
export function imageVersions(
  rows: Matrix,
  spans: readonly Span[],
  image: ImageShape | undefined,
  settings: Settings,
  random: Random,
): Matrix {
  const [shift, turn, flip] = [
    Number(settings["shift"] ?? 0),
    Number(settings["turn"] ?? 0),
    settings["flip"] ?? "none",
  ];
  const versions = versionsOf(rows);
  if (image === undefined || versions < 2 || (shift === 0 && turn === 0 && flip === "none")) return rows;
  const { width: across, height } = image;
  const count = rows.rows;
  /** By pixel, where it stands in a row; pixels that never vary stand nowhere. */
  const placeOf = new Int32Array(across * height).fill(-1);
  for (const { column, start } of spans) placeOf[column] = start;
  const ground = background(rows);
  const values = new Float32Array(versions * rows.values.length);
  values.set(rows.values);
  const [centreX, centreY] = [(across - 1) / 2, (height - 1) / 2];
  for (let to = count; to < versions * count; to++) {
    const from = (to % count) * rows.width;
    const angle = ((2 * random.uniform() - 1) * turn * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [moveX, moveY] = [random.integer(2 * shift + 1) - shift, random.integer(2 * shift + 1) - shift];
    const [coinX, coinY] = [random.uniform() < 0.5, random.uniform() < 0.5];
    const mirrorX = coinX && (flip === "horizontal" || flip === "both") ? -1 : 1;
    const mirrorY = coinY && (flip === "vertical" || flip === "both") ? -1 : 1;
    const at = (x: number, y: number): number => {
      const place = x < 0 || y < 0 || x >= across || y >= height ? -1 : placeOf[y * across + x]!;
      return place < 0 ? ground : rows.values[from + place]!;
    };
    for (const { column, start } of spans) {
      // Backwards: where does this pixel come from?
      const x = mirrorX * ((column % across) - centreX - moveX);
      const y = mirrorY * (Math.floor(column / across) - centreY - moveY);
      const [sourceX, sourceY] = [cos * x + sin * y + centreX, cos * y - sin * x + centreY];
      const [left, top] = [Math.floor(sourceX + 1e-6), Math.floor(sourceY + 1e-6)];
      const [u, v] = [Math.max(0, sourceX - left), Math.max(0, sourceY - top)];
      const upper = (1 - u) * at(left, top) + (u === 0 ? 0 : u * at(left + 1, top));
      const lower = v === 0 ? 0 : (1 - u) * at(left, top + 1) + u * at(left + 1, top + 1);
      values[to * rows.width + start] = (1 - v) * upper + v * lower;
    }
  }
  return { values, rows: versions * count, width: rows.width };
}

/** The grey that is most common, of 256: what lies beyond an image's edge. */
function background({ values }: Matrix): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const counts = new Float64Array(256);
  const step = (high - low) / 255 || 1;
  for (const value of values) counts[Math.round((value - low) / step)]! += 1;
  return low + step * counts.indexOf(Math.max(...counts));
}

/** By position, how far its numbers spread where they count; 0 for categories. */
export function spreads(rows: Matrix, spans: readonly Span[]): Float32Array {
  const { values, width } = rows;
  const found = new Float32Array(width);
  for (const { kind, start, given } of spans) {
    if (kind !== "numeric") continue;
    let [count, sum, squares] = [0, 0, 0];
    for (let row = 0; row < rows.rows; row++) {
      if (given !== undefined && values[row * width + given]! < 0.5) continue;
      const value = values[row * width + start]!;
      count++;
      sum += value;
      squares += value * value;
    }
    if (count > 1) found[start] = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  }
  return found;
}

/** Rows as they are, and versions of them with noise on their numbers: as many as fit, 15 at most; at least one with noise. */
export function jitteredVersions(
  rows: Matrix,
  spans: readonly Span[],
  share: number,
  random: Random,
): Matrix {
  if (share === 0) return rows;
  const spread = spreads(rows, spans);
  const versions = Math.max(2, versionsOf(rows));
  const values = new Float32Array(versions * rows.values.length);
  values.set(rows.values);
  for (let to = rows.rows; to < versions * rows.rows; to++) {
    const at = to * rows.width;
    const from = (to % rows.rows) * rows.width;
    values.set(rows.values.subarray(from, from + rows.width), at);
    for (const { kind, start, given, bounded } of spans) {
      if (kind !== "numeric" || (given !== undefined && values[at + given]! < 0.5)) continue;
      const noisy = values[at + start]! + share * spread[start]! * random.normal();
      values[at + start] = bounded === true ? Math.min(1, Math.max(-1, noisy)) : noisy;
    }
  }
  return { values, rows: versions * rows.rows, width: rows.width };
}

/** Noise on the numbers of a batch. */
export interface Jitter {
  /** x + share · spread · ε; numbers that mean nothing in a row stay as they are. The caller disposes it. */
  of(x: Rows, noise: TensorRandom): Rows;
  dispose(): void;
}

/** @returns undefined where there is nothing to add. */
export function jitter(rows: Matrix, spans: readonly Span[], share: number): Jitter | undefined {
  const numeric = spans.filter(({ kind }) => kind === "numeric");
  if (share === 0 || numeric.length === 0) return undefined;
  const { width } = rows;
  const spread = spreads(rows, spans).map((each) => share * each);
  const open = new Float32Array(width);
  const gates = new Float32Array(width * width);
  let gated = false;
  for (const { start, given } of numeric) {
    if (given === undefined) open[start] = spread[start]!;
    else {
      gates[given * width + start] = spread[start]!;
      gated = true;
    }
  }
  const always = tensor2d(open, [1, width]);
  const where = gated ? tensor2d(gates, [width, width]) : undefined;
  return {
    of(x, noise) {
      const epsilon = noise.normal(x.shape[0], width);
      const scale = where === undefined ? always : add(matMul(x, where), always);
      return add(x, mul(epsilon, scale)) as Rows;
    },
    dispose() {
      always.dispose();
      where?.dispose();
    },
  };
}
