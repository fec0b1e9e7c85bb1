/**
 * Our kernels as one WebAssembly module, at work inside the memory of
 * TensorFlow.js' WASM backend: tensors are read and written where they lie.
 */
import { multiplier } from "../draw.ts";
import type { Distribution, PlaceWords } from "../draw.ts";
import { assembler, f32x4 } from "./assembler.ts";
import { defineCopy, defineMaps, definePairs, defineSums, defineUpdates } from "./elementwise.ts";
import type { maps, pairs, slopes } from "./elementwise.ts";
import type { MultiplyAdd } from "./functions.ts";
import { defineNoise } from "./noise.ts";
import { definePieces } from "./pieces.ts";
import { defineRows } from "./rows.ts";
import { defineSpanCodes } from "./spanCodes.ts";
import { defineSpans } from "./spans.ts";
import { defineProduct, productScratch } from "./product.ts";

/** What we need of the Emscripten module that runs the backend. */
export interface Host {
  readonly asm?: { readonly memory?: WebAssembly.Memory };
  _malloc(bytes: number): number;
  /** Its memory as it is now; another view once it has grown. */
  readonly HEAPU8?: Uint8Array;
  _free(address: number): void;
}

/** A matrix in memory: its address, and the bytes from one row and one column to the next. */
export interface Strided {
  readonly address: number;
  readonly row: number;
  readonly column: number;
}

export type MapName = keyof typeof maps;
export type PairName = keyof typeof pairs;
export type SlopeName = keyof typeof slopes;

type Run<Names extends string> = Readonly<Record<Names, (...inputs: number[]) => void>>;

/** The module's own functions, with addresses, counts and strides as `elementwise.ts` describes them. */
export type Exports = Run<
  | MapName
  | SlopeName
  | `${PairName}${"" | "A" | "B"}`
  | "sumDown"
  | "sumAcross"
  | "squares"
  | "adam"
  | "average"
  | "copyRows"
  | "spanSoftmax"
  | "spanBack"
  | "spanEntropy"
  | "spanEntropyBack"
  | "spanOneHot"
  | "spanDraw"
  | "embeddingBag"
  | "embeddingBagBack"
  | "drawUniform"
  | "drawNormal"
  | "drawGumbel"
  | "listRows"
  | "gatherRows"
  | "scatterRows"
  | "addRows"
  | "copyPieces"
  | "addPieces"
  | "product"
>;

export interface Program {
  readonly run: Exports;
  /** Whether products use fused multiply-add, which rounds once. */
  readonly fused: boolean;
  /**
   * Writes A[m, k] B[k, n], plus the `bias` of n numbers in each row, to `c`, where rows lie `row` bytes apart, side
   * by side if it isn't said. All sizes at least 1.
   */
  product(
    a: Strided,
    b: Strided,
    c: number,
    m: number,
    n: number,
    k: number,
    bias?: number,
    row?: number,
  ): void;
  /** Writes `count` random numbers of that place's words (`../draw.ts`). */
  draw(distribution: Distribution, at: number, count: number, words: PlaceWords): void;
  /** Whole numbers as they lie in memory; until memory grows. */
  integers(at: number, count: number): Int32Array;
  /** Floats of a tensor as they lie in memory; until memory grows. */
  floats(at: number, count: number): Float32Array;
  /** Σ x² over `count` floats. */
  sumOfSquares(x: number, count: number): number;
}

/**
 * Undefined where the host's memory can't be had or the engine has no SIMD; the stock kernels then stay.
 * @param kinds with fused multiply-add or without, the best first.
 */
export function openProgram(host: Host, kinds: readonly boolean[] = [true, false]): Program | undefined {
  const memory = host.asm?.memory;
  if (memory === undefined) return undefined;
  const found = compile(kinds);
  if (found === undefined) return undefined;
  const { exports } = new WebAssembly.Instance(found.module, { env: { memory } });
  const run = exports as unknown as Exports;

  let scratch = 0;
  let scratchSize = 0;
  const reserve = (bytes: number): number => {
    if (bytes > scratchSize) {
      if (scratchSize > 0) host._free(scratch);
      scratchSize = 0;
      // In whole steps, so that a few sizes in turn don't move it about.
      const size = Math.ceil(bytes / 65_536) * 65_536;
      // Throws where there is no room (`../room.ts`); beyond 2 GiB it has a sign, which addresses don't.
      scratch = host._malloc(size + line) >>> 0;
      scratchSize = size;
    }
    return Math.ceil(scratch / line) * line;
  };

  return {
    run,
    fused: found.fused,
    product(a, b, c, m, n, k, bias = 0, row = 4 * n) {
      const held = reserve(productScratch(n, k));
      run.product(a.address, a.row, a.column, b.address, b.row, b.column, c, m, n, k, held, bias, row);
    },
    draw(distribution, at, count, { first, call, step, key }) {
      const fill = { uniform: run.drawUniform, normal: run.drawNormal, gumbel: run.drawGumbel }[distribution];
      const whole = count >> 4;
      if (whole > 0) fill(at, whole, first, call, step, key);
      const rest = count & 15;
      if (rest === 0) return;
      const held = reserve(line);
      fill(held, 1, Math.imul(4 * whole, multiplier) + first, call, step, key);
      new Float32Array(memory.buffer, at + 64 * whole, rest).set(new Float32Array(memory.buffer, held, rest));
    },
    integers: (at, count) => new Int32Array(memory.buffer, at, count),
    floats: (at, count) => new Float32Array(memory.buffer, at, count),
    sumOfSquares(x, count) {
      const held = reserve(line);
      run.squares(x, held, count);
      return new Float32Array(memory.buffer, held, 1)[0]!;
    },
  };
}

/** Bytes of a cache line: vectors that straddle two take two loads. */
const line = 64;

const compiled = new Map<boolean, WebAssembly.Module>();

/** The module of the first kind that the engine knows. */
function compile(kinds: readonly boolean[]): { module: WebAssembly.Module; fused: boolean } | undefined {
  for (const fused of kinds) {
    let module = compiled.get(fused);
    if (module === undefined) {
      const bytes = assemble(fused);
      if (!WebAssembly.validate(bytes)) continue;
      module = new WebAssembly.Module(bytes);
      compiled.set(fused, module);
    }
    return { module, fused };
  }
  return undefined;
}

/** The module's bytes; exported for its test. */
export function assemble(fused: boolean): Uint8Array<ArrayBuffer> {
  const to = assembler();
  const multiplyAdd: MultiplyAdd = fused ? f32x4.relaxedMadd : (a, b, c) => f32x4.add(f32x4.mul(a, b), c);
  defineProduct(to, multiplyAdd);
  defineMaps(to, multiplyAdd);
  definePairs(to);
  defineSums(to);
  defineUpdates(to);
  defineCopy(to);
  defineSpans(to, multiplyAdd);
  defineSpanCodes(to);
  defineRows(to);
  definePieces(to);
  defineNoise(to, multiplyAdd);
  return to.module();
}
