/** Rows with noise: a x + b ε, one kernel on WebGPU, which draws ε itself; elsewhere the parts, which cost little. */
import { add, mul, registerGradient } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { drawnWgsl } from "../draw.ts";
import { groupsFor, runKernel, threadWgsl } from "../gpu.ts";
import type { Source } from "../noise.ts";
import { define, run } from "./operation.ts";

/**
 * a x + b ε, [rows, width], with ε standard normals.
 *
 * @param a [rows, 1], and so is `b`. They are data: no gradient flows to them.
 * @param epsilon `noise.source("normal", rows, width)`; the same one draws the same numbers again.
 */
export function noised(x: Tensor2D, a: Tensor2D, b: Tensor2D, epsilon: Source): Tensor2D {
  if ("numbers" in epsilon) return add(mul(x, a), mul(epsilon.numbers, b));
  const { clock, call } = epsilon;
  return run("LikenessNoised", { x, a, b, clock }, { call }) as Tensor2D;
}

/** Called once, by `tf.ts`. */
export function registerNoised(): void {
  define("LikenessNoised", (gpu, { x, a, b, clock }, attributes) => {
    const [rows, width] = x!.shape as [number, number];
    const out = gpu.makeTensorInfo([rows, width], "float32");
    const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> a: array<f32>;
@group(0) @binding(3) var<storage, read> b: array<f32>;
@group(0) @binding(4) var<storage, read> clock: array<u32>;
@group(0) @binding(5) var<uniform> call: vec4u;
${drawnWgsl("normal")}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(rows * width)}
  let row = i / ${width}u;
  out[i] = x[i] * a[row] + drawn(i) * b[row];
}`;
    runKernel(gpu, {
      code,
      tensors: [out, x!, a!, b!, clock!],
      numbers: [(attributes as { call: number }).call],
      groups: groupsFor(rows * width),
    });
    return out;
  });
  registerGradient({
    kernelName: "LikenessNoised",
    inputsToSave: ["a"],
    gradFunc: (dy, [a]) => ({ x: () => mul(dy as Tensor, a!) }),
  });
}
