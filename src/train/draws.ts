/** Rows from a model as it stands now: what a trainer and a `sampler` have in common. */
import type { Given, Matrix } from "../encode/span.ts";
import { tensorRandom, type TensorRandom } from "../engine/noise.ts";
import { readValues } from "../engine/stored.ts";
import type { GenerativeModel } from "../models/model.ts";
import { random } from "../random/random.ts";

/** Rows a sampler makes at a time. */
const piece = 500;

export interface Draws {
  /** `n` rows from this noise. With `given`, of as many rows, and a model that completes: those, the unknown drawn. */
  draw(n: number, noise: TensorRandom, given?: Given): Promise<Matrix>;
  /** The same in pieces, each small enough to keep a worker responsive. Same seed, same rows. */
  sample(n: number, seed: number, given?: Given): AsyncGenerator<Matrix>;
}

/** @param width numbers in an encoded row. @param runaway what to throw where rows are not numbers. */
export function draws(model: GenerativeModel, width: number, runaway: () => Error): Draws {
  const draw: Draws["draw"] = async (n, noise, given) => {
    const drawn = given && model.complete ? model.complete(given, noise) : model.sample(n, noise);
    try {
      const values = await readValues(drawn);
      if (!allFinite(values)) throw runaway();
      return { values, rows: n, width };
    } finally {
      drawn.dispose();
    }
  };
  return {
    draw,
    async *sample(n, seed, given) {
      const noise = tensorRandom(random(seed).fork("sample"));
      for (let made = 0; made < n; made += piece) {
        const next = Math.min(piece, n - made);
        yield draw(next, noise, given && partOf(given, made, next));
      }
    },
  };
}

/** A loop: `every` would call a function a million times for a table. */
function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

function partOf({ rows, known, ...rest }: Given, from: number, count: number): Given {
  const { values, width } = rows;
  return {
    ...rest,
    rows: { values: values.subarray(from * width, (from + count) * width), rows: count, width },
    known: known.subarray(from * rest.columns, (from + count) * rest.columns),
  };
}
