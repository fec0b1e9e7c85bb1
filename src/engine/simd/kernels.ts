/**
 * Our kernels under the names and with the attributes of TensorFlow.js' own.
 * Each takes the shapes that it is made for and leaves every other to the
 * kernel that was there before.
 */
import { backend_util, slice_util } from "@tensorflow/tfjs-core";
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import type { SpreadForm } from "../fused/spread.ts";
import { maps, pairs, slopes } from "./elementwise.ts";
import type { Host, MapName, PairName, Program, SlopeName, Strided } from "./program.ts";

/** What kernels use of the WASM backend. */
export interface Backend {
  readonly wasm: Host;
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: DataType): TensorInfo;
  incRef(dataId: object): void;
  refCount(dataId: object): number;
  disposeData(dataId: object): boolean;
}

export interface Call {
  readonly backend: Backend;
  readonly program: Program;
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Undefined for what is left to the stock kernel. */
export type Kernel = (call: Call) => TensorInfo | TensorInfo[] | undefined;

export const address = (backend: Backend, { dataId }: TensorInfo): number =>
  backend.dataIdMap.get(dataId).memoryOffset;

/** Elements of a shape, or of the axes from `start` up to but not including `end`. */
function sizeOf(shape: readonly number[], start = 0, end = shape.length): number {
  let size = 1;
  for (let axis = start; axis < end; axis++) size *= shape[axis]!;
  return size;
}

const isFloat = ({ dtype }: TensorInfo): boolean => dtype === "float32";
/** Of four bytes an element, which is all that copying needs to know. */
const isWord = ({ dtype }: TensorInfo): boolean => dtype === "float32" || dtype === "int32";

/** The same values under another name: tensors never change, so there is nothing to copy. */
function share({ backend, inputs, attributes }: Call): TensorInfo | undefined {
  const x = inputs["x"]!;
  const { dtype = x.dtype } = attributes as { dtype?: DataType };
  if (dtype !== x.dtype || dtype === "string") return undefined;
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype };
}

/** A row-major matrix of `columns` columns, or its transpose. */
const strided = (at: number, columns: number, transposed: boolean): Strided =>
  transposed ? { address: at, row: 4, column: 4 * columns } : { address: at, row: 4 * columns, column: 4 };

function product({ backend, program, inputs, attributes }: Call): TensorInfo | undefined {
  const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
  if (!isFloat(a) || !isFloat(b)) return undefined;
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number];
  // A batch of one only: the models have no other.
  if (sizeOf(a.shape) !== rowsA * columnsA || sizeOf(b.shape) !== rowsB * columnsB) return undefined;
  const transposeA = attributes["transposeA"] === true;
  const transposeB = attributes["transposeB"] === true;
  const m = transposeA ? columnsA : rowsA;
  const k = transposeA ? rowsA : columnsA;
  const n = transposeB ? rowsB : columnsB;
  if (m * n * k === 0 || k !== (transposeB ? columnsB : rowsB)) return undefined;
  const ones = new Array<number>(Math.max(a.shape.length, b.shape.length) - 2).fill(1);
  const out = backend.makeOutput([...ones, m, n], "float32");
  program.product(
    strided(address(backend, a), columnsA, transposeA),
    strided(address(backend, b), columnsB, transposeB),
    address(backend, out),
    m,
    n,
    k,
  );
  return out;
}

/** x [rows, in] times w [in, out], plus b [out] in each row. */
function dense({ backend, program, inputs }: Call): TensorInfo {
  const { x, w, b } = inputs as { x: TensorInfo; w: TensorInfo; b: TensorInfo };
  const [m, k] = x.shape as [number, number];
  const n = w.shape[1]!;
  const out = backend.makeOutput([m, n], "float32");
  program.product(
    strided(address(backend, x), k, false),
    strided(address(backend, w), n, false),
    address(backend, out),
    m,
    n,
    k,
    address(backend, b),
  );
  return out;
}

const map =
  (name: MapName): Kernel =>
  ({ backend, program, inputs, attributes }) => {
    const x = inputs["x"]!;
    if (!isFloat(x)) return undefined;
    const out = backend.makeOutput(x.shape, "float32");
    const { alpha = 0 } = attributes as { alpha?: number };
    program.run[name](address(backend, x), address(backend, out), sizeOf(x.shape), alpha);
    return out;
  };

const slope =
  (name: SlopeName): Kernel =>
  ({ backend, program, inputs, attributes }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const out = backend.makeOutput(x.shape, "float32");
    const { alpha = 0 } = attributes as { alpha?: number };
    const [at, gradient, target] = [x, dy, out].map((tensor) => address(backend, tensor)) as [number, number, number]; // prettier-ignore
    program.run[name](at, gradient, target, sizeOf(x.shape), alpha);
    return out;
  };

/** How an operand lies in the rows and columns of a result that it is broadcast to. */
interface Operand {
  /** Bytes from one row to the next. */
  readonly row: number;
  /** One float a row, for all its columns. */
  readonly single: boolean;
}

function operand(shape: readonly number[], rows: number, columns: number): Operand {
  const own = shape.at(-1) ?? 1;
  const ownRows = sizeOf(shape, 0, Math.max(0, shape.length - 1));
  return { row: ownRows === 1 && rows > 1 ? 0 : 4 * own, single: own === 1 && columns > 1 };
}

/** The shape that two operands have together, or undefined where they have none or it is no matrix. */
function together(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 1; axis <= rank; axis++) {
    const [inA, inB] = [a.at(-axis) ?? 1, b.at(-axis) ?? 1];
    if (inA !== inB && inA !== 1 && inB !== 1) return undefined;
    shape.unshift(inA === 1 ? inB : inA);
  }
  return shape;
}

const pair =
  (name: PairName): Kernel =>
  ({ backend, program, inputs }) => {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    if (!isFloat(a) || !isFloat(b)) return undefined;
    const shape = together(a.shape, b.shape);
    if (shape === undefined) return undefined;
    const size = sizeOf(shape);
    const [sizeA, sizeB] = [sizeOf(a.shape), sizeOf(b.shape)];
    // Whole against whole or against one number is one long row; what else is a matrix goes row by row.
    const flat = (sizeA === size || sizeA === 1) && (sizeB === size || sizeB === 1);
    if (!flat && shape.length !== 2) return undefined;
    const [rows, columns] = flat ? [1, size] : (shape as [number, number]);
    const left = flat ? { row: 0, single: sizeA === 1 && size > 1 } : operand(a.shape, rows, columns);
    const right = flat ? { row: 0, single: sizeB === 1 && size > 1 } : operand(b.shape, rows, columns);
    if (left.single && right.single) return undefined;
    const out = backend.makeOutput(shape, "float32");
    program.run[`${name}${left.single ? "A" : right.single ? "B" : ""}`](
      address(backend, a),
      left.row,
      address(backend, b),
      right.row,
      address(backend, out),
      rows,
      columns,
    );
    return out;
  };

/** Sums, or means, over the first axes or the last ones. */
const sum =
  (mean: boolean): Kernel =>
  ({ backend, program, inputs, attributes }) => {
    const x = inputs["x"]!;
    const { shape } = x;
    const rank = shape.length;
    if (!isFloat(x)) return undefined;
    const { axis, keepDims } = attributes as { axis?: number | number[] | null; keepDims?: boolean };
    const axes = new Set((axis === undefined || axis === null ? shape.map((_, i) => i) : [axis].flat()).map((a) => (a + rank) % rank)); // prettier-ignore
    const reduced = [...shape.keys()].filter((i) => axes.has(i));
    const across = reduced.every((a, i) => a === rank - reduced.length + i);
    const down = reduced.every((a, i) => a === i);
    if (reduced.length === 0 || (!across && !down)) return undefined;
    const kept = keepDims === true ? shape.map((length, i) => (axes.has(i) ? 1 : length)) : shape.filter((_, i) => !axes.has(i)); // prettier-ignore
    const out = backend.makeOutput(kept, "float32");
    const rest = sizeOf(kept);
    const over = reduced.reduce((size, a) => size * shape[a]!, 1);
    const scale = mean ? 1 / over : 1;
    const [from, target] = [address(backend, x), address(backend, out)];
    if (across || rest === 1) program.run.sumAcross(from, target, rest, over, scale);
    else program.run.sumDown(from, target, over, rest, scale);
    return out;
  };

/** A number for all places that it was summed from, or a row of them. */
function spread({ backend, program, inputs, attributes }: Call): TensorInfo {
  const { shape, times, run } = attributes as unknown as SpreadForm;
  const dy = inputs["dy"]!;
  const out = backend.makeOutput(shape, "float32");
  const [size, own] = [sizeOf(shape), sizeOf(dy.shape)];
  const from = program.floats(address(backend, dy), own);
  const target = program.floats(address(backend, out), size);
  if (run > 1) for (let i = 0; i < own; i++) target.fill(from[i]! * times, i * run, (i + 1) * run);
  else {
    for (let i = 0; i < own; i++) target[i] = from[i]! * times;
    for (let at = own; at < size; at += own) target.copyWithin(at, 0, own);
  }
  return out;
}

/**
 * Along one axis a tensor is rows of stretches: the positions before the axis count the rows, and `start` and
 * `length` on the axis mark a stretch in each.
 */
function stretch(shape: readonly number[], axis: number): { rows: number; unit: number; row: number } {
  const unit = 4 * sizeOf(shape, axis + 1);
  return { rows: sizeOf(shape, 0, axis), unit, row: unit * shape[axis]! };
}

function cut(call: Call, x: TensorInfo, axis: number, start: number, length: number): TensorInfo {
  const { backend, program } = call;
  const { rows, unit, row } = stretch(x.shape, axis);
  const out = backend.makeOutput(x.shape.with(axis, length), x.dtype);
  const bytes = unit * length;
  program.run.copyRows(address(backend, x) + start * unit, row, address(backend, out), bytes, bytes, rows);
  return out;
}

function slice(call: Call): TensorInfo | undefined {
  const x = call.inputs["x"]!;
  if (!isWord(x)) return undefined;
  const { begin, size } = call.attributes as { begin: number | number[]; size: number | number[] };
  const [starts, lengths] = slice_util.parseSliceParams(x as never, begin, size) as [number[], number[]];
  const axes = [...x.shape.keys()].filter((i) => lengths[i] !== x.shape[i]);
  if (axes.length > 1 || x.shape.length === 0) return undefined;
  const axis = axes[0] ?? 0;
  return cut(call, x, axis, starts[axis]!, lengths[axis]!);
}

function split(call: Call): TensorInfo[] | undefined {
  const x = call.inputs["x"]!;
  if (!isWord(x)) return undefined;
  const { numOrSizeSplits, axis } = call.attributes as { numOrSizeSplits: number | number[]; axis: number };
  const along = (axis + x.shape.length) % x.shape.length;
  let start = 0;
  return backend_util.prepareSplitSize(x as never, numOrSizeSplits, along).map((length) => {
    const piece = cut(call, x, along, start, length);
    start += length;
    return piece;
  });
}

function concat({ backend, program, inputs, attributes }: Call): TensorInfo | undefined {
  const pieces = Object.values(inputs);
  const like = pieces[0]!;
  const rank = like.shape.length;
  if (!isWord(like) || rank === 0 || pieces.some(({ dtype }) => dtype !== like.dtype)) return undefined;
  const axis = ((attributes["axis"] as number) + rank) % rank;
  const length = pieces.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const out = backend.makeOutput(like.shape.with(axis, length), like.dtype);
  const { rows, unit, row } = stretch(out.shape, axis);
  let at = address(backend, out);
  for (const piece of pieces) {
    const bytes = unit * piece.shape[axis]!;
    program.run.copyRows(address(backend, piece), bytes, at, row, bytes, rows);
    at += bytes;
  }
  return out;
}

export const kernels: Readonly<Record<string, Kernel>> = {
  Identity: share,
  Cast: share,
  Slice: slice,
  SplitV: split,
  Concat: concat,
  BatchMatMul: product,
  Dense: dense,
  Sum: sum(false),
  Mean: sum(true),
  Spread: spread,
  ...Object.fromEntries(Object.keys(maps).map((name) => [name, map(name as MapName)])),
  ...Object.fromEntries(Object.keys(slopes).map((name) => [name, slope(name as SlopeName)])),
  ...Object.fromEntries(Object.keys(pairs).map((name) => [name, pair(name as PairName)])),
};
