/**
 * Random numbers of a distribution from hashed places (`hash.ts`): on the host, and in kernels. Both draw the
 * same numbers; their logarithms may differ in the last places.
 */
import { pcg4dWgsl } from "./hash.ts";

export type Distribution = "uniform" | "normal" | "gumbel";

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

/** pcg4d's first step, of each word by itself. */
export const multiplier = 1664525;
const increment = 1013904223;
const begun = (word: number): number => (Math.imul(word, multiplier) + increment) | 0;

/** The words that a tensor's hashes begin with, that step taken; of the block that is its first. */
export interface PlaceWords {
  readonly first: number;
  readonly call: number;
  readonly step: number;
  readonly key: number;
}

/** Of tensor `call` of step `step`. */
export const placeWords = (key: number, step: number, call: number): PlaceWords => ({
  first: begun(0),
  call: begun(call),
  step: begun(step),
  key: begun(key),
});

/**
 * Fills `out` with the numbers of tensor `call` of step `step`: four from each hash of (block, call, step, key).
 */
export function fill(
  out: Float32Array,
  distribution: Distribution,
  key: number,
  step: number,
  call: number,
): Float32Array {
  const count = out.length;
  const { key: keyWord, step: stepWord, call: callWord } = placeWords(key, step, call);
  for (let block = 0, at = 0; at < count; block++, at += 4) {
    // pcg4d of hash.ts, in local variables.
    let x = begun(block);
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

/** `fn draw(i: u32) -> vec4f`: the i-th four numbers of a tensor; needs `clock`, and `call` as a uniform. */
export const fourWgsl = (distribution: Distribution): string => /* wgsl */ `
${pcg4dWgsl}
fn shaped(u: vec4f) -> vec4f { ${drawWgsl[distribution]} }
fn draw(i: u32) -> vec4f {
  let bits = pcg4d(vec4u(i, call.x, clock[0], clock[1] ^ call.y));
  return shaped(vec4f(bits >> vec4u(8u)) * ${unit});
}`;

/**
 * `fn drawn(i: u32) -> f32`: the i-th number of a tensor of `source`, for a kernel that binds array<u32> `clock`
 * and, last, the uniform vec4u `call` whose first number is the source's.
 */
export const drawnWgsl = (distribution: Distribution): string => /* wgsl */ `
${fourWgsl(distribution)}
fn drawn(i: u32) -> f32 { return draw(i / 4u)[i % 4u]; }`;
