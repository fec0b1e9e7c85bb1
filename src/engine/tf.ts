/**
 * The one door to TensorFlow.js. Importing the core package alone brings
 * neither gradients nor chained methods; both are registered here, and the
 * gradients that it gets wrong are mended, before any model sees a tensor.
 */
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import { registerDense } from "./fused/dense.ts";
import { registerEmbeddingBag } from "./fused/embeddingBag.ts";
import { registerNoised } from "./fused/noised.ts";
import { registerPatches } from "./fused/patches.ts";
import { registerProduct } from "./fused/product.ts";
import { registerSilu } from "./fused/silu.ts";
import { registerSpanCodes } from "./fused/spanCodes.ts";
import { registerSpanCrossEntropy } from "./fused/spanCrossEntropy.ts";
import { registerSpanDense } from "./fused/spanDense.ts";
import { registerSpanSoftmax } from "./fused/spanSoftmax.ts";
import { registerSpread } from "./fused/spread.ts";
import { registerSquares } from "./fused/squares.ts";
import { mendGradients } from "./gradients.ts";

mendGradients();
registerDense();
registerProduct();
registerSilu();
registerSpread();
registerSquares();
registerSpanSoftmax();
registerSpanCrossEntropy();
registerSpanCodes();
registerEmbeddingBag();
registerNoised();
registerSpanDense();
registerPatches();

export {
  abs,
  add,
  clipByValue,
  clone,
  concat,
  cos,
  div,
  exp,
  fill,
  floor,
  grad,
  keep,
  leakyRelu,
  log,
  matMul,
  maximum,
  mean,
  memory as tensorMemory,
  mul,
  neg,
  relu,
  reshape,
  scalar,
  sigmoid,
  sin,
  slice,
  softplus,
  split,
  sqrt,
  square,
  step,
  stack,
  sub,
  sum,
  tanh,
  tensor1d,
  tensor2d,
  tidy,
  variable,
  variableGrads,
  zeros,
} from "@tensorflow/tfjs-core";
export type { Scalar, Tensor, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs-core";

import { engine } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, TensorInfo } from "@tensorflow/tfjs-core";

/** Gives a kernel's result to TensorFlow.js, whose tidy then knows of it. */
export function tensorFrom(info: TensorInfo): Tensor {
  return engine().makeTensorFromTensorInfo(info);
}

/** A batch of encoded rows, shape [rows, width]. */
export type Rows = Tensor2D;
