/** Puts our kernels in place of TensorFlow.js' own on the WASM backend, so that models stay plain tensor code. */
import {
  backend as currentBackend,
  getKernel,
  registerKernel,
  unregisterKernel,
} from "@tensorflow/tfjs-core";
import type { KernelConfig, KernelFunc, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import type { Distribution, PlaceWords } from "../draw.ts";
import { address, kernels } from "./kernels.ts";
import type { Backend, Kernel } from "./kernels.ts";
import { pieceKernels } from "./pieces.ts";
import { sparseKernels } from "./sparseKernels.ts";
import { spanKernels } from "./spanKernels.ts";
import { openProgram } from "./program.ts";
import type { Program } from "./program.ts";

/** By backend: tests open more than one. */
const programs = new WeakMap<object, Program>();
let replaced = false;

/** Call when the WASM backend is the current one. Where our kernels can't run, nothing changes. */
export function installSimd(): void {
  const backend = currentBackend() as unknown as Backend;
  if (programs.has(backend)) return;
  const program = openProgram(backend.wasm);
  if (program === undefined) return;
  programs.set(backend, program);
  if (replaced) return;
  replaced = true;
  for (const [name, kernel] of Object.entries({
    ...kernels,
    ...spanKernels,
    ...sparseKernels,
    ...pieceKernels,
  }))
    replace(name, kernel);
}

function replace(kernelName: string, kernel: Kernel): void {
  /** Absent for what is our own invention (`fused.ts`). */
  const stock = getKernel(kernelName, "wasm") as KernelConfig | undefined;
  const otherwise: KernelFunc =
    stock?.kernelFunc ??
    (() => {
      throw new Error(`${kernelName} has no kernel for this input.`);
    });
  const kernelFunc: KernelFunc = (call) => {
    const backend = call.backend as Backend;
    const program = programs.get(backend);
    if (program === undefined) return otherwise(call);
    const inputs = call.inputs as Record<string, TensorInfo>;
    const attributes = (call.attrs ?? {}) as Record<string, unknown>;
    return kernel({ backend, program, inputs, attributes }) ?? otherwise(call);
  };
  if (stock !== undefined) unregisterKernel(kernelName, "wasm");
  registerKernel({ ...stock, kernelName, backendName: "wasm", kernelFunc });
}

/**
 * Whether the current backend runs our kernels: products with transposes then cost no more than without, and
 * `fused.ts` is fused.
 */
export function hasOurKernels(): boolean {
  return programs.has(currentBackend());
}

export interface AdamStep {
  readonly weights: readonly Tensor[];
  /** One for each weight. */
  readonly gradients: readonly Tensor[];
  /** The unnormalised moments M and V of all weights in their order, flat. */
  readonly first: Tensor;
  readonly second: Tensor;
  readonly beta1: number;
  readonly beta2: number;
  /** θ ← kept · θ - scale · M / (√V + epsilon), the gradient being g · clip + l2 · θ. */
  readonly scale: number;
  readonly epsilon: number;
  readonly clip: number;
  /** By weight. */
  readonly l2: readonly number[];
  readonly kept: readonly number[];
}

/**
 * One step of Adam in one pass over memory, weights and moments in place. False, with nothing done, where our
 * kernels are absent or somebody else holds one of the tensors and must not see it change.
 */
export function adamInPlace(step: AdamStep): boolean {
  const backend = currentBackend() as unknown as Backend;
  const program = programs.get(backend);
  const { weights, gradients, first, second, beta1, beta2, scale, epsilon, clip, l2, kept } = step;
  if (program === undefined || !alone(backend, [...weights, first, second])) return false;
  let [m, v] = [address(backend, first), address(backend, second)];
  weights.forEach((weight, i) => {
    const [w, g] = [address(backend, weight), address(backend, gradients[i]!)];
    program.run.adam(w, g, m, v, weight.size, beta1, beta2, scale, epsilon, clip, l2[i]!, kept[i]!);
    m += 4 * weight.size;
    v += 4 * weight.size;
  });
  return true;
}

/** Random numbers made where they are needed, or undefined where our kernels are absent. */
export function drawRows(
  distribution: Distribution,
  shape: [number, number],
  words: PlaceWords,
): TensorInfo | undefined {
  const backend = currentBackend() as unknown as Backend;
  const program = programs.get(backend);
  if (program === undefined) return undefined;
  const out = backend.makeOutput(shape, "float32");
  program.draw(distribution, address(backend, out), shape[0] * shape[1], words);
  return out;
}

/** The squares of all numbers together, or undefined where our kernels are absent. */
export function sumOfSquares(tensors: readonly Tensor[]): number | undefined {
  const backend = currentBackend() as unknown as Backend;
  const program = programs.get(backend);
  if (program === undefined) return undefined;
  return tensors.reduce(
    (sum, tensor) => sum + program.sumOfSquares(address(backend, tensor), tensor.size),
    0,
  );
}

/** target += share · (sources - target), in place; `target` is flat and holds all sources in order. False as above. */
export function averageInPlace(target: Tensor, sources: readonly Tensor[], share: number): boolean {
  const backend = currentBackend() as unknown as Backend;
  const program = programs.get(backend);
  if (program === undefined || !alone(backend, [target])) return false;
  let at = address(backend, target);
  for (const source of sources) {
    program.run.average(at, address(backend, source), source.size, share);
    at += 4 * source.size;
  }
  return true;
}

const alone = (backend: Backend, tensors: readonly Tensor[]): boolean =>
  tensors.every(({ dataId }) => backend.refCount(dataId) === 1);
