/**
 * Batches of one constant shape, so that the device can reuse its buffers and
 * programs: epoch by epoch in a fresh keyed order, a batch that reaches the end
 * of one epoch running on into the next. Which rows make the n-th batch depends
 * on n and the seed alone (`hash.ts`).
 *
 * On the GPU the table stays there and a kernel picks the rows; elsewhere the
 * host copies them out. Both pick the same.
 */
import type { Clock } from "./clock.ts";
import { groupsFor, openGpuBackend, runKernel, threadWgsl } from "./gpu.ts";
import { pcg4dWgsl, permuted, permutedWgsl } from "./hash.ts";
import { tensor2d, tensorFrom } from "./tf.ts";
import type { Rows } from "./tf.ts";

export interface Feed {
  /** Rows in each batch. */
  readonly size: number;
  /** The next batch of this step, shape [size, width]; the caller disposes it. */
  next(): Rows;
  dispose(): void;
}

/** Numbers row by row. */
interface Table {
  readonly values: Float32Array;
  readonly rows: number;
  readonly width: number;
}

/** Told apart from the noise of the same clock. */
const orderKey = 0x5eed0f0e;

/**
 * Batches of `size` rows, or of all rows where there are fewer. `rows` must be at least 1.
 *
 * @param draws how many batches a step takes at most.
 */
export function feed({ values, rows, width }: Table, size: number, clock: Clock, draws: number): Feed {
  const count = Math.max(1, Math.min(size, rows));
  let turn = 0;
  let visit = clock.visit;
  /** Which batch this is, among those of the step. */
  const nextTurn = (): number => {
    if (clock.visit !== visit) turn = 0;
    visit = clock.visit;
    return turn++;
  };

  const gpu = openGpuBackend();
  const fits = gpu !== undefined && values.byteLength <= gpu.device.limits.maxStorageBufferBindingSize;
  if (fits) {
    const table = tensor2d(values, [rows, width]);
    const code = gatherCode(rows, width, count, draws);
    return {
      size: count,
      next() {
        const out = gpu.makeTensorInfo([count, width], "float32");
        runKernel(gpu, {
          code,
          tensors: [out, table, clock.tensor!],
          numbers: [nextTurn()],
          groups: groupsFor(count * width),
        });
        return tensorFrom(out) as Rows;
      },
      dispose: () => table.dispose(),
    };
  }
  return {
    size: count,
    next() {
      const number = Math.imul(clock.steps.value, draws) + nextTurn();
      const order = batchRows(number, count, rows, clock.key);
      const batch = new Float32Array(count * width);
      for (let i = 0; i < count; i++)
        batch.set(values.subarray(order[i]! * width, (order[i]! + 1) * width), i * width);
      return tensor2d(batch, [count, width]);
    },
    dispose() {},
  };
}

/** The rows of the batch of that number. Positions count to 2³² and begin again. */
export function batchRows(number: number, size: number, rows: number, key: number): Int32Array {
  const first = Math.imul(number, size);
  return Int32Array.from({ length: size }, (_, i) => {
    const position = (first + i) >>> 0;
    return permuted(position % rows, rows, Math.floor(position / rows), key ^ orderKey);
  });
}

const gatherCode = (rows: number, width: number, size: number, draws: number): string => /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> rows: array<f32>;
@group(0) @binding(2) var<storage, read> clock: array<u32>;
@group(0) @binding(3) var<uniform> turn: vec4u;
${pcg4dWgsl}
${permutedWgsl(rows)}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(size * width)}
  let position = (clock[0] * ${draws}u + turn.x) * ${size}u + i / ${width}u;
  let row = permuted(position % ${rows}u, position / ${rows}u, clock[1] ^ ${orderKey}u);
  out[i] = rows[row * ${width}u + i % ${width}u];
}`;
