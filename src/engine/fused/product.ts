/**
 * The products of layers and of their gradients, in the precision that is set (`../precision.ts`) where there is a
 * kernel for them, else TensorFlow.js' own; and of all matrices on WebGPU, those whose results want small tiles.
 */
import { getKernel, matMul, registerGradient, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import type { KernelConfig, KernelFunc, Tensor2D, TensorInfo } from "@tensorflow/tfjs-core";
import type { GpuBackend } from "../gpu.ts";
import { precision } from "../precision.ts";
import { define, onGpu, run } from "./operation.ts";
import { runProduct, tileFor } from "./productKernel.ts";

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Which factor holds gradients. */
  readonly gradient: "a" | "b";
  /** See `gradientScale`. */
  readonly scale: number;
}

/**
 * The gradient of a mean over a batch is smaller than of a single row by the number of rows, and 16 bits end at 6e-8:
 * it is rounded with that number, to a power of two, taken out of it, and the sum, which has 32 bits, is put right. So
 * losses need not be scaled, whatever their size.
 */
export const gradientScale = (rows: number): number => 2 ** Math.min(14, Math.round(Math.log2(rows)));

/** a b, either turned first, of matrices of which one holds gradients. */
export function gradientProduct(a: Tensor2D, b: Tensor2D, attributes: Attributes): Tensor2D {
  const { transposeA, transposeB } = attributes;
  const half = onGpu() && precision() === "half";
  if (!half || tileFor("half", ...sidesOf(a, b, attributes)) === undefined)
    return matMul(a, b, transposeA, transposeB);
  return run("LikenessProduct", { a, b }, attributes) as Tensor2D;
}

/** Rows and columns of the result, and numbers in a sum. */
function sidesOf(
  a: Pick<TensorInfo, "shape">,
  b: Pick<TensorInfo, "shape">,
  { transposeA, transposeB }: Pick<Attributes, "transposeA" | "transposeB">,
): [rows: number, columns: number, inner: number] {
  const [first, last] = a.shape as [number, number];
  const columns = b.shape[transposeB ? 0 : 1]!;
  return transposeA ? [last, columns, first] : [first, columns, last];
}

/** Called once, by `tf.ts`. */
export function registerProduct(): void {
  define("LikenessProduct", (gpu, { a, b }, given) => {
    const attributes = given as unknown as Attributes;
    const { transposeA, transposeB, gradient, scale } = attributes;
    const [rows, columns, inner] = sidesOf(a!, b!, attributes);
    const tile = tileFor("half", rows, columns, inner)!;
    const form = { rows, columns, inner, transposeA, transposeB, precision: "half" as const, tile };
    const scales = gradient === "a" ? { scaleA: scale } : { scaleB: scale };
    return runProduct(gpu, { ...form, ...scales }, [a!, b!]);
  });
  registerGradient({
    kernelName: "LikenessProduct",
    inputsToSave: ["a", "b"],
    gradFunc: (dy, saved, given) => {
      const [a, b] = saved as [Tensor2D, Tensor2D];
      const g = dy as Tensor2D;
      const { transposeA, transposeB, scale } = given as unknown as Attributes;
      const times = (
        x: Tensor2D,
        y: Tensor2D,
        turnX: boolean,
        turnY: boolean,
        gradient: "a" | "b",
      ): Tensor2D => gradientProduct(x, y, { transposeA: turnX, transposeB: turnY, gradient, scale });
      return {
        a: () => (transposeA ? times(b, g, transposeB, true, "b") : times(g, b, false, !transposeB, "a")),
        b: () => (transposeB ? times(g, a, true, transposeA, "a") : times(a, g, !transposeA, false, "b")),
      };
    },
  });
}

let installed = false;

/**
 * Has the WebGPU backend multiply in tiles that fit the result (`tileFor`), whoever asks: layers, gradients of gradients
 * and models' own products. Idempotent; once the backend's package, which registers its own, has been loaded.
 */
export function installProduct(): void {
  if (installed) return;
  installed = true;
  const stock = getKernel("BatchMatMul", "webgpu") as KernelConfig;
  const kernelFunc: KernelFunc = (call) => {
    const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
    const turned = call.attrs as unknown as Pick<Attributes, "transposeA" | "transposeB">;
    const matrices = [a, b].every(({ shape, dtype }) => shape.length === 2 && dtype === "float32");
    const [rows, columns, inner] = sidesOf(a, b, turned);
    const tile = matrices ? tileFor("single", rows, columns, inner) : undefined;
    if (tile === undefined) return stock.kernelFunc(call);
    const { transposeA, transposeB } = turned;
    const form = { rows, columns, inner, transposeA, transposeB, precision: "single" as const, tile };
    return runProduct(call.backend as unknown as GpuBackend, form, [a, b]);
  };
  unregisterKernel("BatchMatMul", "webgpu");
  registerKernel({ ...stock, kernelFunc });
}
