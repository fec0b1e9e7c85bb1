import fc from "fast-check";
import { setFlagsFromString } from "node:v8";
import { describe, expect, it } from "vitest";
import { random } from "../../random/random.ts";
import { depth } from "./product.ts";
import { assemble, openProgram } from "./program.ts";
import type { Program } from "./program.ts";

/** A host whose memory is handed out from bottom to top and grows when it must. */
function host() {
  const memory = new WebAssembly.Memory({ initial: 1 });
  let top = 16;
  const guards: number[] = [];
  return {
    asm: { memory },
    floats: (at: number, count: number): Float32Array => new Float32Array(memory.buffer, at, count),
    _malloc(bytes: number): number {
      const at = top;
      // Beyond each piece lies a guard of 16 bytes, which nobody may touch.
      top = (at + bytes + 31) & ~15;
      const missing = top - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
      guards.push(at + bytes);
      new Uint32Array(memory.buffer, at + bytes, 4).fill(0xdeadbeef);
      return at;
    },
    _free(): void {},
    intact: (): boolean =>
      guards.every((at) => new Uint32Array(memory.buffer, at, 4).every((word) => word === 0xdeadbeef)),
  };
}

// Node 20 has relaxed SIMD behind a flag; later ones, and browsers, have it.
setFlagsFromString("--experimental-wasm-relaxed-simd");
const source = random(3);

/** The worst error of a product, relative to the sum of its terms' sizes; infinite if it wrote out of bounds. */
function error(
  fused: boolean,
  m: number,
  n: number,
  k: number,
  transposeA: boolean,
  transposeB: boolean,
  biased = false,
): number {
  const place = host();
  const program = openProgram(place, [fused]) as Program;
  const a = place._malloc(4 * m * k);
  const b = place._malloc(4 * k * n);
  const bias = place._malloc(4 * n);
  const c = place._malloc(4 * m * n);
  for (const [at, count] of [
    [a, m * k],
    [b, k * n],
    [c, m * n],
  ] as const)
    // prettier-ignore
    place.floats(at, count).forEach((_, i, values) => (values[i] = source.normal()));
  program.product(
    { address: a, row: transposeA ? 4 : 4 * k, column: transposeA ? 4 * m : 4 },
    { address: b, row: transposeB ? 4 : 4 * n, column: transposeB ? 4 * k : 4 },
    c,
    m,
    n,
    k,
    biased ? bias : 0,
  );
  const [A, B, C] = [place.floats(a, m * k), place.floats(b, k * n), place.floats(c, m * n)];
  const D = biased ? place.floats(bias, n) : new Float32Array(n);
  let worst = 0;
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let [sum, norm] = [D[j]!, Math.abs(D[j]!)];
      for (let p = 0; p < k; p++) {
        const term = A[transposeA ? p * m + i : i * k + p]! * B[transposeB ? j * k + p : p * n + j]!;
        sum += term;
        norm += Math.abs(term);
      }
      worst = Math.max(worst, Math.abs(C[i * n + j]! - sum) / norm);
    }
  return place.intact() ? worst : Infinity;
}

describe.each([false, true])("product (fused multiply-add: %s)", (fused) => {
  it("is right for any sizes and transposes, and writes no further than its result", () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 110 }));
    const property = fc.property(size, size, size, fc.boolean(), fc.boolean(), fc.boolean(), (...sides) => {
      expect(error(fused, ...sides)).toBeLessThan(1e-5);
    });
    fc.assert(property, { numRuns: 150 });
  });

  it.each([
    [5, 9, depth + 1],
    [3, 8, 2 * depth],
    [97, 17, depth - 1],
    [300, 1, 40],
    [1, 300, 40],
    [130, 70, 1],
  ])("goes on over block edges: %i x %i x %i", (m, n, k) => {
    for (const transposeA of [false, true])
      for (const transposeB of [false, true])
        expect(error(fused, m, n, k, transposeA, transposeB, true)).toBeLessThan(1e-5);
  });

  it("gives the same bits each time, however memory has grown meanwhile", () => {
    const place = host();
    const program = openProgram(place, [fused]) as Program;
    const [m, n, k] = [37, 29, 600];
    const [a, b, c] = [m * k, k * n, m * n].map((count) => place._malloc(4 * count)) as [
      number,
      number,
      number,
    ];
    place.floats(a, m * k).forEach((_, i, values) => (values[i] = source.normal()));
    place.floats(b, k * n).forEach((_, i, values) => (values[i] = source.normal()));
    const multiply = (): Float32Array => {
      place.floats(c, m * n).fill(NaN);
      program.product(
        { address: a, row: 4 * k, column: 4 },
        { address: b, row: 4 * n, column: 4 },
        c,
        m,
        n,
        k,
      );
      return place.floats(c, m * n).slice();
    };
    const first = multiply();
    const before = place.asm.memory.buffer.byteLength;
    place._malloc(before);
    expect(place.asm.memory.buffer.byteLength).toBeGreaterThan(before);
    expect(multiply()).toEqual(first);
  });
});

describe("openProgram", () => {
  it("takes fused multiply-add where there is any, and its plain form else", () => {
    expect(openProgram(host())?.fused).toBe(WebAssembly.validate(assemble(true)));
    expect(openProgram(host(), [false])?.fused).toBe(false);
  });

  it("leaves hosts alone whose memory it can't have", () => {
    expect(openProgram({ _malloc: () => 0, _free: () => {} })).toBeUndefined();
  });
});
