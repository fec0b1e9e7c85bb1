/** A table small enough to learn in seconds: a size that may be missing, and one of three kinds that follows it. */
import type { Settings } from "../../catalog/setting.ts";
import type { Matrix, Span } from "../../encode/span.ts";
import { random } from "../../random/random.ts";
import { trainer, type Trainer } from "../../train/trainer.ts";

/** Six numbers a row: a value is there, it is missing; the size; small, middling, large. Of the large, half were never measured. */
const spans: readonly Span[] = [
  { kind: "category", start: 0, width: 2, column: 0, label: "size: value or missing", missing: 1 },
  { kind: "numeric", start: 2, width: 1, column: 0, label: "size", given: 0 },
  { kind: "category", start: 3, width: 3, column: 1, label: "kind" },
];

/** `n` such rows, row-major [n, 6]. */
export function sizes(n: number, seed: number): Matrix {
  const source = random(seed);
  const values = new Float32Array(n * 6);
  for (let i = 0; i < n; i++) {
    const size = source.normal();
    const kind = kindOf(size);
    const missing = kind === 2 && source.uniform() < 0.5;
    values[i * 6 + (missing ? 1 : 0)] = 1;
    // As the encoder has it: where there is no number, another row's stands.
    values[i * 6 + 2] = missing ? source.normal() : size;
    values[i * 6 + 3 + kind] = 1;
  }
  return { values, rows: n, width: 6 };
}

const kindOf = (size: number): number => (size < -0.5 ? 0 : size < 0.5 ? 1 : 2);

/** Of the rows whose size is there, the share whose kind is that of their size; about 0.36 where they know nothing of each other. */
export function agreement(values: Float32Array): number {
  let measured = 0;
  let right = 0;
  for (let at = 0; at < values.length; at += 6) {
    if (values[at + 1] === 1) continue;
    measured++;
    if (values[at + 3 + kindOf(values[at + 2]!)] === 1) right++;
  }
  return right / measured;
}

/** Diffusion that has learned 600 such rows. */
export function learnedSizes(settings: Settings, steps: number): Trainer {
  const t = trainer({
    spans,
    rows: sizes(600, 2),
    config: { model: "diffusion", settings: { hidden: [64, 64], batch: 128, ...settings }, seed: 5 },
  });
  t.advance(undefined, steps);
  return t;
}
