/**
 * Where the pictures in a row are, and how a convolution's kernel goes over them: what `fused/patches.ts` and the kernels
 * under it are told, worked out once for each layer.
 */
import { tensor1d } from "@tensorflow/tfjs-core";
import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";

/** Square pictures in a row, and the kernel that goes over them. */
export interface PatchShape {
  /** Numbers in a row. */
  readonly width: number;
  /** Where in the row each picture begins; each holds side · side · channels numbers, channels innermost. */
  readonly starts: readonly number[];
  readonly side: number;
  readonly channels: number;
  /** Side of the kernel, and how far it moves from one position to the next. */
  readonly kernel: number;
  readonly stride: number;
}

export interface PatchForm extends PatchShape {
  /** Positions of the kernel along a side: ⌈side / stride⌉, so that none is left out; outside is zero. */
  readonly positions: number;
  /** How far the first position reaches beyond the edge. */
  readonly before: number;
  /** Numbers in a patch: pictures · kernel · kernel · channels, in this order. */
  readonly patch: number;
  /**
   * [3 · pieces]: stretches that lie side by side in a picture and in a patch, for one row: where in the row, where
   * among its patches, how long, in numbers. The same for every row.
   */
  readonly table: Tensor;
  dispose(): void;
}

/** The caller disposes it. */
export function patchForm(shape: PatchShape): PatchForm {
  const { side, kernel, stride, channels, starts } = shape;
  const positions = Math.ceil(side / stride);
  const before = Math.floor(Math.max(0, (positions - 1) * stride + kernel - side) / 2);
  const patch = starts.length * kernel * kernel * channels;
  const pieces: number[] = [];
  for (let y = 0; y < positions; y++)
    for (let x = 0; x < positions; x++)
      starts.forEach((start, picture) => {
        const left = x * stride - before;
        const [from, to] = [Math.max(0, left), Math.min(side, left + kernel)];
        for (let k = 0; k < kernel; k++) {
          const row = y * stride - before + k;
          if (row < 0 || row >= side || from >= to) continue;
          const place = (y * positions + x) * patch + (picture * kernel + k) * kernel * channels;
          pieces.push(
            start + (row * side + from) * channels,
            place + (from - left) * channels,
            (to - from) * channels,
          );
        }
      });
  const table = tensor1d(pieces, "int32");
  return { ...shape, positions, before, patch, table, dispose: () => table.dispose() };
}

/** Of what `patches` and `unpatch` make of `x`. */
export const patchesShape = ({ shape }: TensorInfo, { positions, patch }: PatchForm): [number, number] => [
  shape[0]! * positions * positions,
  patch,
];
export const unpatchShape = ({ shape }: TensorInfo, { positions, width }: PatchForm): [number, number] => [
  shape[0]! / (positions * positions),
  width,
];
