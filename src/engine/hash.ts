/**
 * Random bits by position, not by turn: pcg4d, a hash of four 32-bit words.
 * M. Jarzynski, M. Olano, Hash Functions for GPU Rendering, JCGT 9(3), 2020.
 * https://jcgt.org/published/0009/03/02/
 *
 * A number depends only on (where in the tensor, which tensor of the step, which
 * step, which seed), so a GPU thread works out its own without a state, a
 * recorded step draws fresh ones when it is replayed, and every backend draws
 * the same. Both forms stand here, side by side: TypeScript and WGSL.
 */

/** Hashes `v` [4] in place. */
export function pcg4d(v: Uint32Array): void {
  v[0] = hashed(v[0]!, v[1]!, v[2]!, v[3]!);
  v[1] = second;
  v[2] = third;
  v[3] = fourth;
}

/** The first word; the others are left beside it. */
function hashed(a: number, b: number, c: number, d: number): number {
  let x = (Math.imul(a, 1664525) + 1013904223) | 0;
  let y = (Math.imul(b, 1664525) + 1013904223) | 0;
  let z = (Math.imul(c, 1664525) + 1013904223) | 0;
  let w = (Math.imul(d, 1664525) + 1013904223) | 0;
  x = (x + Math.imul(y, w)) | 0;
  y = (y + Math.imul(z, x)) | 0;
  z = (z + Math.imul(x, y)) | 0;
  w = (w + Math.imul(y, z)) | 0;
  x ^= x >>> 16;
  y ^= y >>> 16;
  z ^= z >>> 16;
  w ^= w >>> 16;
  x = (x + Math.imul(y, w)) | 0;
  second = y = (y + Math.imul(z, x)) | 0;
  third = z = (z + Math.imul(x, y)) | 0;
  fourth = (w + Math.imul(y, z)) | 0;
  return x >>> 0;
}
let second = 0;
let third = 0;
let fourth = 0;

export const pcg4dWgsl = /* wgsl */ `
fn pcg4d(given: vec4u) -> vec4u {
  var v = given * 1664525u + 1013904223u;
  v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
  v ^= v >> vec4u(16u);
  v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
  return v;
}`;

/**
 * The place of `offset` in a random order of 0..n-1: a Feistel network over the
 * smallest even number of bits that holds n, walked until it lands below n
 * (J. Black, P. Rogaway, Ciphers with Arbitrary Finite Domains, 2002). One to
 * one for each `epoch` and `key`; about two walks on average.
 */
export function permuted(offset: number, n: number, epoch: number, key: number): number {
  const half = halfBits(n);
  const mask = (1 << half) - 1;
  let at = offset;
  do {
    let left = at >>> half;
    let right = at & mask;
    for (let round = 0; round < feistelRounds; round++) {
      const next = left ^ (hashed(right, round, epoch, key) >>> (32 - half)); // its higher bits are its better ones
      left = right;
      right = next;
    }
    at = ((left << half) | right) >>> 0;
  } while (at >= n);
  return at;
}
const feistelRounds = 6;
const halfBits = (n: number): number => Math.max(1, Math.ceil(Math.ceil(Math.log2(Math.max(2, n))) / 2));

/** Needs `pcg4dWgsl` before it. */
export const permutedWgsl = (n: number): string => /* wgsl */ `
fn permuted(offset: u32, epoch: u32, key: u32) -> u32 {
  const half = ${halfBits(n)}u;
  const mask = (1u << half) - 1u;
  var at = offset;
  loop {
    var left = at >> half;
    var right = at & mask;
    for (var round = 0u; round < ${feistelRounds}u; round++) {
      let next = left ^ (pcg4d(vec4u(right, round, epoch, key)).x >> (32u - half));
      left = right;
      right = next;
    }
    at = (left << half) | right;
    if (at < ${n}u) { break; }
  }
  return at;
}`;
