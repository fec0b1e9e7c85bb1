/** Layers of which most inputs or outputs play no part (`../fused/embeddingBag.ts`, `spanDense.ts`) as WASM kernels. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Spans } from "../spans.ts";
import { address } from "./kernels.ts";
import type { Backend, Call, Kernel } from "./kernels.ts";
import type { Strided } from "./program.ts";

const embeddingBag: Kernel = ({ backend, program, inputs }) => {
  const { picks, w, b } = inputs as { picks: TensorInfo; w: TensorInfo; b: TensorInfo };
  const [rows, count] = picks.shape as [number, number];
  const width = w.shape[1]!;
  const out = backend.makeOutput([rows, width], "float32");
  const [atPicks, atW, atB, atOut] = [picks, w, b, out].map((each) => address(backend, each)) as Four;
  program.run.embeddingBag(atPicks, atW, atB, atOut, rows, count, width);
  return out;
};
type Four = [number, number, number, number];

const embeddingBagBack: Kernel = ({ backend, program, inputs, attributes }) => {
  const { picks, dy } = inputs as { picks: TensorInfo; dy: TensorInfo };
  const [rows, count] = picks.shape as [number, number];
  const width = dy.shape[1]!;
  const { size } = attributes as { size: number };
  const out = backend.makeOutput([size, width], "float32");
  const [atPicks, atDy, atOut] = [picks, dy, out].map((each) => address(backend, each)) as Four;
  program.run.embeddingBagBack(atPicks, atDy, atOut, rows, count, width, size * width);
  return out;
};

/** A block, the list of the rows that ask for it, in memory, and how many they are. */
interface Asked {
  readonly start: number;
  readonly width: number;
  readonly list: number;
  readonly count: number;
}

/** Memory for the length of a call. */
function borrow<T>(backend: Backend, floats: number, work: (at: number) => T): T {
  const info = backend.makeOutput([floats], "float32");
  try {
    return work(address(backend, info));
  } finally {
    backend.disposeData(info.dataId);
  }
}

/** Calls `each` for every block that some row asks for. */
function forAsked({ backend, program, inputs, attributes }: Call, each: (block: Asked) => void): void {
  const { blocks } = (attributes as unknown as { spans: Spans }).spans;
  const asked = inputs["asked"]!;
  const rows = asked.shape[0]!;
  const gap = rows + 1;
  borrow(backend, gap * blocks.length, (lists) => {
    program.run.listRows(address(backend, asked), blocks.length, rows, lists);
    // Read at once: what `each` does may need more memory, and the view would be gone.
    const all = program.integers(lists, gap * blocks.length);
    const counts = blocks.map((_, b) => all[gap * b]!);
    blocks.forEach(({ start, width }, b) => {
      const count = counts[b]!;
      if (count > 0) each({ start, width, list: lists + 4 * (gap * b + 1), count });
    });
  });
}

/** The columns of a block in a matrix of `columns`, as they lie or turned. */
const columnsOf = (at: number, start: number, columns: number, turned = false): Strided => {
  const row = 4 * columns;
  return turned
    ? { address: at + 4 * start, row: 4, column: row }
    : { address: at + 4 * start, row, column: 4 };
};
const packed = (at: number, columns: number, turned = false): Strided => columnsOf(at, 0, columns, turned);

const spanDense: Kernel = (call) => {
  const { backend, program, inputs } = call;
  const { x, w, b } = inputs as { x: TensorInfo; w: TensorInfo; b: TensorInfo };
  const [rows, inner] = x.shape as [number, number];
  const width = w.shape[1]!;
  const out = backend.makeOutput([rows, width], "float32");
  const [atX, atW, atB, atOut] = [x, w, b, out].map((each) => address(backend, each)) as Four;
  const { run } = program;
  program.floats(atOut, rows * width).fill(0);
  borrow(backend, rows * (inner + width), (given) => {
    const made = given + 4 * rows * inner;
    forAsked(call, ({ start, width: n, list, count }) => {
      run.gatherRows(atX, 4 * inner, list, given, 4 * inner, count);
      const at = atB + 4 * start;
      program.product(packed(given, inner), columnsOf(atW, start, width), made, count, n, inner, at);
      run.scatterRows(made, list, atOut + 4 * start, 4 * width, 4 * n, count);
    });
  });
  return out;
};

const spanDenseBack: Kernel = (call) => {
  const { backend, program, inputs } = call;
  const { x, w, dy } = inputs as { x: TensorInfo; w: TensorInfo; dy: TensorInfo };
  const [rows, inner] = x.shape as [number, number];
  const width = w.shape[1]!;
  const [dx, dw] = [backend.makeOutput(x.shape, "float32"), backend.makeOutput(w.shape, "float32")];
  const [atX, atW, atDy] = [x, w, dy].map((each) => address(backend, each)) as Four;
  const [toX, toW] = [address(backend, dx), address(backend, dw)];
  program.floats(toX, rows * inner).fill(0);
  program.floats(toW, inner * width).fill(0);
  const { run } = program;
  borrow(backend, rows * (2 * inner + width), (given) => {
    const made = given + 4 * rows * inner;
    const slopes = made + 4 * rows * inner;
    forAsked(call, ({ start, width: n, list, count }) => {
      run.gatherRows(atX, 4 * inner, list, given, 4 * inner, count);
      run.gatherRows(atDy + 4 * start, 4 * width, list, slopes, 4 * n, count);
      program.product(
        packed(given, inner, true),
        packed(slopes, n),
        toW + 4 * start,
        inner,
        n,
        count,
        0,
        4 * width,
      );
      program.product(packed(slopes, n), columnsOf(atW, start, width, true), made, count, inner, n);
      run.addRows(made, list, toX, 4 * inner, inner, count);
    });
  });
  return [dx, dw];
};

export const sparseKernels: Readonly<Record<string, Kernel>> = {
  EmbeddingBag: embeddingBag,
  EmbeddingBagBack: embeddingBagBack,
  SpanDense: spanDense,
  SpanDenseBack: spanDenseBack,
};
