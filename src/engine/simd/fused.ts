/**
 * Operations that TensorFlow.js makes of several passes over memory and our
 * WASM kernels of one. Elsewhere they are what they stand for.
 */
import { add, engine, matMul, mul, sigmoid, step, sub, sum, zerosLike } from "@tensorflow/tfjs-core";
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

/** x σ(x). S. Elfwing, E. Uchibe, K. Doya, 2018. https://arxiv.org/abs/1702.03118 */
export function silu<T extends Tensor>(x: T): T {
  return (hasOurKernels() ? run("Silu", { x }) : mul(x, sigmoid(x))) as T;
}

/** dy · d silu(x) / dx. Only where `silu` ran as one kernel. */
const siluSlope = (dy: Tensor, x: Tensor): Tensor => run("SiluSlope", { dy, x });

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
  {
    kernelName: "Silu",
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({ x: () => siluSlope(dy as Tensor, x!) }),
  },
  {
    kernelName: "SiluSlope",
    inputsToSave: ["dy", "x"],
    gradFunc: (ddy, saved) => {
      const [dy, x] = saved as [Tensor, Tensor];
      return {
        dy: () => siluSlope(ddy as Tensor, x),
        x: () => {
          const s = sigmoid(x); // silu'' = s (1 - s) (2 + x (1 - 2s))
          const curvature = mul(mul(s, sub(1, s)), add(2, mul(x, sub(1, mul(2, s)))));
          return mul(mul(ddy as Tensor, dy), curvature);
        },
      };
    },
  },
];
