/**
 * SMOTE: Synthetic Minority Over-sampling Technique. N. Chawla, K. Bowyer,
 * L. Hall, W. P. Kegelmeyer, 2002. https://arxiv.org/abs/1106.1813
 *
 * A row between a training row and one of its nearest neighbours: numbers lie
 * on the line between them, categories are the one's or the other's. Here every
 * row may be the start, not a minority's alone. It stays so close to two real
 * people that it hides neither.
 *
 * Neighbours are looked for among so many rows, drawn anew for every call, so
 * that a large table doesn't take the square of its rows.
 */
import type { Span } from "../encode/span.ts";
import { tensor2d } from "../engine/tf.ts";
import type { GenerativeModel } from "./model.ts";

const mostLookedAt = 2_000;

export interface SmoteOptions {
  /** How many of the nearest rows may be the other end. */
  readonly neighbours: number;
}

/** @param values the training rows, row-major. */
export function smote(
  spans: readonly Span[],
  width: number,
  values: Float32Array,
  { neighbours }: SmoteOptions,
): GenerativeModel {
  const rows = values.length / width;
  const numbers = spans.filter(({ kind }) => kind === "numeric");
  const categories = spans.filter(({ kind }) => kind === "category");
  return {
    nets: [],
    placed: [],
    objectives: [],
    fitted: values,
    sample(n, random) {
      const looked = Math.min(rows, mostLookedAt);
      const pool = looked === rows ? undefined : random.integers(looked, rows);
      const starts = random.integers(n, rows);
      const u = random.uniforms(n * (2 + categories.length));
      const drawn = new Float32Array(n * width);
      const nearest = new Nearest(neighbours);
      for (let i = 0; i < n; i++) {
        const a = starts[i]!;
        nearest.clear();
        for (let j = 0; j < looked; j++) {
          const b = pool === undefined ? j : pool[j]!;
          if (b !== a) nearest.offer(b, distance(values, a * width, b * width, width, nearest.farthest));
        }
        const own = u.subarray(i * (2 + categories.length), (i + 1) * (2 + categories.length));
        const b = nearest.pick(own[0]!) ?? a;
        const share = own[1]!;
        const [from, to, at] = [a * width, b * width, i * width];
        categories.forEach(({ start, width: size }, c) => {
          const source = own[2 + c]! < 0.5 ? from : to;
          drawn.set(values.subarray(source + start, source + start + size), at + start);
        });
        for (const { start, given } of numbers) {
          const hasA = given === undefined || values[from + given]! > 0.5;
          const hasB = given === undefined || values[to + given]! > 0.5;
          const [x, y] = [values[from + start]!, values[to + start]!];
          // A number that isn't there has no line to it.
          drawn[at + start] = hasA && hasB ? x + share * (y - x) : hasA ? x : y;
        }
      }
      return tensor2d(drawn, [n, width]);
    },
    tune() {},
    dispose() {},
  };
}

/** Squared Euclidean distance; anything beyond `enough` where it is farther than that. */
function distance(values: Float32Array, a: number, b: number, width: number, enough: number): number {
  let sum = 0;
  for (let k = 0; k < width && sum < enough; k++) sum += (values[a + k]! - values[b + k]!) ** 2;
  return sum;
}

/** The rows nearest so far, nearest first. */
class Nearest {
  private readonly most: number;
  private readonly found: { row: number; distance: number }[] = [];
  constructor(most: number) {
    this.most = most;
  }
  get farthest(): number {
    return this.found.length < this.most ? Infinity : this.found.at(-1)!.distance;
  }
  clear(): void {
    this.found.length = 0;
  }
  offer(row: number, distance: number): void {
    if (distance >= this.farthest) return;
    let at = this.found.length;
    while (at > 0 && this.found[at - 1]!.distance > distance) at--;
    this.found.splice(at, 0, { row, distance });
    if (this.found.length > this.most) this.found.pop();
  }
  pick(u: number): number | undefined {
    return this.found[Math.min(this.found.length - 1, Math.floor(u * this.found.length))]?.row;
  }
}
