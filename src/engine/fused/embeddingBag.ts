/**
 * Rows of a matrix added up: y = b + Σ w[picks]. A dense layer whose input is 1 at a few places and 0 elsewhere, as
 * one-hot columns are, without the product with all those zeros. (PyTorch's name for it.)
 */
import { add, cast, matMul, oneHot, registerGradient, sum, zeros } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { groupsFor, runKernel, threadWgsl } from "../gpu.ts";
import { columnSums } from "./dense.ts";
import { areFused, define, detached, onGpu, run } from "./operation.ts";

/**
 * [rows, out].
 *
 * @param picks [rows, count] of row numbers of `w`, each at least 0; a row that is picked twice counts twice. They
 * are data: no gradient flows to them.
 * @param w [in, out]
 * @param b [out]
 */
export function embeddingBag(picks: Tensor2D, w: Tensor2D, b: Tensor1D): Tensor2D {
  if (!areFused()) return add(matMul(counts(picks, w.shape[0]), w), b);
  return run("EmbeddingBag", { picks: detached(picks), w, b }) as Tensor2D;
}

/** [rows, size]: how often each place is picked. */
function counts(picks: Tensor2D, size: number): Tensor2D {
  if (onGpu()) return run("PickCounts", { picks }, { size }) as Tensor2D;
  return cast(sum(oneHot(cast(picks, "int32"), size), 1), "float32");
}

/** [size, out]: for each place the sum of `dy` over the rows that picked it. */
const back = (picks: Tensor2D, dy: Tensor2D, size: number): Tensor2D =>
  (onGpu()
    ? matMul(counts(picks, size), dy, true, false)
    : run("EmbeddingBagBack", { picks, dy }, { size })) as Tensor2D;

/** Called once, by `tf.ts`. */
export function registerEmbeddingBag(): void {
  define("EmbeddingBag", (gpu, { picks, w, b }) => {
    const [rows, count] = picks!.shape as [number, number];
    const width = w!.shape[1]!;
    const out = gpu.makeTensorInfo([rows, width], "float32");
    const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> picks: array<f32>;
@group(0) @binding(2) var<storage, read> w: array<f32>;
@group(0) @binding(3) var<storage, read> b: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(rows * width)}
  let row = i / ${width}u;
  let column = i % ${width}u;
  var sum = b[column];
  for (var k = row * ${count}u; k < (row + 1u) * ${count}u; k++) {
    sum += w[u32(picks[k] + 0.5) * ${width}u + column];
  }
  out[i] = sum;
}`;
    runKernel(gpu, { code, tensors: [out, picks!, w!, b!], groups: groupsFor(rows * width) });
    return out;
  });
  registerGradient({
    kernelName: "EmbeddingBag",
    inputsToSave: ["picks", "w"],
    gradFunc: (dy, saved) => {
      const [picks, w] = saved as [Tensor2D, Tensor2D];
      return { w: () => back(picks, dy as Tensor2D, w.shape[0]), b: () => columnSums(dy as Tensor2D) };
    },
  });
  registerGradient({
    kernelName: "EmbeddingBagBack",
    inputsToSave: ["picks"],
    gradFunc: (g, [picks]) => {
      const slope = g as Tensor2D;
      return { dy: () => embeddingBag(picks as Tensor2D, slope, zeros([slope.shape[1]])) as Tensor };
    },
  });

  define("PickCounts", (gpu, { picks }, attributes) => {
    const { size } = attributes as { size: number };
    const [rows, count] = picks!.shape as [number, number];
    const out = gpu.makeTensorInfo([rows, size], "float32");
    const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> picks: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(rows * size)}
  let row = i / ${size}u;
  let place = f32(i % ${size}u);
  var sum = 0.0;
  for (var k = row * ${count}u; k < (row + 1u) * ${count}u; k++) {
    sum += select(0.0, 1.0, abs(picks[k] - place) < 0.5);
  }
  out[i] = sum;
}`;
    runKernel(gpu, { code, tensors: [out, picks!], groups: groupsFor(rows * size) });
    return out;
  });
}
