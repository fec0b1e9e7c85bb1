/**
 * Between the one-hot blocks of a row and codes, which say by a whole number which place of its block is the
 * chosen one: [rows, blocks].
 */
import { matMul, mul, registerGradient, tidy } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { Spans } from "../spans.ts";
import { areFused, define, run } from "./operation.ts";
import { plainDraw, plainOneHot } from "./plainSpans.ts";
import { runSpanKernel } from "./spanKernel.ts";

/** One-hot blocks [rows, width] from codes, each times its weight [rows, blocks]; 0 at numbers. */
export function spanOneHot(codes: Tensor2D, spans: Spans, weights?: Tensor2D): Tensor2D {
  if (!areFused()) return plainOneHot(codes, spans, weights);
  // What is not there is stood in for by what is: an operation's inputs must all be tensors.
  const inputs = { codes, weights: weights ?? codes, table: spans.table };
  return run("SpanOneHot", inputs, { spans, weighted: weights !== undefined }) as Tensor2D;
}

/**
 * Codes drawn by the logits [rows, width] of their blocks: the first category up to which more than a share u
 * of the block's probability lies; not a number where the logits are none. Has no gradient.
 *
 * @param u [rows, blocks], uniform on [0, 1).
 * @param asked [rows, blocks], 0 where any code will do.
 */
export function spanDraw(logits: Tensor2D, spans: Spans, u: Tensor2D, asked?: Tensor2D): Tensor2D {
  if (!areFused()) return tidy(() => plainDraw(logits, spans, u));
  const inputs = { logits, u, asked: asked ?? u, table: spans.table };
  return run("SpanDraw", inputs, { spans, weighted: asked !== undefined }) as Tensor2D;
}

/** Called once, by `tf.ts`. */
export function registerSpanCodes(): void {
  define("SpanDraw", (gpu, { logits, u }, attributes) => {
    const { spans } = attributes as unknown as { spans: Spans };
    const [rows, blocks] = u!.shape as [number, number];
    const out = gpu.makeTensorInfo([rows, blocks], "float32");
    runSpanKernel(gpu, {
      spans,
      rows,
      numbers: false,
      tensors: { out, logits: logits!, u: u! },
      score: "logits[i]",
      once: /* wgsl */ `
        let share = u[job] * total;
        var reached = 0.0;
        var code = 0u;
        for (; code + 1u < end; code++) {
          reached += exp(scoreAt(first + code) - top);
          if (reached > share) { break; }
        }
        out[job] = select(total, f32(code), total > 0.0);`,
    });
    return out;
  });

  define("SpanOneHot", (gpu, { codes, weights }, attributes) => {
    const { spans, weighted } = attributes as unknown as { spans: Spans; weighted: boolean };
    const rows = codes!.shape[0]!;
    const out = gpu.makeTensorInfo([rows, spans.width], "float32");
    const at = `[row * ${spans.blocks.length}u + block]`;
    runSpanKernel(gpu, {
      spans,
      rows,
      numbers: true,
      tensors: { out, codes: codes!, ...(weighted && { weights: weights! }) },
      place: `out[i] = select(0.0, ${weighted ? `weights${at}` : "1.0"}, k == u32(codes${at} + 0.5));`,
      linear: "out[i] = 0.0;",
      bounded: "out[i] = 0.0;",
    });
    return out;
  });
  registerGradient({
    kernelName: "SpanOneHot",
    inputsToSave: ["codes"],
    gradFunc: (dy, [codes], attributes) => {
      const { spans } = attributes as unknown as { spans: Spans };
      const hot = (): Tensor => spanOneHot(codes as Tensor2D, spans);
      return { weights: () => matMul(mul(dy as Tensor2D, hot()) as Tensor2D, spans.spread(), false, true) };
    },
  });
}
