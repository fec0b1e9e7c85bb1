/**
 * x σ(x). S. Elfwing, E. Uchibe, K. Doya, Sigmoid-Weighted Linear Units for Neural Network Function
 * Approximation, 2018. https://arxiv.org/abs/1702.03118
 *
 * silu′ = s + x s (1 − s);  silu″ = s (1 − s) (2 + x (1 − 2 s)),  with s = σ(x).
 */
import { add, mul, registerGradient, sigmoid, sub } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { areFused, define, elementwise, run } from "./operation.ts";

export function silu<T extends Tensor>(x: T): T {
  return (areFused() ? run("Silu", { x }) : mul(x, sigmoid(x))) as T;
}

/** dy · silu′(x). Only where `silu` ran as one kernel. */
const slope = (dy: Tensor, x: Tensor): Tensor => run("SiluSlope", { dy, x });

const sigmoidWgsl = "(1.0 / (1.0 + exp(-b)))";

/** Called once, by `tf.ts`. */
export function registerSilu(): void {
  define("Silu", (gpu, { x }) => elementwise(gpu, [x!], "a / (1.0 + exp(-a))"));
  registerGradient({
    kernelName: "Silu",
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({ x: () => slope(dy as Tensor, x!) }),
  });
  define("SiluSlope", (gpu, { dy, x }) =>
    elementwise(gpu, [dy!, x!], `a * ${sigmoidWgsl} * (1.0 + b * (1.0 - ${sigmoidWgsl}))`),
  );
  registerGradient({
    kernelName: "SiluSlope",
    inputsToSave: ["dy", "x"],
    gradFunc: (g, saved) => {
      const [dy, x] = saved as [Tensor, Tensor];
      return {
        dy: () => slope(g as Tensor, x),
        x: () => {
          const s = sigmoid(x);
          const curvature = mul(mul(s, sub(1, s)), add(mul(x, sub(1, mul(s, 2))), 2));
          return mul(mul(g as Tensor, dy), curvature);
        },
      };
    },
  });
}
