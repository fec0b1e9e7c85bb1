/** What a checkpoint keeps and brings back: some tensors and a count of steps. */
import { forgetHostCopy } from "./gpu.ts";
import { clone, keep } from "./tf.ts";
import type { Tensor } from "./tf.ts";

export interface Stored {
  tensors(): readonly Tensor[];
  count(): number;
  /** Takes values in the order of `tensors()`. */
  restore(values: readonly Float32Array[], count: number): void;
}

/** Values on the host. Never synchronous: on WebGPU a synchronous read can take the GPU process down. */
export async function readValues(tensor: Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  forgetHostCopy(tensor);
  return values;
}

/** Reads several tensors as they are now, though training goes on meanwhile. */
export async function readAll(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  const held = tensors.map((tensor) => keep(clone(tensor)));
  try {
    return (await Promise.all(held.map(readValues))).map((values) => values.slice());
  } finally {
    for (const tensor of held) tensor.dispose();
  }
}
