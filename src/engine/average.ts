/**
 * Exponential moving average of weights: what a model samples with. Training
 * weights jitter around a good place; their average sits in it.
 */
import type { Counter } from "./capture.ts";
import { placeWgsl, sharedBuffer } from "./flat.ts";
import { groupsFor, openGpuBackend, overwrite, runKernel, threadWgsl } from "./gpu.ts";
import { pack, unpack } from "./pack.ts";
import { averageInPlace } from "./simd/install.ts";
import type { Stored } from "./stored.ts";
import { add, keep, mul, sub, tensor1d, tidy } from "./tf.ts";
import type { Tensor, Tensor1D, Variable } from "./tf.ts";

export interface Average extends Stored {
  /** The weights that it follows, in order. */
  readonly follows: readonly Variable[];
  /**
   * Of [0, 1). A recorded step takes up a change, unless it was recorded at 0, when there was nothing to do: from 0 it
   * has to be recorded anew.
   */
  decay: number;
  /** Counted on by replays. */
  readonly steps: Counter;
  /** Call after a step of the weights. */
  update(): void;
  /** The averaged weights, to be used and disposed inside the caller's tidy. */
  weights(): Tensor[];
  /** The same as they are now, whatever is learned meanwhile; the caller disposes them. */
  held(): Tensor[];
  /** The same, one after another, shape [size of all]; the caller disposes it. */
  packed(): Tensor1D;
  /**
   * Gives these from now on, in the order of `packed`, whatever its own weights are: a model that draws rows and learns
   * no more. @throws RangeError where there are more or fewer.
   */
  adopt(values: Float32Array): void;
  dispose(): void;
}

const tickCode = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> state: array<f32>;
@compute @workgroup_size(1) fn main() { state[0] += 1.0; }`;

const updateCode = (size: number, place: string): string => /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> average: array<f32>;
@group(0) @binding(1) var<storage, read> theta: array<f32>;
@group(0) @binding(2) var<storage, read> state: array<f32>;
${place}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(size)}
  let kept = min(state[1], (1.0 + state[0]) / (10.0 + state[0]));
  average[i] += (theta[place(i)] - average[i]) * (1.0 - kept);
}`;

/**
 * @param first the decay: 0 keeps no memory (the weights themselves), 0.999 remembers about a thousand steps. The first
 * steps use less, min(decay, (1 + t) / (10 + t)), so that the start is soon forgotten.
 */
export function average(weights: readonly Variable[], first: number): Average {
  const shapes = weights.map((weight) => weight.shape);
  const size = weights.reduce((sum, weight) => sum + weight.size, 0);
  const copied = (of: readonly Tensor[]): Tensor1D => tidy(() => keep(add(pack(of), 0))) as Tensor1D;
  let flat = copied(weights);
  const steps: Counter = { value: 0 };
  const gpu = openGpuBackend();
  let decay = first;
  /** It was never anything but the weights themselves. */
  let idle = decay === 0;
  /** The count and the decay as the kernel reads them. */
  const state = gpu === undefined ? undefined : tensor1d([0, decay]);
  const replace = (value: Tensor1D): void => {
    flat.dispose();
    flat = value;
  };
  let adopted = false;
  const given = (): Tensor[] => (decay === 0 && !adopted ? [...weights] : unpack(flat, shapes));
  return {
    follows: weights,
    get decay() {
      return decay;
    },
    set decay(value) {
      decay = value;
      if (idle && value > 0) {
        idle = false;
        replace(copied(weights));
      }
      if (gpu !== undefined) overwrite(gpu, state!, new Float32Array([steps.value, value]));
    },
    steps,
    update() {
      steps.value++;
      if (idle) return;
      const theta = gpu === undefined ? undefined : sharedBuffer(gpu, weights);
      if (gpu !== undefined && theta !== undefined) {
        runKernel(gpu, { code: tickCode, tensors: [state!], groups: [1] });
        runKernel(gpu, {
          code: updateCode(size, placeWgsl(gpu, weights)),
          tensors: [flat, theta, state!],
          groups: groupsFor(size),
        });
        return;
      }
      const kept = Math.min(decay, (1 + steps.value) / (10 + steps.value));
      if (averageInPlace(flat, weights, 1 - kept)) return;
      replace(
        tidy(() => keep(add(flat, mul(sub(pack(weights as readonly Tensor[]), flat), 1 - kept)))) as Tensor1D,
      );
    },
    weights: given,
    held: () => tidy(() => given().map((weight) => keep(weight.clone()))),
    packed: () => tidy(() => copied(given())),
    adopt(values) {
      if (values.length !== size)
        throw new RangeError(`${size} weights are needed, and there are ${values.length}.`);
      adopted = true;
      replace(tensor1d(values));
    },
    tensors: () => [flat],
    count: () => steps.value,
    restore(values, count) {
      steps.value = count;
      if (gpu === undefined) {
        replace(tensor1d(values[0]!));
        return;
      }
      overwrite(gpu, flat, values[0]!);
      overwrite(gpu, state!, new Float32Array([count]));
    },
    dispose() {
      flat.dispose();
      state?.dispose();
    },
  };
}
