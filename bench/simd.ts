/**
 * What our WASM kernels bring, on one thread and in one process: products, two
 * training steps and the models' own steps, in milliseconds (median and best of
 * a few seconds each), first without Likeness, then with its engine, then with
 * its kernels too. It prints one JSON object.
 *
 *   node bench/simd.mjs [--fused] [--seconds S]
 *
 * `--fused` switches on relaxed SIMD in a Node that has it behind a flag (20);
 * Chromium has had it since version 114.
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import type { ModelId } from "../src/catalog/card.ts";

export interface Timing {
  readonly median: number;
  readonly best: number;
}

const rounded = (value: number): number => Number(value.toPrecision(4));

function time(step: () => void, seconds: number): Timing {
  for (let i = 0; i < 5; i++) step();
  const times: number[] = [];
  const until = performance.now() + 1000 * seconds;
  while (performance.now() < until || times.length < 9) {
    const began = performance.now();
    step();
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return { median: rounded(times[times.length >> 1]!), best: rounded(times[0]!) };
}

const sizes = [500, 256, 256] as const;
const transposes = { NN: [false, false], NT: [false, true], TN: [true, false] } as const;

/** GFLOP/s of the three products of a 256-wide layer at batch 500. */
function products(seconds: number): Record<string, Timing> {
  const [m, n, k] = sizes;
  return Object.fromEntries(
    Object.entries(transposes).map(([name, [transposeA, transposeB]]) => {
      const a = tf.randomNormal(transposeA ? [k, m] : [m, k]);
      const b = tf.randomNormal(transposeB ? [n, k] : [k, n]);
      const { median, best } = time(() => tf.matMul(a, b, transposeA, transposeB).dispose(), seconds);
      tf.dispose([a, b]);
      const speed = (ms: number): number => rounded((2 * m * n * k) / ms / 1e6);
      return [name, { median: speed(median), best: speed(best) }];
    }),
  );
}

const shapes = {
  ref: { batch: 500, sizes: [32, 256, 256, 1] },
  toy: { batch: 128, sizes: [2, 64, 64, 2] },
} as const;

/** As TensorFlow.js' own guides would write it. */
function stockStep({ batch, sizes }: (typeof shapes)[keyof typeof shapes]): () => void {
  const layers = sizes.slice(1).map((out, i) => ({
    w: tf.variable(tf.randomNormal([sizes[i]!, out], 0, Math.sqrt(2 / sizes[i]!))),
    b: tf.variable(tf.zeros([out])),
  }));
  const x = tf.randomNormal([batch, sizes[0]]) as tf.Tensor2D;
  const y = tf.randomNormal([batch, sizes.at(-1)!]);
  const adam = tf.train.adam(1e-3);
  const loss = (): tf.Scalar => {
    let h = x;
    layers.forEach(({ w, b }, i) => {
      const z = tf.add(tf.matMul(h, w as tf.Tensor2D), b) as tf.Tensor2D;
      h = i === layers.length - 1 ? z : tf.relu(z);
    });
    return tf.mean(tf.square(tf.sub(h, y)));
  };
  return () => void adam.minimize(loss);
}

/** The same on our engine. */
async function ourSteps(seconds: number): Promise<Record<string, Timing>> {
  const { mlp } = await import("../src/engine/net.ts");
  const { adam } = await import("../src/engine/optimizer.ts");
  const { tensorRandom } = await import("../src/engine/noise.ts");
  const { random } = await import("../src/random/random.ts");
  const noise = tensorRandom(random(1));
  return Object.fromEntries(
    Object.entries(shapes).map(([name, { batch, sizes }]) => {
      const net = mlp("net", sizes, noise, { hidden: "relu" });
      const [x, y] = [noise.normal(batch, sizes[0]), noise.normal(batch, sizes.at(-1)!)];
      const optimizer = adam(net.weights, { learningRate: 1e-3 });
      const loss = (): tf.Scalar => tf.mean(tf.square(tf.sub(net.forward(x), y)));
      const timing = time(() => optimizer.minimize(loss).dispose(), seconds);
      tf.dispose([x, y]);
      optimizer.dispose();
      net.dispose();
      return [name, timing];
    }),
  );
}

/** A step of each model with its default settings on the loans, encoded as the lab does. */
async function modelSteps(seconds: number): Promise<Record<string, Timing | number>> {
  const { makeDataset } = await import("../src/datasets/builtin.ts");
  const { fitEncoder } = await import("../src/encode/encoder.ts");
  const { trainer } = await import("../src/train/trainer.ts");
  const { random } = await import("../src/random/random.ts");
  const { table } = makeDataset("loans", 1);
  const rows = Int32Array.from({ length: table.rows }, (_, i) => i);
  const encoder = fitEncoder(table, rows, { numeric: "quantile", sharedRange: false });
  const encoded = encoder.encode(table, rows, random(1));
  const results: Record<string, Timing | number> = { width: encoder.width };
  for (const model of ["vae", "gan", "diffusion"] satisfies ModelId[]) {
    const t = trainer({ spans: encoder.spans, rows: encoded, config: { model, settings: {}, seed: 1 } });
    results[model] = time(() => t.advance(), seconds);
    t.dispose();
  }
  return results;
}

/** @param seconds spent on each timing. */
export async function measure(wasmPaths: string | Record<string, string>, seconds: number): Promise<object> {
  setWasmPaths(wasmPaths as string);
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  await tf.setBackend("wasm");
  const stock = {
    ref: time(stockStep(shapes.ref), seconds),
    toy: time(stockStep(shapes.toy), seconds),
  };
  const before = {
    gflops: products(seconds / 2),
    ...(await ourSteps(seconds)),
    ...(await modelSteps(seconds)),
  };
  const { installSimd } = await import("../src/engine/simd/install.ts");
  installSimd();
  const after = {
    gflops: products(seconds / 2),
    ...(await ourSteps(seconds)),
    ...(await modelSteps(seconds)),
  };
  return { stock, engine: before, kernels: after };
}
