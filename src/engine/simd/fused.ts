/**
 * Operations that TensorFlow.js makes of several passes over memory and our
 * WASM kernels of one. Elsewhere they are what they stand for.
 */
import { add, engine, matMul, mul, step, sum, zerosLike } from "@tensorflow/tfjs-core";
import type { GradConfig, Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { hasOurKernels } from "./install.ts";

const run = (name: string, inputs: Record<string, Tensor>, attributes = {}): Tensor =>
  engine().runKernel(name, inputs, attributes) as Tensor;

/** x [rows, in] times w [in, out], plus b [out] in each row. No side may be empty. */
export function dense(x: Tensor2D, w: Tensor2D, b: Tensor): Tensor2D {
  return (hasOurKernels() ? run("Dense", { x, w, b }) : add(matMul(x, w), b)) as Tensor2D;
}

/** dy where x is above zero, α dy elsewhere: the derivative of relu (α = 0) and leakyRelu. */
export function gate(dy: Tensor, x: Tensor, alpha = 0): Tensor {
  return hasOurKernels() ? run("Gate", { dy, x }, { alpha }) : mul(dy, step(x, alpha));
}

/** To be registered with the others, in `gradients.ts`. */
export const fusedGradients: readonly GradConfig[] = [
  {
    kernelName: "Dense",
    inputsToSave: ["x", "w"],
    gradFunc: (gradient, saved) => {
      const [x, w, dy] = [...saved, gradient] as [Tensor, Tensor, Tensor];
      return {
        x: () => matMul(dy, w, false, true),
        w: () => matMul(x, dy, true, false),
        b: () => sum(dy, 0),
      };
    },
  },
  {
    kernelName: "Gate",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attributes) => ({
      dy: () => gate(dy as Tensor, x!, attributes["alpha"] as number),
      x: () => zerosLike(x!),
    }),
  },
];
