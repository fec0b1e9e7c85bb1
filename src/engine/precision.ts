/**
 * In which precision the products of layers are worked out. Mixed precision: P. Micikevicius et al., Mixed Precision
 * Training, 2018. https://arxiv.org/abs/1710.03740
 *
 * "half" means that a product's factors are rounded to 16 bits on their way into a workgroup's memory, which then holds
 * twice as many. All else stays in 32: weights (there is no other copy of them), moments, what comes out of a layer, and
 * every sum. So a step that is too small for 16 bits is not lost on a weight, and nothing has to be cast between kernels.
 *
 * It is a matter of what is being done, not of the device: a training step sets it for as long as it runs, and rows are
 * drawn in full precision.
 */
import { openGpuBackend } from "./gpu.ts";

export type Precision = "single" | "half";

let present: Precision = "single";

/** Of the products that are being ordered now. */
export const precision = (): Precision => present;

/** Orders what `work` orders in that precision. Not for work that goes on later: it must be done when it returns. */
export function inPrecision<T>(wanted: Precision, work: () => T): T {
  const before = present;
  present = wanted;
  try {
    return work();
  } finally {
    present = before;
  }
}

/** Whether the open backend is a device that computes with 16 bits, a software one included. */
export const offersHalf = (): boolean => openGpuBackend()?.device.features.has("shader-f16") ?? false;
