/**
 * Random tensors from a seed. Each number is a hash of its place (`hash.ts`), so
 * all backends draw the same. TensorFlow.js would draw its normals one by one
 * through a slow generator and upload them; here the host fills a typed array in
 * one tight loop, and on the GPU a kernel makes them where they are needed.
 */
import type { Random } from "../random/random.ts";
import type { Clock } from "./clock.ts";
import { groupsFor, openGpuBackend, runKernel, threadWgsl } from "./gpu.ts";
import { fill, fourWgsl, placeWords } from "./draw.ts";
import type { Distribution } from "./draw.ts";
import { pcg4d } from "./hash.ts";
import { drawRows } from "./simd/install.ts";
import { tensor2d, tensorFrom } from "./tf.ts";
import type { Rows, Tensor } from "./tf.ts";

export interface TensorRandom {
  /** Whether tensors are made on the host, where a loop costs less than a few small operations. */
  readonly onHost: boolean;
  /** Standard normals, shape [rows, width]. */
  normal(rows: number, width: number): Rows;
  /** Uniform on [0, 1), shape [rows, width]. */
  uniform(rows: number, width: number): Rows;
  /** Standard Gumbels, −ln(−ln u), shape [rows, width]; none beyond ±14. */
  gumbel(rows: number, width: number): Rows;
  /** The same numbers for a kernel of ours, which works them out itself where it can. */
  source(distribution: Distribution, rows: number, width: number): Source;
  /** Standard normals on the host. */
  normals(count: number): Float32Array;
  /** Uniform on [0, 1) on the host. */
  uniforms(count: number): Float32Array;
  /** Uniform integers in 0..below-1 on the host. */
  integers(count: number, below: number): Int32Array;
}

/** Where a kernel has random numbers from: the clock and the tensor's number in the step, or a tensor of them. */
export type Source = { readonly clock: Tensor; readonly call: number } | { readonly numbers: Rows };

/** One thread makes four numbers. */
const code = (distribution: Distribution, count: number): string => /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> clock: array<u32>;
@group(0) @binding(2) var<uniform> call: vec4u;
${fourWgsl(distribution)}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(Math.ceil(count / 4))}
  let four = draw(i);
  for (var k = 0u; k < 4u; k++) { if (4u * i + k < ${count}u) { out[4u * i + k] = four[k]; } }
}`;

/**
 * A stream of tensors; takes its key from `random`, which it does not use again.
 *
 * @param clock where given, tensors are keyed by its step, and by their turn within it: a step that is recorded
 * and replayed, or taken again after going back, draws what belongs to it. Otherwise by their turn alone.
 */
export function tensorRandom(random: Random, clock?: Clock): TensorRandom {
  const own = random.integer(4294967296) | 0;
  const key = clock === undefined ? own : clock.key;
  let turn = 0;
  let visit = clock?.visit;
  const next = (): { step: number; call: number } => {
    if (clock?.visit !== visit) turn = 0;
    visit = clock?.visit;
    return { step: clock?.steps.value ?? 0, call: turn++ };
  };
  const filled = (distribution: Distribution, count: number, step: number, call: number): Float32Array => {
    // Whole blocks are filled; the view leaves out what is too much.
    const blocks = new Float32Array(4 * Math.ceil(count / 4));
    return fill(blocks, distribution, key, step, call).subarray(0, count);
  };
  const fresh = (distribution: Distribution, count: number): Float32Array => {
    const { step, call } = next();
    return filled(distribution, count, step, call);
  };
  const rows = (distribution: Distribution, n: number, width: number): Rows => {
    const gpu = clock?.tensor === undefined ? undefined : openGpuBackend();
    const { step, call } = next();
    if (gpu === undefined) {
      const drawn = drawRows(distribution, [n, width], placeWords(key, step, call));
      return drawn === undefined
        ? tensor2d(filled(distribution, n * width, step, call), [n, width])
        : (tensorFrom(drawn) as Rows);
    }
    const out = gpu.makeTensorInfo([n, width], "float32");
    const threads = Math.ceil((n * width) / 4);
    runKernel(gpu, {
      code: code(distribution, n * width),
      tensors: [out, clock!.tensor!],
      numbers: [call],
      groups: groupsFor(threads),
    });
    return tensorFrom(out) as Rows;
  };
  return {
    onHost: clock?.tensor === undefined,
    normals: (count) => fresh("normal", count),
    uniforms: (count) => fresh("uniform", count),
    integers(count, below) {
      const { step, call } = next();
      const values = new Int32Array(count);
      for (let i = 0; i < count; i++) {
        words.set([i, call, step, key]);
        pcg4d(words);
        values[i] = Math.floor((words[0]! / 4294967296) * below);
      }
      return values;
    },
    source: (distribution, n, width) =>
      clock?.tensor === undefined || openGpuBackend() === undefined
        ? { numbers: rows(distribution, n, width) }
        : { clock: clock.tensor, call: next().call },
    normal: (n, width) => rows("normal", n, width),
    uniform: (n, width) => rows("uniform", n, width),
    gumbel: (n, width) => rows("gumbel", n, width),
  };
}
const words = new Uint32Array(4);
