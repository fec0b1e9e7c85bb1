/** Noise times for a batch: each row its own, evenly spread, so that every batch sees every level. */
import type { TensorRandom } from "../engine/noise.ts";
import { add, keep, mul, tensor2d } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";

export interface Times {
  /** [n, 1], row i in [i/n, (i + 1)/n). */
  draw(n: number, noise: TensorRandom): Rows;
  dispose(): void;
}

export function times(): Times {
  /** [n, 1], i/n; made once for the one batch size there is: what a step brings from the host can't be recorded. */
  let starts: Rows | undefined;
  return {
    draw(n, noise) {
      if (starts?.shape[0] !== n) {
        starts?.dispose();
        const each = Float32Array.from({ length: n }, (_, i) => i / n);
        starts = keep(tensor2d(each, [n, 1]));
      }
      return add(mul(noise.uniform(n, 1), 1 / n), starts);
    },
    dispose: () => starts?.dispose(),
  };
}
