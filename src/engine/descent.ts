/** What every form of Adam is and starts from (`optimizer.ts` by operations, `adamKernel.ts` on WebGPU). */
import type { Counter } from "./capture.ts";
import type { Stored } from "./stored.ts";
import { variableGrads, zeros } from "./tf.ts";
import type { Scalar, Tensor, Variable } from "./tf.ts";

export interface Adam extends Stored {
  /** May be changed between steps, recorded ones too. */
  learningRate: number;
  /** Counted on by replays. */
  readonly steps: Counter;
  /** One descent step; returns the loss before it, which the caller disposes. */
  minimize(loss: () => Scalar): Scalar;
  dispose(): void;
}

/** The options with every blank filled in. */
export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** By weight; 0 for those that do not decay. */
  readonly weightDecay: readonly number[];
  readonly l2: readonly number[];
  readonly maxNorm: number;
}

/** What keeps a step finite where no gradient ever was. */
export const epsilon = 1e-8;

/** The loss, and its gradient by each weight. */
export function differentiate(
  loss: () => Scalar,
  weights: readonly Variable[],
): { value: Scalar; gradients: Tensor[] } {
  const { value, grads } = variableGrads(loss, [...weights]);
  return { value, gradients: weights.map((weight) => grads[weight.name] ?? zeros(weight.shape)) };
}
