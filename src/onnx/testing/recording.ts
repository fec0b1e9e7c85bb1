/** Noise that remembers what it gave, so that a graph can be handed the same. */
import { tensorRandom, type TensorRandom } from "../../engine/noise.ts";
import type { Distribution } from "../../engine/draw.ts";
import { tensor2d } from "../../engine/tf.ts";
import type { Rows } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";

export interface Recording extends TensorRandom {
  /** All that was given of a distribution to each of `rows` rows, side by side in the order of asking: row-major. */
  given(distribution: Distribution, rows: number): Float32Array;
}

export function recording(seed: number): Recording {
  const source = tensorRandom(random(seed));
  const heard = new Map<Distribution, Float32Array[]>();
  const keep = (distribution: Distribution, values: Float32Array): Float32Array => {
    heard.set(distribution, [...(heard.get(distribution) ?? []), values.slice()]);
    return values;
  };
  const host: Readonly<Record<Distribution, (count: number) => Float32Array>> = {
    normal: source.normals,
    uniform: source.uniforms,
    gumbel: (count) => source.uniforms(count).map((u) => -Math.log(-Math.log(Math.max(u, 1e-7)))),
  };
  const rows =
    (distribution: Distribution) =>
    (n: number, width: number): Rows =>
      tensor2d(keep(distribution, host[distribution](n * width)), [n, width]);
  const draw = { normal: rows("normal"), uniform: rows("uniform"), gumbel: rows("gumbel") };
  return {
    ...source,
    ...draw,
    source: (distribution, n, width) => ({ numbers: draw[distribution](n, width) }),
    normals: (count) => keep("normal", source.normals(count)),
    uniforms: (count) => keep("uniform", source.uniforms(count)),
    given(distribution, n) {
      const parts = heard.get(distribution) ?? [];
      const width = parts.reduce((sum, part) => sum + part.length / n, 0);
      const all = new Float32Array(n * width);
      let at = 0;
      for (const part of parts) {
        const own = part.length / n;
        for (let row = 0; row < n; row++)
          all.set(part.subarray(row * own, (row + 1) * own), row * width + at);
        at += own;
      }
      return all;
    },
  };
}
