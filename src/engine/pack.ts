/**
 * Many small tensors as one flat one and back. Optimizers and averages work on
 * the flat form: ten operations on one vector instead of ten on each weight.
 */
import { concat, reshape, slice } from "./tf.ts";
import type { Tensor, Tensor1D } from "./tf.ts";

/** All values in order, shape [sum of sizes]. */
export function pack(tensors: readonly Tensor[]): Tensor1D {
  const flat = tensors.map((tensor) => reshape(tensor, [tensor.size]) as Tensor1D);
  return flat.length === 1 ? flat[0]! : (concat(flat) as Tensor1D);
}

/** Inverse of `pack`: tensors of the given shapes. */
export function unpack(flat: Tensor1D, shapes: readonly (readonly number[])[]): Tensor[] {
  let start = 0;
  return shapes.map((shape) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const piece = slice(flat, start, size);
    start += size;
    return reshape(piece, [...shape]);
  });
}
