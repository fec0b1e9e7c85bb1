/**
 * What the kernels over spans stand for, block by block in plain operations: for
 * backends without kernels of ours, and for the tests to hold the kernels to.
 */
import {
  add,
  concat,
  exp,
  log,
  matMul,
  max,
  mul,
  slice,
  softmax,
  step,
  sub,
  abs,
  sum,
  tanh,
  tensor2d,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { Segment, Spans } from "../spans.ts";
import { detached } from "./operation.ts";
import type { SoftmaxForm } from "./spanSoftmax.ts";

const part = <T extends Tensor>(x: T, { start, width }: Segment): Tensor2D =>
  slice(x as unknown as Tensor2D, [0, start], [-1, width]);

/** The parts of a row, in their order. */
const inOrder = (spans: Spans): Segment[] => spans.segments.toSorted((a, b) => a.start - b.start);

/** Sums over each block, back at every place of it; 0 at numbers. */
export const totals = (x: Tensor2D, spans: Spans): Tensor2D =>
  matMul(matMul(x, spans.spread(), false, true), spans.spread());

export function plainSoftmax(
  logits: Tensor2D,
  gumbel: Tensor | undefined,
  { spans, tau, numbers }: SoftmaxForm,
): Tensor2D {
  const pieces = inOrder(spans).map((segment): Tensor2D => {
    const z = part(logits, segment);
    if (segment.kind === "oneHot") {
      const scores = gumbel === undefined ? z : add(z, part(gumbel, segment));
      return softmax(mul(scores, 1 / tau)) as Tensor2D;
    }
    if (numbers === "none") return zerosLike(z);
    return numbers === "tanh" || segment.kind === "bounded" ? tanh(z) : z;
  });
  return pieces.length === 1 ? pieces[0]! : concat(pieces, 1);
}

/** ln Σ eᶻ of each row, [rows, 1]; the largest is taken out and put back, and that is no path for gradients. */
function logTotal(z: Tensor2D): Tensor2D {
  const top = detached(max(z, 1, true));
  return add(log(sum(exp(sub(z, top)), 1, true)), top);
}

/** −Σ t ln p of each block, [rows, blocks]. */
export function plainCrossEntropy(logits: Tensor2D, target: Tensor2D, spans: Spans): Tensor2D {
  const perBlock = spans.blocks.map((block): Tensor2D => {
    const [z, t] = [part(logits, block), part(target, block)];
    return sum(mul(t, sub(logTotal(z), z)), 1, true);
  });
  return perBlock.length === 1 ? perBlock[0]! : concat(perBlock, 1);
}

/** One-hot blocks from codes [rows, blocks], each times its `weight`; 0 at numbers. */
export function plainOneHot(codes: Tensor2D, spans: Spans, weight?: Tensor2D): Tensor2D {
  const places = new Float32Array(spans.width).fill(-1);
  for (const { start, width } of spans.blocks) for (let k = 0; k < width; k++) places[start + k] = k;
  const distance = abs(sub(matMul(codes, spans.spread()), tensor2d(places, [1, spans.width])));
  const hot = step(sub(0.5, distance)) as Tensor2D;
  return weight === undefined ? hot : mul(hot, matMul(weight, spans.spread()));
}

/** By how many categories of a block, but for the last, share u of it is not yet passed. */
export function plainDraw(logits: Tensor2D, spans: Spans, u: Tensor2D): Tensor2D {
  const perBlock = spans.blocks.map((block, b): Tensor2D => {
    const { width } = block;
    if (width === 1) return zerosLike(slice(u, [0, b], [-1, 1]));
    // Column k adds up the probabilities up to and with the k-th.
    const cumulate = tensor2d(
      Float32Array.from({ length: width * (width - 1) }, (_, i) =>
        Math.floor(i / (width - 1)) <= i % (width - 1) ? 1 : 0,
      ),
      [width, width - 1],
    );
    const upTo = matMul(softmax(part(logits, block)) as Tensor2D, cumulate);
    return sum(sub(1, step(sub(upTo, slice(u, [0, b], [-1, 1])))), 1, true);
  });
  return perBlock.length === 1 ? perBlock[0]! : concat(perBlock, 1);
}
