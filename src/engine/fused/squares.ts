/** Squares, whose sums are losses and penalties: their mean error, and the 2 a b of their gradient. */
import { mean, mul, neg, registerGradient, square, sub, sum } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { groupsFor, runKernel, threadWgsl } from "../gpu.ts";
import type { GpuBackend } from "../gpu.ts";
import { define, elementwise, onGpu, run, sizeOf } from "./operation.ts";

/** Mean of (a − b)² over everything; shapes must be equal. */
export function meanSquaredError(a: Tensor, b: Tensor): Scalar {
  return (onGpu() ? run("LikenessSquaredError", { a, b }) : mean(square(sub(a, b)))) as Scalar;
}

/** 2 a b; shapes must be equal. */
export function twice(a: Tensor, b: Tensor): Tensor {
  return onGpu() ? run("LikenessTwice", { a, b }) : mul(a, mul(b, 2));
}

/** One workgroup adds up all squares: enough for the sizes of a batch. */
function squaredError(gpu: GpuBackend, a: TensorInfo, b: TensorInfo): TensorInfo {
  const out = gpu.makeTensorInfo([], "float32");
  const size = sizeOf(a);
  const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
var<workgroup> parts: array<f32, 256>;
@compute @workgroup_size(256) fn main(@builtin(local_invocation_index) at: u32) {
  var total = 0.0;
  for (var i = at; i < ${size}u; i += 256u) { let d = a[i] - b[i]; total += d * d; }
  parts[at] = total;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half /= 2u) {
    if (at < half) { parts[at] += parts[at + half]; }
    workgroupBarrier();
  }
  if (at == 0u) { out[0] = parts[0] / ${size}.0; }
}`;
  runKernel(gpu, { code, tensors: [out, a, b], groups: [1] });
  return out;
}

/** da = 2 (a − b) dy / size. */
function squaredErrorBack(gpu: GpuBackend, dy: TensorInfo, a: TensorInfo, b: TensorInfo): TensorInfo {
  const out = gpu.makeTensorInfo([...a.shape], "float32");
  const size = sizeOf(a);
  const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read> a: array<f32>;
@group(0) @binding(3) var<storage, read> b: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(size)}
  out[i] = (a[i] - b[i]) * dy[0] * ${2 / size};
}`;
  runKernel(gpu, { code, tensors: [out, dy, a, b], groups: groupsFor(size) });
  return out;
}

/** Called once, by `tf.ts`. */
export function registerSquares(): void {
  define("LikenessSquaredError", (gpu, { a, b }) => squaredError(gpu, a!, b!));
  registerGradient({
    kernelName: "LikenessSquaredError",
    inputsToSave: ["a", "b"],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [Tensor, Tensor];
      return {
        a: () => run("LikenessSquaredErrorBack", { dy: dy as Tensor, a, b }),
        b: () => run("LikenessSquaredErrorBack", { dy: dy as Tensor, a: b, b: a }),
      };
    },
  });
  define("LikenessSquaredErrorBack", (gpu, { dy, a, b }) => squaredErrorBack(gpu, dy!, a!, b!));
  registerGradient({
    kernelName: "LikenessSquaredErrorBack",
    inputsToSave: ["dy", "a", "b"],
    gradFunc: (g, saved) => {
      const [dy, a, b] = saved as [Tensor, Tensor, Tensor];
      const each = (): Tensor => mul(mul(g as Tensor, dy), 2 / a.size);
      return {
        dy: () => mul(sum(mul(g as Tensor, sub(a, b))), 2 / a.size),
        a: each,
        b: () => neg(each()),
      };
    },
  });

  /** 2 a b, the gradient of a square, in one. */
  define("LikenessTwice", (gpu, { a, b }) => elementwise(gpu, [a!, b!], "2.0 * a * b"));
  registerGradient({
    kernelName: "LikenessTwice",
    inputsToSave: ["a", "b"],
    gradFunc: (g, [a, b]) => ({
      a: () => twice(g as Tensor, b!),
      b: () => twice(g as Tensor, a!),
    }),
  });
}
