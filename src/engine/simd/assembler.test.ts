import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembler, copyMemory, f32, f32x4, i32, loop, v128, when } from "./assembler.ts";
import type { Assembler } from "./assembler.ts";

type Run = Record<string, (...inputs: number[]) => void>;

function load(to: Assembler): {
  run: Run;
  words: Int32Array;
  floats: Float32Array;
  memory: WebAssembly.Memory;
} {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(to.module());
  return {
    run: new WebAssembly.Instance(module, { env: { memory } }).exports as Run,
    words: new Int32Array(memory.buffer),
    floats: new Float32Array(memory.buffer),
    memory,
  };
}

describe("assembler", () => {
  it("writes constants of any size", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer(), fc.constantFrom(0, -1, 63, 64, -64, -65, 127, 128, 2 ** 31 - 1, -(2 ** 31))),
        fc.float({ noNaN: true }),
        (whole, real) => {
          const to = assembler();
          to.define("write", ["i32"], ([at]) => [
            i32store(at!.get, i32.const(whole)),
            f32.store(at!.get, f32.const(real), 4),
          ]);
          const { run, words, floats } = load(to);
          run["write"]!(0);
          expect(words[0]).toBe(whole);
          expect(floats[1]).toBe(real);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("loops, branches, keeps locals apart and calls one function from another", () => {
    const to = assembler();
    const put = to.define("put", ["i32", "i32"], ([at, value]) => i32store(at!.get, value!.get));
    // Collatz: the number of steps from n down to 1.
    to.define("collatz", ["i32"], ([n], local) => {
      const steps = local("i32");
      return [
        loop(i32.ne(n!.get, i32.const(1)), [
          when(
            i32.eqz(i32.and(n!.get, i32.const(1))),
            n!.set(i32.shr(n!.get, i32.const(1))),
            n!.set(i32.add(i32.mul(n!.get, i32.const(3)), i32.const(1))),
          ),
          steps.set(i32.add(steps.get, i32.const(1))),
        ]),
        put(i32.const(8), steps.get),
      ];
    });
    const { run, words } = load(to);
    run["collatz"]!(27);
    expect(words[2]).toBe(111);
    run["collatz"]!(1);
    expect(words[2]).toBe(0);
  });

  it("works on four lanes, on the first alone, and on copies that overlap", () => {
    const to = assembler();
    to.define("lanes", ["i32"], ([at], local) => {
      const x = local("v128");
      return [
        x.set(v128.load(at!.get)),
        v128.store(at!.get, f32x4.mul(x.get, x.get), 16),
        v128.store(at!.get, v128.select(x.get, f32x4.zero, f32x4.gt(x.get, f32x4.splat(f32.const(2)))), 32),
        v128.store(at!.get, v128.loadSplat(at!.get, 8), 48),
        v128.storeFirst(i32.add(at!.get, i32.const(64)), f32x4.sqrt(v128.loadFirst(at!.get, 12))),
        f32.store(at!.get, f32x4.lane(x.get, 3), 72),
        copyMemory(i32.const(84), i32.const(80), i32.const(12)),
      ];
    });
    const { run, floats } = load(to);
    floats.set([1, 2, 3, 4]);
    floats.set([7, 8, 9, 10], 20);
    run["lanes"]!(0);
    expect([...floats.subarray(4, 8)]).toEqual([1, 4, 9, 16]);
    expect([...floats.subarray(8, 12)]).toEqual([0, 0, 3, 4]);
    expect([...floats.subarray(12, 16)]).toEqual([3, 3, 3, 3]);
    expect([...floats.subarray(16, 19)]).toEqual([2, 0, 4]);
    expect([...floats.subarray(20, 24)]).toEqual([7, 7, 8, 9]);
  });
});

/** Integers have no store of their own here: kernels never need one. */
const i32store = (address: Parameters<typeof f32.store>[0], value: Parameters<typeof f32.store>[1]) =>
  [address, value, 0x36, 2, 0] as const;
