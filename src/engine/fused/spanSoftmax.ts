/**
 * Softmax within each one-hot block of a row, with what generators make of it:
 *
 *   p = softmax((z + g) / τ), g standard Gumbels (E. Jang, S. Gu, B. Poole, Categorical Reparameterization with
 *   Gumbel-Softmax, 2017, https://arxiv.org/abs/1611.01144), numbers through tanh or as they are: the activation
 *   of CTGAN's generator (L. Xu et al., 2019, section 4.3) as one operation.
 *
 * Gradients work p out again from z and g, which come from the clock's stream a second time: nothing is kept,
 * and the second derivative is right, since no output is taken for a constant.
 */
import { add, mul, registerGradient, sub } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, TensorInfo } from "@tensorflow/tfjs-core";
import { drawnWgsl } from "../draw.ts";
import type { TensorRandom } from "../noise.ts";
import type { Spans } from "../spans.ts";
import { areFused, define, run } from "./operation.ts";
import { plainSoftmax, totals } from "./plainSpans.ts";
import { runSpanKernel } from "./spanKernel.ts";

/** What becomes of numbers: nothing (0), what their segment says, or tanh for all. */
export type Emission = "none" | "stated" | "tanh";

/** What the kernels are told beside the tensors. */
export interface SoftmaxForm {
  readonly spans: Spans;
  readonly tau: number;
  readonly numbers: Emission;
  /** What `random` holds: nothing, a clock to work Gumbels out from, or Gumbels. */
  readonly noise: "none" | "clock" | "tensor";
  /** Which tensor of the step's random numbers, where there is a clock. */
  readonly call: number;
}

export interface GumbelOptions {
  /** Temperature τ: towards 0 the draws become one-hot. */
  readonly tau: number;
  readonly noise: TensorRandom;
  readonly numbers?: Emission;
}

/** Probabilities of each block from logits [rows, width]; 0 at numbers. */
export function spanSoftmax(logits: Tensor2D, spans: Spans): Tensor2D {
  return activate(logits, undefined, {
    spans,
    tau: 1,
    numbers: "none",
    noise: "none",
    call: 0,
  });
}

/** A relaxed one-hot draw of each block. */
export function spanGumbelSoftmax(
  logits: Tensor2D,
  spans: Spans,
  { tau, noise, numbers = "none" }: GumbelOptions,
): Tensor2D {
  const source = noise.source("gumbel", logits.shape[0], spans.width);
  const drawn = "clock" in source ? source.clock : source.numbers;
  const form = { spans, tau, numbers };
  return activate(
    logits,
    drawn,
    "clock" in source
      ? { ...form, noise: "clock", call: source.call }
      : { ...form, noise: "tensor", call: 0 },
  );
}

function activate(logits: Tensor2D, random: Tensor | undefined, form: SoftmaxForm): Tensor2D {
  if (!areFused()) return plainSoftmax(logits, random, form);
  // What is not there is stood in for by what is: an operation's inputs must all be tensors.
  const inputs = { logits, random: random ?? form.spans.table, table: form.spans.table };
  return run("SpanSoftmax", inputs, form) as Tensor2D;
}

/** dy through the activation: p (dy − Σ p dy) / τ in blocks. */
const back = (dy: Tensor, logits: Tensor, random: Tensor, form: SoftmaxForm): Tensor =>
  run("SpanSoftmaxBack", { dy, logits, random, table: form.spans.table }, form);

/** The tensors, call and score of a kernel that works p out of logits. */
function scored(form: SoftmaxForm, inputs: Record<string, TensorInfo>): Scored {
  const { random, ...others } = inputs;
  const scale = form.tau === 1 ? "" : ` * f32(${1 / form.tau})`;
  if (form.noise === "none") return { tensors: others, score: `logits[i]${scale}` };
  if (form.noise === "tensor")
    return { tensors: { ...others, gumbel: random! }, score: `(logits[i] + gumbel[i])${scale}` };
  return {
    tensors: { ...others, clock: random! },
    types: { clock: "array<u32>" },
    functions: drawnWgsl("gumbel"),
    call: form.call,
    score: `(logits[i] + drawn(i))${scale}`,
  };
}
interface Scored {
  readonly tensors: Record<string, TensorInfo>;
  readonly types?: Record<string, string>;
  readonly functions?: string;
  readonly call?: number;
  readonly score: string;
}

/** Called once, by `tf.ts`. */
export function registerSpanSoftmax(): void {
  define("SpanSoftmax", (gpu, { logits, random }, attributes) => {
    const form = attributes as unknown as SoftmaxForm;
    const out = gpu.makeTensorInfo([...logits!.shape], "float32");
    runSpanKernel(gpu, {
      ...scored(form, { out, logits: logits!, random: random! }),
      spans: form.spans,
      rows: logits!.shape[0]!,
      numbers: true,
      place: "out[i] = p;",
      ...{
        none: { linear: "out[i] = 0.0;", bounded: "out[i] = 0.0;" },
        stated: { linear: "out[i] = logits[i];", bounded: "out[i] = tanh(logits[i]);" },
        tanh: { linear: "out[i] = tanh(logits[i]);", bounded: "out[i] = tanh(logits[i]);" },
      }[form.numbers],
    });
    return out;
  });
  registerGradient({
    kernelName: "SpanSoftmax",
    inputsToSave: ["logits", "random"],
    gradFunc: (dy, saved, attributes) => {
      const [logits, random] = saved as [Tensor, Tensor];
      return { logits: () => back(dy as Tensor, logits, random, attributes as unknown as SoftmaxForm) };
    },
  });

  define("SpanSoftmaxBack", (gpu, { dy, logits, random }, attributes) => {
    const form = attributes as unknown as SoftmaxForm;
    const out = gpu.makeTensorInfo([...logits!.shape], "float32");
    const through = "let t = tanh(logits[i]); out[i] = dy[i] * (1.0 - t * t);";
    runSpanKernel(gpu, {
      ...scored(form, { out, dy: dy!, logits: logits!, random: random! }),
      spans: form.spans,
      rows: logits!.shape[0]!,
      numbers: true,
      sums: { mean: { of: "dy[i]", weighted: true } },
      place: `out[i] = p * (dy[i] - mean)${form.tau === 1 ? "" : ` * f32(${1 / form.tau})`};`,
      ...{
        none: { linear: "out[i] = 0.0;", bounded: "out[i] = 0.0;" },
        stated: { linear: "out[i] = dy[i];", bounded: through },
        tanh: { linear: through, bounded: through },
      }[form.numbers],
    });
    return out;
  });
  registerGradient({
    kernelName: "SpanSoftmaxBack",
    inputsToSave: ["dy", "logits", "random"],
    gradFunc: (gradient, saved, attributes) => {
      const [dy, logits, random] = saved as [Tensor2D, Tensor2D, Tensor];
      const form = attributes as unknown as SoftmaxForm;
      const g = gradient as Tensor2D;
      return {
        dy: () => back(g, logits, random, form),
        logits() {
          const { spans, tau, numbers } = form;
          const y = activate(logits, form.noise === "none" ? undefined : random, form);
          // The slope of Σ g p (dy − Σ p dy) / τ by p, which goes through p's own slope as dy did.
          const bent = sub(
            mul(g, dy),
            add(mul(g, totals(mul(dy, y), spans)), mul(dy, totals(mul(g, y), spans))),
          );
          let slope = mul(mul(bent, 1 / tau), spans.mask("oneHot"));
          // Of g dy (1 − t²) by t.
          const curved = (kind: "linear" | "bounded"): Tensor =>
            mul(mul(mul(g, dy), mul(y, -2)), spans.mask(kind));
          if (numbers !== "none") slope = add(slope, curved("bounded"));
          if (numbers === "tanh") slope = add(slope, curved("linear"));
          return back(slope, logits, random, form);
        },
      };
    },
  });
}
