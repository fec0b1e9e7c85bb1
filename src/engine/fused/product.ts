/**
 * The products of layers and of their gradients, in the precision that is set (`../precision.ts`) where there is a
 * kernel for them, else TensorFlow.js' own.
 */
import { matMul, registerGradient } from "@tensorflow/tfjs-core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { precision } from "../precision.ts";
import { define, onGpu, run } from "./operation.ts";
import { hasTile, runProduct, tileFor } from "./productKernel.ts";

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
  if (!onGpu() || precision() === "single" || !hasTile(...sidesOf(a, b, attributes)))
    return matMul(a, b, transposeA, transposeB);
  return run("LikenessProduct", { a, b }, attributes) as Tensor2D;
}

/** Rows and columns of the result, and numbers in a sum. */
function sidesOf(
  a: { readonly shape: readonly number[] },
  b: { readonly shape: readonly number[] },
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
    const form = { rows, columns, inner, transposeA, transposeB, precision: "half" as const };
    const scales = gradient === "a" ? { scaleA: scale } : { scaleB: scale };
    return runProduct(gpu, { ...form, ...scales, tile: tileFor(rows, columns) }, [a!, b!]);
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
