/**
 * A layer in one dispatch on WebGPU, with its activation; on WASM in one pass and the activation's.
 */
import { getKernel, registerGradient } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor1D, Tensor2D, TensorInfo } from "@tensorflow/tfjs-core";
import { add, leakyRelu, mul, relu, sum, zerosLike } from "@tensorflow/tfjs-core";
import { openGpuBackend, runKernel } from "../gpu.ts";
import type { GpuBackend } from "../gpu.ts";
import { dense as denseOnWasm } from "../simd/fused.ts";
import { precision } from "../precision.ts";
import { define, detached, elementwise, onGpu, run, runMany } from "./operation.ts";
import { gradientProduct, gradientScale } from "./product.ts";
import { runProduct, tileFor } from "./productKernel.ts";

/** Activations whose derivative is a constant on either side of zero, and can be told from the output. */
export type Rectifier = "linear" | "relu" | "leakyRelu";

const slope = 0.2;
const below: Record<Rectifier, number> = { linear: 1, relu: 0, leakyRelu: slope };
const names: Record<Rectifier, string> = { linear: "linear", relu: "relu", leakyRelu: "leakyrelu" };

/** activation(x W + b), shapes [rows, in], [in, out], [out]. */
export function dense(x: Tensor2D, w: Tensor2D, b: Tensor, activation: Rectifier): Tensor2D {
  if (onGpu()) return run("LikenessDense", { b, w, x }, { activation }) as Tensor2D;
  const z = denseOnWasm(x, w, b);
  return activation === "relu" ? relu(z) : activation === "leakyRelu" ? leakyRelu(z, slope) : z;
}

/**
 * Sums the columns of dz = dy · (y > 0 ? 1 : `low`), and writes dz where it differs from dy: the gradient of a
 * bias, with that of the activation on the way. 16 columns a workgroup, 16 threads share a column's rows.
 */
function runColumnSums(
  gpu: GpuBackend,
  dy: TensorInfo,
  y: TensorInfo | undefined,
  low: number,
): TensorInfo[] {
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

/** Of a bias' gradient: TensorFlow.js would turn the matrix first. */
export const columnSums = (dy: Tensor2D): Tensor =>
  onGpu() ? run("LikenessColumnSums", { dy }) : sum(dy, 0);

const rectifierOf = (attributes: object): Rectifier => (attributes as { activation: Rectifier }).activation;

/** Called once, by `tf.ts`. */
export function registerDense(): void {
  define("LikenessDense", (gpu, { x, w, b }, attributes) => {
    const [rows, inner] = x!.shape as [number, number];
    const columns = w!.shape[1]!;
    const tile = tileFor(precision(), rows, columns, inner);
    if (tile !== undefined) {
      const form = { rows, columns, inner, transposeA: false, transposeB: false, tile };
      const more = { precision: precision(), bias: true, below: below[rectifierOf(attributes)] };
      return runProduct(gpu, { ...form, ...more }, [x!, w!, b!]);
    }
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
          : (runMany("LikenessBiasBack", { dy: given, y: detached(y) }, { activation }) as [
              Tensor1D,
              Tensor2D,
            ]);
      const scale = gradientScale(x.shape[0]);
      return {
        x: () => gradientProduct(dz, w, { transposeA: false, transposeB: true, gradient: "a", scale }),
        w: () => gradientProduct(x, dz, { transposeA: true, transposeB: false, gradient: "b", scale }),
        b: () => (db === undefined ? columnSums(given) : db.clone()),
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
    runColumnSums(gpu, dy!, y, below[rectifierOf(attributes)]),
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
  define("LikenessColumnSums", (gpu, { dy }) => runColumnSums(gpu, dy!, undefined, 1)[0]!);
  registerGradient({
    kernelName: "LikenessColumnSums",
    inputsToSave: ["dy"],
    gradFunc: (g, [dy]) => ({ dy: () => add(mul(dy!, 0), g as Tensor) }),
  });
}
