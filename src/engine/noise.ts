/**
 * Random tensors from a seed. Each number is a hash of its place (`hash.ts`), so
 * all backends draw the same. TensorFlow.js would draw its normals one by one
 * through a slow generator and upload them; here the host fills a typed array in
 * one tight loop, and on the GPU a kernel makes them where they are needed.
 */
import type { Random } from "../random/random.ts";
import type { Clock } from "./clock.ts";
import { groupsFor, openGpuBackend, runKernel, threadWgsl } from "./gpu.ts";
import { pcg4d, pcg4dWgsl } from "./hash.ts";
import { tensor2d, tensorFrom } from "./tf.ts";
import type { Rows } from "./tf.ts";

export interface TensorRandom {
  /** Whether tensors are made on the host, where a loop costs less than a few small operations. */
  readonly onHost: boolean;
  /** Standard normals, shape [rows, width]. */
  normal(rows: number, width: number): Rows;
  /** Uniform on [0, 1), shape [rows, width]. */
  uniform(rows: number, width: number): Rows;
  /** Standard Gumbels, −ln(−ln u), shape [rows, width]; none beyond ±14. */
  gumbel(rows: number, width: number): Rows;
  /** Standard normals on the host. */
  normals(count: number): Float32Array;
  /** Uniform on [0, 1) on the host. */
  uniforms(count: number): Float32Array;
  /** Uniform integers in 0..below-1 on the host. */
  integers(count: number, below: number): Int32Array;
}

type Distribution = "uniform" | "normal" | "gumbel";

/** 24 bits: the most that a float32 below 1 can hold without rounding up to 1. */
const unit = 1 / 16777216;
const halfPi = Math.PI / 2;

/**
 * Two normals from two words of 24 bits. G. E. P. Box, M. E. Muller, A Note on the Generation of Random Normal
 * Deviates, 1958: √(−2 ln u) (cos 2πv, sin 2πv). Sine and cosine are the same short series here and on the GPU,
 * whose own may be off by 5e-4; the quarter of the circle is put right without a branch, which no processor
 * could foresee.
 */
function putPair(out: Float32Array, at: number, u: number, v: number): void {
  const radius = Math.sqrt(-2 * Math.log(u * unit + unit));
  const turn = v * (4 * unit);
  const quarter = (turn + 0.5) | 0;
  const r = (turn - quarter) * halfPi;
  const r2 = r * r;
  const s = r * (1 - r2 * (1 / 6) * (1 - r2 * (1 / 20) * (1 - r2 * (1 / 42))));
  const c = 1 - r2 * 0.5 * (1 - r2 * (1 / 12) * (1 - r2 * (1 / 30) * (1 - r2 * (1 / 56))));
  const swap = (quarter & 1) * (s - c);
  out[at] = radius * (1 - ((quarter + 1) & 2)) * (c + swap);
  out[at + 1] = radius * (1 - (quarter & 2)) * (s - swap);
}

/**
 * Fills `out` with the numbers of tensor `call` of step `step`: four from each hash of (block, call, step, key).
 */
function fill(
  out: Float32Array,
  distribution: Distribution,
  key: number,
  step: number,
  call: number,
): Float32Array {
  const count = out.length;
  const keyWord = (Math.imul(key, 1664525) + 1013904223) | 0;
  const stepWord = (Math.imul(step, 1664525) + 1013904223) | 0;
  const callWord = (Math.imul(call, 1664525) + 1013904223) | 0;
  for (let block = 0, at = 0; at < count; block++, at += 4) {
    // pcg4d of hash.ts, in local variables.
    let x = (Math.imul(block, 1664525) + 1013904223) | 0;
    let y = callWord;
    let z = stepWord;
    let w = keyWord;
    x = (x + Math.imul(y, w)) | 0;
    y = (y + Math.imul(z, x)) | 0;
    z = (z + Math.imul(x, y)) | 0;
    w = (w + Math.imul(y, z)) | 0;
    x ^= x >>> 16;
    y ^= y >>> 16;
    z ^= z >>> 16;
    w ^= w >>> 16;
    x = (x + Math.imul(y, w)) | 0;
    y = (y + Math.imul(z, x)) | 0;
    z = (z + Math.imul(x, y)) | 0;
    w = (w + Math.imul(y, z)) | 0;
    if (distribution === "normal") {
      putPair(out, at, x >>> 8, y >>> 8);
      putPair(out, at + 2, z >>> 8, w >>> 8);
    } else {
      out[at] = (x >>> 8) * unit;
      out[at + 1] = (y >>> 8) * unit;
      out[at + 2] = (z >>> 8) * unit;
      out[at + 3] = (w >>> 8) * unit;
    }
  }
  if (distribution === "gumbel")
    for (let i = 0; i < count; i++) out[i] = -Math.log(-Math.log(out[i]! * (1 - 2e-6) + 1e-6));
  return out;
}

const drawWgsl: Record<Distribution, string> = {
  uniform: "return u;",
  gumbel: "return -log(-log(u * (1.0 - 2e-6) + 1e-6));",
  normal: /* wgsl */ `
    // A GPU's log of 1 may be off by 5e-7, to either side.
    let radius = sqrt(max(vec2f(0.0), -2.0 * log(u.xz + ${unit})));
    let turn = u.yw * 4.0;
    let quarter = floor(turn + 0.5);
    let r = (turn - quarter) * ${halfPi};
    let r2 = r * r;
    let s = r * (1.0 - (r2 / 6.0) * (1.0 - (r2 / 20.0) * (1.0 - r2 / 42.0)));
    let c = 1.0 - (r2 / 2.0) * (1.0 - (r2 / 12.0) * (1.0 - (r2 / 30.0) * (1.0 - r2 / 56.0)));
    let q = vec2i(quarter);
    let odd = (q & vec2i(1)) != vec2i(0);
    let cosine = radius * select(c, s, odd) * select(vec2f(1.0), vec2f(-1.0), ((q + 1) & vec2i(2)) != vec2i(0));
    let sine = radius * select(s, c, odd) * select(vec2f(1.0), vec2f(-1.0), (q & vec2i(2)) != vec2i(0));
    return vec4f(cosine.x, sine.x, cosine.y, sine.y);`,
};

/** One thread makes four numbers; `call.x` is the tensor's number in the step, `call.y` is xored into the key. */
const code = (distribution: Distribution, count: number): string => /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> clock: array<u32>;
@group(0) @binding(2) var<uniform> call: vec4u;
${pcg4dWgsl}
fn draw(u: vec4f) -> vec4f { ${drawWgsl[distribution]} }
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(Math.ceil(count / 4))}
  let bits = pcg4d(vec4u(i, call.x, clock[0], clock[1] ^ call.y));
  let drawn = draw(vec4f(bits >> vec4u(8u)) * ${unit});
  for (var k = 0u; k < 4u; k++) { if (4u * i + k < ${count}u) { out[4u * i + k] = drawn[k]; } }
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
  const fresh = (distribution: Distribution, count: number): Float32Array => {
    const { step, call } = next();
    // Whole blocks are filled; the view leaves out what is too much.
    const blocks = new Float32Array(4 * Math.ceil(count / 4));
    return fill(blocks, distribution, key, step, call).subarray(0, count);
  };
  const rows = (distribution: Distribution, n: number, width: number): Rows => {
    const gpu = clock?.tensor === undefined ? undefined : openGpuBackend();
    if (gpu === undefined) return tensor2d(fresh(distribution, n * width), [n, width]);
    const { call } = next();
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
    normal: (n, width) => rows("normal", n, width),
    uniform: (n, width) => rows("uniform", n, width),
    gumbel: (n, width) => rows("gumbel", n, width),
  };
}
const words = new Uint32Array(4);
