/**
 * Our own operations on WebGPU, each one dispatch where TensorFlow.js' parts
 * would be several; on WASM they are `simd/fused.ts`, elsewhere those parts. They are registered kernels
 * with registered gradients, so tapes, tidies and recordings know them, and all
 * can be differentiated twice.
 */
import { engine, getBackend, getKernel, registerGradient, registerKernel } from "@tensorflow/tfjs-core";
import type { NamedAttrMap, NamedTensorInfoMap, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import {
  add,
  leakyRelu,
  matMul,
  mean,
  mul,
  neg,
  relu,
  sigmoid,
  square,
  sub,
  sum,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { groupsFor, openGpuBackend, runKernel, threadWgsl } from "./gpu.ts";
import type { GpuBackend } from "./gpu.ts";
import { dense as denseOnWasm, silu as siluOnWasm } from "./simd/fused.ts";

/** Activations whose derivative is a constant on either side of zero, and can be told from the output. */
export type Rectifier = "linear" | "relu" | "leakyRelu";

const slope = 0.2;
const below: Record<Rectifier, number> = { linear: 1, relu: 0, leakyRelu: slope };
const names: Record<Rectifier, string> = { linear: "linear", relu: "relu", leakyRelu: "leakyrelu" };

const onGpu = (): boolean => getBackend() === "webgpu";
const run = (name: string, inputs: Record<string, Tensor>, attributes: object = {}): Tensor =>
  engine().runKernel(name, inputs, attributes as NamedAttrMap) as Tensor;

/** activation(x W + b), shapes [rows, in], [in, out], [out]. */
export function dense(x: Tensor2D, w: Tensor2D, b: Tensor, activation: Rectifier): Tensor2D {
  if (onGpu()) return run("LikenessDense", { b, w, x }, { activation }) as Tensor2D;
  const z = denseOnWasm(x, w, b);
  return activation === "relu" ? relu(z) : activation === "leakyRelu" ? leakyRelu(z, slope) : z;
}

/** x σ(x): S. Elfwing et al., Sigmoid-Weighted Linear Units, 2017. */
export function silu<T extends Tensor>(x: T): T {
  return onGpu() ? (run("LikenessSilu", { x }) as T) : siluOnWasm(x);
}

/** Mean of (a − b)² over everything; shapes must be equal. */
export function meanSquaredError(a: Tensor, b: Tensor): Scalar {
  return (onGpu() ? run("LikenessSquaredError", { a, b }) : mean(square(sub(a, b)))) as Scalar;
}

type Inputs = NamedTensorInfoMap;
type Define = (
  gpu: GpuBackend,
  inputs: Inputs,
  attributes: Record<string, unknown>,
) => TensorInfo | TensorInfo[];

const define = (kernelName: string, kernel: Define): void =>
  registerKernel({
    kernelName,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel(backend as unknown as GpuBackend, inputs as Inputs, (attrs ?? {}) as Record<string, unknown>),
  });

const sizeOf = ({ shape }: TensorInfo): number => shape.reduce((size, length) => size * length, 1);

/** A kernel that works out each number of `out` from the same places of its inputs; `f` is WGSL. */
function elementwise(gpu: GpuBackend, inputs: readonly TensorInfo[], f: string): TensorInfo {
  const out = gpu.makeTensorInfo([...inputs[0]!.shape], "float32");
  const size = sizeOf(out);
  const letters = inputs.map((_, i) => "abcd"[i]!);
  const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
${letters.map((letter, i) => `@group(0) @binding(${i + 1}) var<storage, read> of_${letter}: array<f32>;`).join("\n")}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(size)}
  ${letters.map((letter) => `let ${letter} = of_${letter}[i];`).join("\n  ")}
  out[i] = ${f};
}`;
  runKernel(gpu, { code, tensors: [out, ...inputs], groups: groupsFor(size) });
  return out;
}

/**
 * Sums the columns of dz = dy · (y > 0 ? 1 : `low`), and writes dz where it differs from dy: the gradient of a
 * bias, with that of the activation on the way. 16 columns a workgroup, 16 threads share a column's rows.
 */
function columnSums(gpu: GpuBackend, dy: TensorInfo, y: TensorInfo | undefined, low: number): TensorInfo[] {
  const [rows, columns] = dy.shape as [number, number];
  const db = gpu.makeTensorInfo([columns], "float32");
  const dz = y === undefined ? undefined : gpu.makeTensorInfo([rows, columns], "float32");
  const masked = dz !== undefined;
  const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> db: array<f32>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
${masked ? "@group(0) @binding(2) var<storage, read> y: array<f32>;\n@group(0) @binding(3) var<storage, read_write> dz: array<f32>;" : ""}
var<workgroup> parts: array<array<f32, 16>, 16>;
@compute @workgroup_size(16, 16)
fn main(@builtin(local_invocation_id) at: vec3u, @builtin(workgroup_id) group: vec3u) {
  let column = group.x * 16u + at.x;
  var total = 0.0;
  if (column < ${columns}u) {
    for (var row = at.y; row < ${rows}u; row += 16u) {
      let i = row * ${columns}u + column;
      ${masked ? `let d = select(${low} * dy[i], dy[i], y[i] > 0.0);\n      dz[i] = d;` : "let d = dy[i];"}
      total += d;
    }
  }
  parts[at.y][at.x] = total;
  workgroupBarrier();
  if (at.y == 0u && column < ${columns}u) {
    for (var k = 1u; k < 16u; k++) { total += parts[k][at.x]; }
    db[column] = total;
  }
}`;
  const tensors = masked ? [db, dy, y!, dz] : [db, dy];
  runKernel(gpu, { code, tensors, groups: [Math.ceil(columns / 16)] });
  return masked ? [db, dz] : [db];
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

/**
 * The same values off the tape. A rectifier's derivative does not change with y (but at zero); left on the tape,
 * y would send a backward pass of zeros through the whole net for a gradient penalty.
 */
function detached(y: Tensor2D): Tensor2D {
  engine().backend.incRef(y.dataId);
  return engine().makeTensorFromTensorInfo({ dataId: y.dataId, shape: y.shape, dtype: y.dtype }) as Tensor2D;
}

const rectifierOf = (attributes: object): Rectifier => (attributes as { activation: Rectifier }).activation;
const sigmoidWgsl = "(1.0 / (1.0 + exp(-b)))";

/** Called once, by `tf.ts`. */
export function registerFused(): void {
  define("LikenessDense", (gpu, { x, w, b }, attributes) => {
    const { kernelFunc } = getKernel("_FusedMatMul", "webgpu");
    return kernelFunc({
      inputs: { a: x!, b: w!, bias: b! },
      backend: gpu,
      attrs: {
        transposeA: false,
        transposeB: false,
        activation: names[rectifierOf(attributes)],
        leakyreluAlpha: slope,
      },
    });
  });
  registerGradient({
    kernelName: "LikenessDense",
    inputsToSave: ["x", "w"],
    outputsToSave: [true],
    gradFunc(dy, saved, attributes) {
      const [x, w, y] = saved as [Tensor2D, Tensor2D, Tensor2D];
      const activation = rectifierOf(attributes);
      const given = dy as Tensor2D;
      // dz = dy · activation′, and its column sums come with it. Not within the functions below: what they make
      // is gone when they return.
      const [db, dz] =
        activation === "linear"
          ? [undefined, given]
          : (engine().runKernel(
              "LikenessBiasBack",
              { dy: given, y: detached(y) },
              { activation },
            ) as unknown as [Tensor1D, Tensor2D]);
      return {
        x: () => matMul(dz, w, false, true),
        w: () => matMul(x, dz, true, false),
        b: () => (db === undefined ? run("LikenessColumnSums", { dy: given }) : db.clone()),
      };
    },
  });

  const through = (dy: Tensor2D, y: Tensor2D, activation: Rectifier): Tensor2D =>
    activation === "linear"
      ? dy
      : (run("LikenessRectifierBack", { dy, y: detached(y) }, { activation }) as Tensor2D);
  const constant = (y: Tensor) => (): Tensor => zerosLike(y);
  define("LikenessRectifierBack", (gpu, { dy, y }, attributes) =>
    elementwise(gpu, [dy!, y!], `select(${below[rectifierOf(attributes)]} * a, a, b > 0.0)`),
  );
  registerGradient({
    kernelName: "LikenessRectifierBack",
    inputsToSave: ["y"],
    gradFunc: (g, [y], attributes) => ({
      dy: () => through(g as Tensor2D, y as Tensor2D, rectifierOf(attributes)),
      y: constant(y!),
    }),
  });
  define("LikenessBiasBack", (gpu, { dy, y }, attributes) =>
    columnSums(gpu, dy!, y, below[rectifierOf(attributes)]),
  );
  registerGradient({
    kernelName: "LikenessBiasBack",
    inputsToSave: ["y"],
    gradFunc: (g, [y], attributes) => ({
      dy: () => {
        const [gdb, gdz] = g as unknown as [Tensor1D, Tensor2D];
        // A bias' gradient that nobody used comes as zeros from the host.
        const used = openGpuBackend()?.tensorMap.get(gdb.dataId).resource;
        return through(used ? add(gdz, gdb) : gdz, y as Tensor2D, rectifierOf(attributes));
      },
      y: constant(y!),
    }),
  });
  define("LikenessColumnSums", (gpu, { dy }) => columnSums(gpu, dy!, undefined, 1)[0]!);
  registerGradient({
    kernelName: "LikenessColumnSums",
    inputsToSave: ["dy"],
    gradFunc: (g, [dy]) => ({ dy: () => add(mul(dy!, 0), g as Tensor) }),
  });

  // silu′ = s + x s (1 − s); silu″ = s (1 − s) (2 + x (1 − 2 s)).
  define("LikenessSilu", (gpu, { x }) => elementwise(gpu, [x!], "a / (1.0 + exp(-a))"));
  registerGradient({
    kernelName: "LikenessSilu",
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({ x: () => run("LikenessSiluBack", { dy: dy as Tensor, x: x! }) }),
  });
  define("LikenessSiluBack", (gpu, { dy, x }) =>
    elementwise(gpu, [dy!, x!], `a * ${sigmoidWgsl} * (1.0 + b * (1.0 - ${sigmoidWgsl}))`),
  );
  registerGradient({
    kernelName: "LikenessSiluBack",
    inputsToSave: ["dy", "x"],
    gradFunc: (g, saved) => {
      const [dy, x] = saved as [Tensor, Tensor];
      return {
        dy: () => run("LikenessSiluBack", { dy: g as Tensor, x }),
        x: () => {
          const s = sigmoid(x);
          const second = mul(mul(s, sub(1, s)), add(mul(x, sub(1, mul(s, 2))), 2));
          return mul(mul(g as Tensor, dy), second);
        },
      };
    },
  });

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

/** 2 a b; shapes must be equal. */
export function twice(a: Tensor, b: Tensor): Tensor {
  return onGpu() ? run("LikenessTwice", { a, b }) : mul(a, mul(b, 2));
}
