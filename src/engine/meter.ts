/**
 * Sums of losses since they were last read. On the device nothing is read back
 * but these, once a report; on the GPU they add up in place and are read while
 * it goes on.
 */
import type { Counter } from "./capture.ts";
import { openGpuBackend, runKernel } from "./gpu.ts";
import { readback } from "./readback.ts";
import { readValues } from "./stored.ts";
import { add, keep, scalar, stack, tensor1d, tidy } from "./tf.ts";
import type { Scalar } from "./tf.ts";

export interface Meter {
  /** What the host counts: how often each curve was noted. */
  readonly counters: readonly Counter[];
  /** Adds the values to the sums of their curves; takes no ownership. */
  note(values: ReadonlyMap<string, Scalar>): void;
  /** Means since the last call, and starts again. */
  take(): Promise<Means>;
  dispose(): void;
}

export interface Means {
  /** What was noted until this step is in it, and nothing later. */
  readonly step: number;
  /** By curve; one that was not noted is absent. */
  readonly values: Readonly<Record<string, number>>;
}

/** @param steps which step it is. */
export function meter(curves: readonly string[], steps: Counter): Meter {
  const counters = curves.map((): Counter => ({ value: 0 }));
  const index = (curve: string): number => curves.indexOf(curve);
  const noted = (): boolean => counters.some(({ value }) => value > 0);
  /** Counts from 0 again; what was counted so far makes means of the sums so far. */
  const restart = (): ((sums: ArrayLike<number>) => Means) => {
    const counts = counters.map(({ value }) => value);
    const step = steps.value;
    for (const counter of counters) counter.value = 0;
    return (sums) => ({
      step,
      values: Object.fromEntries(
        curves.flatMap((curve, i) => (counts[i]! > 0 ? [[curve, sums[i]! / counts[i]!] as const] : [])),
      ),
    });
  };

  const gpu = openGpuBackend();
  if (gpu !== undefined) {
    const sums = tensor1d(new Float32Array(Math.max(1, curves.length)));
    const reading = readback(gpu, sums);
    return {
      counters,
      note(values) {
        for (const curve of values.keys()) counters[index(curve)]!.value++;
        const slots = [...values.keys()].map(index);
        runKernel(gpu, { code: noteCode(slots), tensors: [sums, ...values.values()], groups: [1] });
      },
      async take() {
        if (!noted()) return { step: steps.value, values: {} };
        const [totals, means] = await reading.take(restart);
        return means(totals);
      },
      dispose() {
        reading.dispose();
        sums.dispose();
      },
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
      if (!noted()) return { step: steps.value, values: {} };
      const means = restart();
      const together = tidy(() => stack(sums));
      sums.forEach((sum, i) => {
        sum.dispose();
        sums[i] = scalar(0);
      });
      const totals = await readValues(together).finally(() => together.dispose());
      return means(totals);
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
