/**
 * A last layer of which only some blocks are asked for, row by row: on WASM the others are not worked out. On a GPU
 * the whole product costs less than sorting that out.
 */
import { add, matMul, mul, registerGradient, sum } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { hasOurKernels } from "../simd/install.ts";
import type { Spans } from "../spans.ts";
import { dense } from "./dense.ts";
import { detached, run, runMany } from "./operation.ts";

/**
 * x w + b, [rows, width of the spans], in the blocks that are asked for. What stands elsewhere is of no use, and no
 * gradient may come from there.
 *
 * @param asked [rows, blocks] of 0 and 1; it is data.
 */
export function spanDense(x: Tensor2D, w: Tensor2D, b: Tensor1D, asked: Tensor2D, spans: Spans): Tensor2D {
  if (!hasOurKernels()) return dense(x, w, b, "linear");
  return run("SpanDense", { x, w, b, asked: detached(asked) }, { spans }) as Tensor2D;
}

/** Called once, by `tf.ts`. */
export function registerSpanDense(): void {
  registerGradient({
    kernelName: "SpanDense",
    inputsToSave: ["x", "w", "asked"],
    gradFunc: (dy, saved, attributes) => {
      const [x, w, asked] = saved as [Tensor2D, Tensor2D, Tensor2D];
      // Not within the functions below: what they make is gone when they return.
      const [dx, dw] = runMany("SpanDenseBack", { x, w, asked, dy: dy as Tensor2D }, attributes);
      return { x: () => dx!.clone(), w: () => dw!.clone(), b: () => sum(dy as Tensor2D, 0) };
    },
  });
  registerGradient({
    kernelName: "SpanDenseBack",
    inputsToSave: ["x", "w", "asked", "dy"],
    gradFunc: (gradients, saved, attributes) => {
      const [x, w, asked, dy] = saved as [Tensor2D, Tensor2D, Tensor2D, Tensor2D];
      const [gx, gw] = gradients as unknown as [Tensor2D, Tensor2D];
      const { spans } = attributes as unknown as { spans: Spans };
      const where = (): Tensor2D => matMul(asked, spans.spread());
      return {
        x: () => matMul(mul(dy, where()) as Tensor2D, gw, false, true) as Tensor,
        w: () => matMul(gx, mul(dy, where()) as Tensor2D, true, false) as Tensor,
        dy: () => mul(add(matMul(gx, w), matMul(x, gw)), where()),
      };
    },
  });
}
