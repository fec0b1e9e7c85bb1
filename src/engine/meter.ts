/**
 * Sums of losses since they were last read. On the device nothing is read back
 * but these, once a report; on the GPU they add up in place.
 */
import type { Counter } from "./capture.ts";
import { openGpuBackend, overwrite, runKernel } from "./gpu.ts";
import { readValues } from "./stored.ts";
import { add, keep, scalar, stack, tensor1d, tidy } from "./tf.ts";
import type { Scalar } from "./tf.ts";

export interface Meter {
  /** What the host counts: how often each curve was noted. */
  readonly counters: readonly Counter[];
  /** Adds the values to the sums of their curves; takes no ownership. */
  note(values: ReadonlyMap<string, Scalar>): void;
  /** Means since the last call, and starts again; a curve that was not noted is absent. */
  take(): Promise<Record<string, number>>;
  dispose(): void;
}

export function meter(curves: readonly string[]): Meter {
  const counters = curves.map((): Counter => ({ value: 0 }));
  const index = (curve: string): number => curves.indexOf(curve);
  const means = (sums: ArrayLike<number>, counts: readonly number[]): Record<string, number> =>
    Object.fromEntries(
      curves.flatMap((curve, i) => (counts[i]! > 0 ? [[curve, sums[i]! / counts[i]!] as const] : [])),
    );
  const restart = (): number[] =>
    counters.map((counter) => {
      const { value } = counter;
      counter.value = 0;
      return value;
    });

  const gpu = openGpuBackend();
  if (gpu !== undefined) {
    const sums = tensor1d(new Float32Array(Math.max(1, curves.length)));
    return {
      counters,
      note(values) {
        for (const curve of values.keys()) counters[index(curve)]!.value++;
        const slots = [...values.keys()].map(index);
        runKernel(gpu, { code: noteCode(slots), tensors: [sums, ...values.values()], groups: [1] });
      },
      async take() {
        const counts = restart();
        if (counts.every((count) => count === 0)) return {};
        const totals = readValues(sums);
        overwrite(gpu, sums, new Float32Array(sums.size));
        return means(await totals, counts);
      },
      dispose: () => sums.dispose(),
    };
  }
  const sums = curves.map(() => scalar(0));
  return {
    counters,
    note(values) {
      for (const [curve, value] of values) {
        const i = index(curve);
        counters[i]!.value++;
        const before = sums[i]!;
        sums[i] = tidy(() => keep(add(before, value)));
        before.dispose();
      }
    },
    async take() {
      const counts = restart();
      if (counts.every((count) => count === 0)) return {};
      const together = tidy(() => stack(sums));
      sums.forEach((sum, i) => {
        sum.dispose();
        sums[i] = scalar(0);
      });
      const totals = await readValues(together).finally(() => together.dispose());
      return means(totals, counts);
    },
    dispose: () => sums.forEach((sum) => sum.dispose()),
  };
}

const noteCode = (slots: readonly number[]): string => /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> sums: array<f32>;
${slots.map((_, k) => `@group(0) @binding(${k + 1}) var<storage, read> value${k}: array<f32>;`).join("\n")}
@compute @workgroup_size(1) fn main() {
${slots.map((slot, k) => `  sums[${slot}] += value${k}[0];`).join("\n")}
}`;
