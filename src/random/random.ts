/**
 * The one source of randomness outside the GPU: small, fast, seeded, and able
 * to split into independent streams, so that drawing more numbers in one place
 * never changes the numbers drawn in another.
 */

/** A seeded stream of random numbers. */
export interface Random {
  /** Uniform on [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in 0..below-1. `below` must be at least 1. */
  integer(below: number): number;
  /** A uniformly random permutation of 0..n-1. */
  permutation(n: number): Int32Array;
  /** Index drawn with probability proportional to `weights` (non-negative, not all zero). */
  pick(weights: ArrayLike<number>): number;
  /** An independent stream named by `label`: same parent seed and label, same stream. */
  fork(label: string | number): Random;
}

/** FNV-1a over the characters, folded into the seed: names streams apart. */
function mix(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < label.length; i++) {
    hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193) >>> 0;
  }
  // Final avalanche (murmur3) so that neighbouring seeds share no pattern.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A stream from a 32-bit seed. The generator is sfc32 (Chris Doty-Humphrey,
 * PractRand): 128 bits of state, passes PractRand and BigCrush.
 *
 * @param seed any finite number; its lower 32 bits of the integer part are used.
 */
export function random(seed: number): Random {
  const base = Math.trunc(seed) >>> 0;
  let a = mix(base, "a");
  let b = mix(base, "b");
  let c = mix(base, "c");
  let counter = 1;
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) bits(); // sfc32 wants a warm-up before its first output

  const uniform = (): number => bits() / 4294967296;
  let spare: number | undefined;
  const stream: Random = {
    uniform,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      // Marsaglia's polar method: two normals a round, no trigonometry.
      let u: number;
      let v: number;
      let s: number;
      do {
        u = 2 * uniform() - 1;
        v = 2 * uniform() - 1;
        s = u * u + v * v;
      } while (s >= 1 || s === 0);
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * scale;
      return u * scale;
    },
    integer: (below) => Math.floor(uniform() * below),
    permutation(n) {
      const order = Int32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = stream.integer(i + 1);
        const held = order[i]!;
        order[i] = order[j]!;
        order[j] = held;
      }
      return order;
    },
    pick(weights) {
      let total = 0;
      for (let i = 0; i < weights.length; i++) total += weights[i]!;
      let left = uniform() * total;
      let last = 0;
      for (let i = 0; i < weights.length; i++) {
        const weight = weights[i]!;
        if (weight > 0) last = i;
        left -= weight;
        if (left < 0 && weight > 0) return i;
      }
      return last; // only rounding brings us here
    },
    fork: (label) => random(mix(base, `fork:${label}`)),
  };
  return stream;
}
