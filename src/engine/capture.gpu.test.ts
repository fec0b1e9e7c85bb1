import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import { average } from "./average.ts";
import { capture } from "./capture.ts";
import type { Program } from "./capture.ts";
import { clock } from "./clock.ts";
import { feed } from "./feed.ts";
import { noised } from "./fused/noised.ts";
import { spanGumbelSoftmax, spanSoftmax } from "./fused/spanSoftmax.ts";
import { openGpuBackend, overwrite } from "./gpu.ts";
import { engineMemory, settled } from "./memory.ts";
import { mlp } from "./net.ts";
import { tensorRandom } from "./noise.ts";
import type { TensorRandom } from "./noise.ts";
import { adam } from "./optimizer.ts";
import { readValues } from "./stored.ts";
import { Refusal } from "./recorder.ts";
import { spansOf } from "./spans.ts";
import { gpuErrors, openDawn, openNodeBackend, whyNoSwiftShader } from "./testing/nodeBackend.ts";
import { add, clipByValue, keep, mean, mul, neg, square, sub, sum, tensor1d, tensor2d, tidy } from "./tf.ts";
import type { Rows, Scalar, Tensor } from "./tf.ts";

/** A regression small enough for SwiftShader, everything in it drawn by the clock. */
function regression(): {
  step(): void;
  counters: { value: number }[];
  weights: readonly Tensor[];
  optimizer: ReturnType<typeof adam>;
  dispose(): void;
} {
  const time = clock(42);
  const noise = tensorRandom(random(1), time);
  const net = mlp("net", [3, 4, 1], tensorRandom(random(2)), { hidden: "silu" });
  const values = Float32Array.from({ length: 30 }, (_, i) => Math.sin(i));
  const batches = feed({ values, rows: 10, width: 3 }, 4, time, 1);
  const optimizer = adam(net.weights, { learningRate: 0.01 });
  return {
    step() {
      tidy(() => {
        const x = add(batches.next(), mul(noise.normal(4, 3), 0.1)) as Rows;
        optimizer.minimize(() => mean(square(sub(net.forward(x), sum(x, 1, true)))));
      });
      time.tick();
    },
    counters: [time.steps, optimizer.steps],
    weights: optimizer.tensors(),
    optimizer,
    dispose() {
      for (const part of [time, net, batches, optimizer]) part.dispose();
    },
  };
}

const all = async (tensors: readonly Tensor[]): Promise<number[]> =>
  (await Promise.all(tensors.map(readValues))).flatMap((values) => [...values]);

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: recorded steps on SwiftShader (${reason}).`);

describe.skipIf(reason !== undefined)("a recorded step on SwiftShader", () => {
  beforeAll(async () => void (await openDawn("swiftshader")));

  it("trains as the step itself does, however its replays are bundled, and goes on after a restore", async () => {
    const eager = regression();
    for (let i = 0; i < 20; i++) eager.step();
    const want = await all(eager.weights);
    const held = regression();
    held.step();
    const program = capture(held.step, held.counters);
    program.replay(3);
    const kept = await Promise.all(held.weights.map(readValues));
    const keptAt = held.counters[1]!.value;
    for (const times of [1, 1, 6, 7]) program.replay(times);
    expect(held.counters.map(({ value }) => value)).toEqual([20, 20]);
    const got = await all(held.weights);
    got.forEach((value, i) => expect(value).toBeCloseTo(want[i]!, 5));

    held.optimizer.restore(
      kept.map((values) => values.slice()),
      keptAt,
    );
    expect(await all(held.weights)).toEqual(kept.flatMap((values) => [...values]));
    expect(gpuErrors).toEqual([]);
    program.dispose();
    eager.dispose();
    held.dispose();
  });

  it("takes up another learning rate, average and weight of a term between replays, without being recorded anew", async () => {
    /** Changes all three after the fifth of ten steps. */
    const changed = async (recorded: boolean): Promise<number[]> => {
      const time = clock(42);
      const net = mlp("net", [3, 4, 1], tensorRandom(random(2)), { hidden: "silu" });
      const optimizer = adam(net.weights, { learningRate: 0.01 });
      const averaged = average(net.weights, 0.9);
      const x = tensor2d(
        Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
        [4, 3],
      );
      const penalty = tensor1d([0.5]);
      const gpu = openGpuBackend()!;
      for (const { dataId } of [x, penalty]) gpu.uploadToGPU(dataId);
      const step = (): void => {
        tidy(() => {
          optimizer.minimize(() => {
            const y = net.forward(x);
            return add(mean(square(sub(y, sum(x, 1, true)))), sum(mul(mean(square(y)), penalty))) as Scalar;
          });
        });
        averaged.update();
        time.tick();
      };
      step();
      const counters = [time.steps, optimizer.steps, averaged.steps];
      const program = recorded ? capture(step, counters) : undefined;
      if (!recorded) step();
      const take = (times: number): void => {
        if (program !== undefined) program.replay(times);
        else for (let i = 0; i < times; i++) step();
      };
      take(3);
      optimizer.learningRate = 0.1;
      averaged.decay = 0.1;
      overwrite(gpu, penalty, new Float32Array([4]));
      take(5);
      const got = await all([...optimizer.tensors(), ...averaged.tensors()]);
      expect(averaged.steps.value).toBe(10);
      program?.dispose();
      for (const part of [time, net, optimizer, averaged, x, penalty]) part.dispose();
      return got;
    };
    const want = await changed(false);
    (await changed(true)).forEach((value, i) => expect(value).toBeCloseTo(want[i]!, 5));
    expect(gpuErrors).toEqual([]);
  });

  it("draws the numbers that the host draws", async () => {
    const time = clock(7);
    const gpu = tensorRandom(random(1), time);
    const drawn: number[][] = [];
    for (let step = 0; step < 2; step++) {
      for (const kind of ["normal", "uniform", "gumbel"] as const)
        drawn.push([...(await readValues(gpu[kind](5, 7)))]);
      time.tick();
    }
    await openNodeBackend("cpu");
    const hostTime = clock(7);
    const host = tensorRandom(random(1), hostTime);
    for (let step = 0; step < 2; step++) {
      for (const kind of ["normal", "uniform", "gumbel"] as const) {
        const want = await readValues(host[kind](5, 7));
        drawn.shift()!.forEach((value, i) => expect(Math.abs(value - want[i]!)).toBeLessThan(1e-4));
      }
      hostTime.tick();
    }
    await openDawn("swiftshader");
  });

  it("draws within a kernel what it would have drawn for it", async () => {
    const time = clock(7);
    time.set(3);
    /** The stream from its beginning, as a step finds it. */
    const fresh = (): TensorRandom => tensorRandom(random(1), time);
    const spans = spansOf(7, [{ kind: "oneHot", start: 1, width: 5 }]);
    const [x, a, b] = [fresh().uniform(4, 7), fresh().normal(4, 1), fresh().uniform(4, 1)];
    const pairs: [Tensor, Tensor][] = [
      [noised(x, a, b, fresh().source("normal", 4, 7)), add(mul(x, a), mul(fresh().normal(4, 7), b))],
      [
        spanGumbelSoftmax(x, spans, { tau: 0.5, noise: fresh() }),
        spanSoftmax(mul(add(x, fresh().gumbel(4, 7)), 2) as Rows, spans),
      ],
    ];
    for (const [within, beside] of pairs) {
      const [got, want] = [await readValues(within), await readValues(beside)];
      got.forEach((value, i) => expect(Math.abs(value - want[i]!)).toBeLessThan(1e-4));
    }
    expect(gpuErrors).toEqual([]);
  });
});

describe("a recorded step on the null device", () => {
  beforeEach(async () => void (await openDawn("null")));

  it("is refused, with the reason and without a trace, where replaying it would be wrong", () => {
    const outside = tensor2d([[1, 2]]);
    const x = tensor2d([[1, 2]]);
    for (const { dataId } of [outside, x]) openGpuBackend()!.uploadToGPU(dataId);
    const counter = { value: 0 };
    const refused = (step: () => void): string => {
      try {
        capture(() => {
          counter.value++;
          step();
        }, [counter]).dispose();
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
        expect(counter.value).toBe(0);
        return (error as Refusal).message;
      }
      return "";
    };
    let left: Tensor | undefined;
    const noise = random(1);
    const upload = (): Tensor => tensor2d(Float32Array.from({ length: 200 }, noise.normal), [100, 2]);
    expect(refused(() => tidy(() => void mul(x, upload())))).toContain("200 numbers from the host");
    expect(refused(() => tidy(() => void readValues(mul(x, 2)).catch(() => {})))).toContain("reads values");
    expect(refused(() => void (left = keep(mul(x, 2))))).toContain("leaves tensors behind");
    left?.dispose();
    expect(refused(() => outside.dispose())).toContain("did not make");
    // What differs when the step is run a second time.
    let runs = 0;
    const rows = (n: number): Rows => tensor2d(new Float32Array(2 * n), [n, 2]);
    expect(refused(() => tidy(() => void square(rows(3 + (runs++ % 2)))))).toContain(
      "shapes change: [3, 2] becomes [4, 2]",
    );
    expect(refused(() => tidy(() => void (runs++ % 2 === 0 ? square(x) : neg(x))))).toContain(
      "other operations",
    );
    expect(refused(() => tidy(() => void (runs++ % 2 === 0 ? square(x) : square(square(x)))))).toContain(
      "other operations",
    );
    expect(refused(() => tidy(() => void mul(x, 1 / ++runs)))).toContain("number that the step brings");
    expect(refused(() => tidy(() => void clipByValue(x, 0, ++runs)))).toContain(
      "number that the step brings",
    );
    const y = tensor2d([[3, 4]]);
    openGpuBackend()!.uploadToGPU(y.dataId);
    expect(refused(() => tidy(() => void square(runs++ % 2 === 0 ? x : y)))).toContain("other tensors");
    const both = tensor2d([[1, 2]]);
    openGpuBackend()!.uploadToGPU(both.dataId);
    // The same tensors, the other way about: what a kernel made counts by its place in the step.
    expect(
      refused(() =>
        tidy(() => {
          const [a, b] = [neg(both), square(both)];
          void (runs++ % 2 === 0 ? sub(a, b) : sub(b, a));
        }),
      ),
    ).toContain("other tensors");
    expect(refused(() => tidy(() => void mul(add(x, y), 2)))).toBe("");
    expect(counter.value).toBe(1);
  });

  it("lets other errors through and leaves the backend as it was", async () => {
    const x = tensor2d([[1, 2]]);
    openGpuBackend()!.uploadToGPU(x.dataId);
    expect(() =>
      capture(() => {
        throw new Error("of the model's own");
      }, []),
    ).toThrow("of the model's own");
    const held = engineMemory();
    tidy(() => void mul(x, 3));
    await settled();
    expect(engineMemory()).toEqual(held);
  });

  it("holds the same tensors and buffers after ten thousand replays", async () => {
    const held = regression();
    held.step();
    const program: Program = capture(held.step, held.counters);
    await settled();
    const before = engineMemory();
    for (let i = 0; i < 100; i++) program.replay(100);
    await settled();
    expect(engineMemory()).toEqual(before);
    expect(held.counters[0]!.value).toBe(10_002);
    program.dispose();
    expect(() => program.replay(1)).toThrow("disposed");
    expect(gpuErrors).toEqual([]);
    held.dispose();
  });
});

it("is refused off the GPU", async () => {
  await openNodeBackend("cpu");
  expect(() => capture(() => {}, [])).toThrow("only WebGPU");
});
