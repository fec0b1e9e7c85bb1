/** A sum's gradient: each number of what came out, back at all places that went into it. */
import { fill, mul, registerGradient, reshape, sum } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { groupsFor, runKernel, threadWgsl } from "../gpu.ts";
import { areFused, define, run, sizeOf } from "./operation.ts";

/** What the kernels are told. */
export interface SpreadForm {
  readonly shape: readonly number[];
  /** Axes that were summed over, ascending: the first ones of the shape, or the last ones. */
  readonly axes: readonly number[];
  readonly times: number;
  /** How many neighbours share a number of dy: those of the last axes; 1 where dy lies there as it is, again and again. */
  readonly run: number;
}

/**
 * `dy`, one number for each place of `shape` without `axes`, at every place of `shape`, times `times`.
 *
 * @param axes ascending, at least one.
 */
export function spread(dy: Tensor, shape: readonly number[], axes: readonly number[], times: number): Tensor {
  const atEnd = axes.every((axis, i) => axis === shape.length - axes.length + i);
  const atStart = axes.every((axis, i) => axis === i);
  if (areFused() && (atEnd || atStart)) {
    const neighbours = atEnd ? axes.reduce((size, axis) => size * shape[axis]!, 1) : 1;
    return run("Spread", { dy }, { shape, axes, times, run: neighbours } satisfies SpreadForm);
  }
  const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return mul(reshape(dy, kept), fill([...shape], times));
}

/** Called once, by `tf.ts`. */
export function registerSpread(): void {
  define("Spread", (gpu, { dy }, attributes) => {
    const { shape, times, run: neighbours } = attributes as unknown as SpreadForm;
    const out = gpu.makeTensorInfo([...shape], "float32");
    const size = sizeOf(out);
    const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(size)}
  out[i] = dy[(i / ${neighbours}u) % ${sizeOf(dy!)}u] * f32(${times});
}`;
    runKernel(gpu, { code, tensors: [out, dy!], groups: groupsFor(size) });
    return out;
  });
  registerGradient({
    kernelName: "Spread",
    inputsToSave: ["dy"],
    gradFunc: (g, [dy], attributes) => {
      const { axes, times } = attributes as unknown as SpreadForm;
      return { dy: () => reshape(mul(sum(g as Tensor, [...axes]), times), dy!.shape) };
    },
  });
}
