/**
 * A product of two matrices on WebGPU, in tiles, with factors in 16 or 32 bits and sums in 32. TensorFlow.js has no
 * half precision, and for narrow results only its 32 x 32 tile, half of which lies beside a layer of 16 units.
 */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { runKernel } from "../gpu.ts";
import type { GpuBackend } from "../gpu.ts";
import type { Precision } from "../precision.ts";

export interface ProductForm {
  /** Rows and columns of the result, and numbers that are summed for each. */
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  /** The factor lies as [inner, rows], or [columns, inner]. */
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly precision: Precision;
  /** Rows and columns of the result that a workgroup of 64 threads works out. */
  readonly tile: 16 | 32;
  /** Where a factor holds gradients, a power of two that carries them clear of the smallest numbers of 16 bits. */
  readonly scaleA?: number;
  readonly scaleB?: number;
  /** There is a number for each column, to be added. */
  readonly bias?: boolean;
  /** y = z > 0 ? z : below · z. */
  readonly below?: number;
}

/** Below this a side leaves most of a tile empty, and there is nothing to win by half precision. */
const least = 16;
/** Sums longer than this are better split among workgroups, as TensorFlow.js does where a result is small. */
const longest = 2_000;
/** Workgroups in one direction, of any WebGPU device. */
const mostGroups = 65_535;
/** No layer of a net that is called small is wider, so of its results one side is no longer. */
const narrow = 64;
/** Workgroups of 64 threads that keep a large graphics card busy; a result that makes so many needs no smaller tiles. */
const plenty = 256;
/** Up to so many tiles of 32 TensorFlow.js takes a program of 16 x 8 tiles, one number a thread, or splits the sum. */
const few = 8;

const largeTiles = (rows: number, columns: number): number => Math.ceil(rows / 32) * Math.ceil(columns / 32);

/**
 * Narrow results get small tiles, and so four times the workgroups: 512 x 64 is 32 large tiles, less than a graphics card
 * has cores, and 128 small ones. Where there are plenty, large tiles read less, unless half of each would be empty.
 */
function sideOfTile(rows: number, columns: number): 16 | 32 {
  const width = Math.min(rows, columns);
  return width <= least || (width <= narrow && largeTiles(rows, columns) < plenty) ? 16 : 32;
}

/** The tile of the kernel here for a result of that shape; undefined where TensorFlow.js' own products are to be taken. */
export function tileFor(
  precision: Precision,
  rows: number,
  columns: number,
  inner: number,
): 16 | 32 | undefined {
  if (Math.max(rows, columns) > mostGroups * 16) return undefined;
  const tile = sideOfTile(rows, columns);
  // In single precision TensorFlow.js' large tile is as good as the one here.
  if (precision === "single") return tile === 16 && largeTiles(rows, columns) > few ? tile : undefined;
  const worthIt = Math.min(rows, columns, inner) >= least && (inner < longest || rows * columns >= 256 * 256);
  return worthIt ? tile : undefined;
}

/** 64 threads, eight a side; each works out `each` x `each` numbers. */
const side = 8;
/** Numbers of the sum that are in the workgroup's memory at a time. */
const deep = 16;

export function productWgsl(form: ProductForm): string {
  const { rows, columns, inner, transposeA, transposeB, precision, tile } = form;
  const { scaleA = 1, scaleB = 1, bias = false, below = 1 } = form;
  const half = precision === "half";
  const each = tile / side;
  const vectors = tile / each;
  /** One vector of a tile: `each` rows of a, or columns of b, at one place of the sum. Beyond the edges there are zeros. */
  const load = (of: "a" | "b"): string => {
    const length = of === "a" ? rows : columns;
    const scale = of === "a" ? scaleA : scaleB;
    // Whether the numbers of a vector are next to one another.
    const along = of === "a" ? transposeA : !transposeB;
    const parts = Array.from({ length: each }, (_, i) => {
      const at = along ? `k * ${length}u + n + ${i}u` : `(n + ${i}u) * ${inner}u + k`;
      const inside = [
        length % tile === 0 ? "" : `n + ${i}u < ${length}u`,
        inner % deep === 0 ? "" : `k < ${inner}u`,
      ].filter((test) => test !== "");
      return inside.length === 0
        ? `${of}[${at}]`
        : `select(0.0, ${of}[min(${at}, ${length * inner - 1}u)], ${inside.join(" && ")})`;
    }).join(", ");
    const value = `vec${each}f(${parts})${scale === 1 ? "" : ` * ${scale}.0`}`;
    // Without the bounds what is too large for 16 bits would be infinite, and with it the whole step.
    const stored = half
      ? `vec${each}<f16>(clamp(${value}, vec${each}f(-65504.0), vec${each}f(65504.0)))`
      : value;
    return /* wgsl */ `
    for (var i = index; i < ${vectors * deep}u; i += ${side * side}u) {
      let v = ${along ? `i % ${vectors}u` : `i / ${deep}u`};
      let d = ${along ? `i / ${vectors}u` : `i % ${deep}u`};
      let n = ${of}0 + v * ${each}u;
      let k = k0 + d;
      tile_${of}[d][v] = ${stored};
    }`;
  };
  // One vector more than there are keeps the threads that fill a column of it out of one another's memory banks.
  const kept = half ? `vec${each}<f16>` : `vec${each}f`;
  const result = (i: number, j: number): string => {
    const inside = [
      rows % tile === 0 ? "" : `row + ${i}u < ${rows}u`,
      columns % tile === 0 ? "" : `column + ${j}u < ${columns}u`,
    ].filter((test) => test !== "");
    const sum = `sum${i}[${j}]${scaleA * scaleB === 1 ? "" : ` * ${1 / (scaleA * scaleB)}`}`;
    const z = bias ? `${sum} + bias[column + ${j}u]` : sum;
    const y = below === 1 ? `out[at] = ${z};` : `let z = ${z}; out[at] = select(${below} * z, z, z > 0.0);`;
    const write = `let at = (row + ${i}u) * ${columns}u + column + ${j}u; ${y}`;
    return inside.length === 0 ? `{ ${write} }` : `if (${inside.join(" && ")}) { ${write} }`;
  };
  const all = Array.from({ length: each }, (_, i) => i);
  return /* wgsl */ `${half ? "enable f16;" : ""}
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
${bias ? "@group(0) @binding(3) var<storage, read> bias: array<f32>;" : ""}
var<workgroup> tile_a: array<array<${kept}, ${vectors + 1}>, ${deep}>;
var<workgroup> tile_b: array<array<${kept}, ${vectors + 1}>, ${deep}>;
@compute @workgroup_size(${side}, ${side})
fn main(
  @builtin(local_invocation_id) at: vec3u,
  @builtin(local_invocation_index) index: u32,
  @builtin(workgroup_id) group: vec3u,
) {
  let a0 = group.y * ${tile}u;
  let b0 = group.x * ${tile}u;
  ${all.map((i) => `var sum${i} = vec${each}f();`).join(" ")}
  for (var k0 = 0u; k0 < ${inner}u; k0 += ${deep}u) {${load("a")}${load("b")}
    workgroupBarrier();
    for (var d = 0u; d < ${deep}u; d++) {
      let x = vec${each}f(tile_a[d][at.y]);
      let y = vec${each}f(tile_b[d][at.x]);
      ${all.map((i) => `sum${i} = fma(vec${each}f(x[${i}]), y, sum${i});`).join(" ")}
    }
    workgroupBarrier();
  }
  let row = a0 + at.y * ${each}u;
  let column = b0 + at.x * ${each}u;
  ${all.flatMap((i) => all.map((j) => result(i, j))).join("\n  ")}
}`;
}

/** @param tensors a, b, and the bias where there is one. */
export function runProduct(gpu: GpuBackend, form: ProductForm, tensors: readonly TensorInfo[]): TensorInfo {
  const { rows, columns, tile } = form;
  const out = gpu.makeTensorInfo([rows, columns], "float32");
  runKernel(gpu, {
    code: productWgsl(form),
    tensors: [out, ...tensors],
    groups: [Math.ceil(columns / tile), Math.ceil(rows / tile)],
  });
  return out;
}
