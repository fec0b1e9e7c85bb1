/**
 * Cross-entropy of each one-hot block of a row: w (T ln Σ eᶻ − Σ t z), T = Σ t, which is −w ln p at the true
 * category where t is one-hot. One kernel each way; its gradient by z is w dy (T p − t).
 */
import { matMul, mul, registerGradient, sub } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, TensorInfo } from "@tensorflow/tfjs-core";
import type { Spans } from "../spans.ts";
import { areFused, define, detached, run } from "./operation.ts";
import { plainCrossEntropy, plainOneHot } from "./plainSpans.ts";
import { runSpanKernel } from "./spanKernel.ts";
import type { SpanKernel } from "./spanKernel.ts";
import { spanSoftmax } from "./spanSoftmax.ts";

/** What the kernels are told beside the tensors. */
export interface EntropyForm {
  readonly spans: Spans;
  /** Whether `target` holds codes. */
  readonly codes: boolean;
  readonly weighted: boolean;
}

/**
 * [rows, blocks], from logits [rows, width]. Reduce it as the loss wants: numbers have no part in it.
 *
 * @param target probabilities [rows, width], or [rows, blocks] of which place of its block is the true one. It
 * is data: no gradient flows to it.
 * @param weights [rows, blocks], 0 where a block is not asked for.
 */
export function spanCrossEntropy(
  logits: Tensor2D,
  target: Tensor2D,
  spans: Spans,
  weights?: Tensor2D,
): Tensor2D {
  const form: EntropyForm = {
    spans,
    codes: target.shape[1] !== spans.width,
    weighted: weights !== undefined,
  };
  if (!areFused()) {
    const entropy = plainCrossEntropy(logits, oneHotTarget(detached(target), form), spans);
    return weights === undefined ? entropy : mul(entropy, weights);
  }
  return run("SpanCrossEntropy", inputsOf(logits, target, weights, form), form) as Tensor2D;
}

const oneHotTarget = (target: Tensor2D, { codes, spans }: EntropyForm): Tensor2D =>
  codes ? plainOneHot(target, spans) : target;

/** Weights that are not there are stood in for: an operation's inputs must all be tensors. */
const inputsOf = (
  logits: Tensor2D,
  target: Tensor2D,
  weights: Tensor2D | undefined,
  { spans }: EntropyForm,
): Record<string, Tensor> => ({
  logits,
  target: detached(target),
  weights: weights ?? spans.table,
  table: spans.table,
});

/** What both directions tell their kernel. */
function kernelOf(
  { spans, codes, weighted }: EntropyForm,
  out: TensorInfo,
  inputs: Record<string, TensorInfo | undefined>,
): Pick<SpanKernel, "spans" | "rows" | "tensors" | "score"> & { target: string; weight: string } {
  const { logits, target, dy, weights } = inputs;
  const at = `[row * ${spans.blocks.length}u + block]`;
  return {
    spans,
    rows: logits!.shape[0]!,
    tensors: {
      out,
      logits: logits!,
      truth: target!,
      ...(dy !== undefined && { dy }),
      ...(weighted && { weights: weights! }),
    },
    score: "logits[i]",
    target: codes ? `select(0.0, 1.0, k == u32(truth${at} + 0.5))` : "truth[i]",
    weight: weighted ? `weights${at}` : "1.0",
  };
}

/** Called once, by `tf.ts`. */
export function registerSpanCrossEntropy(): void {
  define("SpanCrossEntropy", (gpu, inputs, attributes) => {
    const form = attributes as unknown as EntropyForm;
    const out = gpu.makeTensorInfo([inputs["logits"]!.shape[0]!, form.spans.blocks.length], "float32");
    const { target, weight, ...kernel } = kernelOf(form, out, inputs);
    runSpanKernel(gpu, {
      ...kernel,
      numbers: false,
      sums: {
        mass: { of: target, weighted: false },
        along: { of: `${target} * s`, weighted: false },
      },
      once: `out[job] = ${weight} * (mass * logTotal - along);`,
    });
    return out;
  });
  define("SpanCrossEntropyBack", (gpu, inputs, attributes) => {
    const form = attributes as unknown as EntropyForm;
    const out = gpu.makeTensorInfo([...inputs["logits"]!.shape], "float32");
    const { target, weight, ...kernel } = kernelOf(form, out, inputs);
    runSpanKernel(gpu, {
      ...kernel,
      numbers: true,
      sums: { mass: { of: target, weighted: false } },
      place: `out[i] = ${weight} * dy[row * ${form.spans.blocks.length}u + block] * (mass * p - ${target});`,
      linear: "out[i] = 0.0;",
      bounded: "out[i] = 0.0;",
    });
    return out;
  });
  registerGradient({
    kernelName: "SpanCrossEntropy",
    inputsToSave: ["logits", "target", "weights"],
    gradFunc: (gradient, saved, attributes) => {
      const form = attributes as unknown as EntropyForm;
      const [logits, target, weights] = saved as [Tensor2D, Tensor2D, Tensor2D];
      const dy = gradient as Tensor2D;
      return {
        logits: () => run("SpanCrossEntropyBack", { ...inputsOf(logits, target, weights, form), dy }, form),
        weights: () => mul(dy, spanCrossEntropy(logits, target, form.spans)),
      };
    },
  });
  registerGradient({
    kernelName: "SpanCrossEntropyBack",
    inputsToSave: ["logits", "target", "weights", "dy"],
    gradFunc: (gradient, saved, attributes) => {
      const form = attributes as unknown as EntropyForm;
      const { spans } = form;
      const [logits, given, weights, dy] = saved as [Tensor2D, Tensor2D, Tensor2D, Tensor2D];
      const g = gradient as Tensor2D;
      const target = oneHotTarget(given, form);
      /** Sums over each block, [rows, blocks]. */
      const within = (x: Tensor): Tensor2D => matMul(x as Tensor2D, spans.spread(), false, true);
      const mass = within(target);
      const weigh = (x: Tensor2D): Tensor2D => (form.weighted ? mul(x, weights) : x);
      /** Σ g (T p − t) of each block. */
      const along = (): Tensor2D =>
        sub(mul(mass, within(mul(g, spanSoftmax(logits, spans)))), within(mul(g, target)));
      return {
        dy: () => weigh(along()),
        weights: () => mul(dy, along()),
        logits() {
          const p = spanSoftmax(logits, spans);
          const mean = matMul(within(mul(g, p)), spans.spread());
          return mul(mul(p, sub(g, mean)), matMul(mul(weigh(dy), mass), spans.spread()));
        },
      };
    },
  });
}
