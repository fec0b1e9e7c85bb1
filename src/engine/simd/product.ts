/**
 * Products of matrices, after K. Goto and R. van de Geijn, Anatomy of
 * High-Performance Matrix Multiplication, 2008.
 *
 * The result is made in tiles of `tileRows` x 8 that stay in registers while
 * they sum over the inner dimension. What a tile reads is first copied
 * ("packed") into the order it is read in: strips of A, [inner][tileRows], and
 * strips of B, [inner][8], padded with zeros at the edges. So one tile kernel
 * serves any size, and any transpose is no more than another pair of strides.
 *
 * Every element is summed in the order of the inner dimension, in runs of
 * `depth`: the same inputs give the same bits.
 */
import { f32, f32x4, i32, increase, loop, v128, when } from "./assembler.ts";
import type { Assembler, Callable, Code, Local, MakeLocal } from "./assembler.ts";
import type { MultiplyAdd } from "./functions.ts";
import { definePack } from "./strips.ts";

/**
 * Rows of a tile: 8 sums are enough to hide the latency of an addition. Six rows would fit 16 registers, but V8
 * spills them; unrolled steps, too (28 instead of 40 GFLOP/s where this was measured).
 */
const tileRows = 4;
const tileColumns = 8;
const tileBytes = tileRows * tileColumns * 4;
/** Inner steps in one run: a strip of A and one of B then fit the first cache together. */
export const depth = 512;
/** Rows of A that are packed at a time. */
const blockRows = tileRows * 24;

/** Bytes of scratch memory that a product with `columns` columns and inner size `inner` needs. */
export function productScratch(columns: number, inner: number): number {
  const run = Math.min(depth, inner);
  const strips = Math.ceil(columns / tileColumns);
  return tileBytes + 4 * run * (blockRows + strips * tileColumns);
}

/**
 * Adds "product"(a, aRow, aStep, b, bStep, bColumn, c, m, n, k, scratch, bias, cRow): C[m, n] = A[m, k] B[k, n],
 * plus bias[n] in each row where `bias` is not 0. A's element (i, p) is at a + i·aRow + p·aStep bytes, B's (p, j)
 * at b + p·bStep + j·bColumn, and C's (i, j) at c + i·cRow + 4j.
 */
export function defineProduct(to: Assembler, multiplyAdd: MultiplyAdd): void {
  const packA = definePack(to, "packA", tileRows);
  const packB = definePack(to, "packB", tileColumns);
  const tile = defineTile(to, multiplyAdd);

  to.define("product", new Array(13).fill("i32"), (parameters, local) => {
    const [a, aRow, aStep, b, bStep, bColumn, c, m, n, k, scratch, bias, cRow] = parameters as Parameters13;
    const [packedA, packedB, p, run] = locals(local, 4);
    const [i, rows, j] = locals(local, 3);
    const [stripA, stripB, i2, tall, wide] = locals(local, 5);
    const [runBytes, target, start, startRow] = locals(local, 4);

    const minimum = (x: Code, limit: number, into: Local): Code => [
      into.set(x),
      when(i32.lt(i32.const(limit), into.get), into.set(i32.const(limit))),
    ];
    const columnStrips = (body: Code): Code => [
      j.set(i32.const(0)),
      stripB.set(packedB.get),
      loop(i32.lt(j.get, n.get), [
        minimum(i32.sub(n.get, j.get), tileColumns, wide),
        body,
        stripB.set(i32.add(stripB.get, i32.mul(runBytes.get, i32.const(tileColumns)))),
        increase(j, i32.const(tileColumns)),
      ]),
    ];
    const rowStrips = (body: Code): Code => [
      i2.set(i32.const(0)),
      stripA.set(packedA.get),
      loop(i32.lt(i2.get, rows.get), [
        minimum(i32.sub(rows.get, i2.get), tileRows, tall),
        body,
        stripA.set(i32.add(stripA.get, i32.mul(runBytes.get, i32.const(tileRows)))),
        increase(i2, i32.const(tileRows)),
      ]),
    ];
    const at = (base: Local, ...steps: [Local, Code][]): Code =>
      steps.reduce((sum, [count, stride]) => i32.add(sum, i32.mul(count.get, stride)), base.get);

    return [
      packedA.set(i32.add(scratch.get, i32.const(tileBytes))),
      minimum(k.get, depth, run),
      packedB.set(i32.add(packedA.get, i32.mul(run.get, i32.const(blockRows * 4)))),
      p.set(i32.const(0)),
      loop(i32.lt(p.get, k.get), [
        minimum(i32.sub(k.get, p.get), depth, run),
        runBytes.set(i32.shl(run.get, i32.const(2))),
        columnStrips(
          packB(
            at(b, [p, bStep.get], [j, bColumn.get]),
            bColumn.get,
            bStep.get,
            wide.get,
            run.get,
            stripB.get,
          ),
        ),
        i.set(i32.const(0)),
        loop(i32.lt(i.get, m.get), [
          minimum(i32.sub(m.get, i.get), blockRows, rows),
          rowStrips(
            packA(
              i32.add(at(a, [i, aRow.get], [p, aStep.get]), i32.mul(i2.get, aRow.get)),
              aRow.get,
              aStep.get,
              tall.get,
              run.get,
              stripA.get,
            ),
          ),
          columnStrips(
            rowStrips([
              target.set(i32.add(at(c, [i, cRow.get], [i2, cRow.get]), i32.shl(j.get, i32.const(2)))),
              // Later runs go on from what C holds, the first from the bias.
              start.set(bias.get),
              when(bias.get, start.set(i32.add(bias.get, i32.shl(j.get, i32.const(2))))),
              startRow.set(i32.const(0)),
              when(p.get, [start.set(target.get), startRow.set(cRow.get)]),
              tile(
                stripA.get,
                stripB.get,
                target.get,
                cRow.get,
                tall.get,
                wide.get,
                run.get,
                start.get,
                startRow.get,
                scratch.get,
              ),
            ]),
          ),
          increase(i, i32.const(blockRows)),
        ]),
        increase(p, i32.const(depth)),
      ]),
    ];
  });
}

type Parameters10 = [Local, Local, Local, Local, Local, Local, Local, Local, Local, Local];
type Parameters13 = [...Parameters10, Local, Local, Local];

/** `count` fresh i32 variables. */
function locals(local: MakeLocal, count: number): [Local, Local, Local, Local, Local] {
  return Array.from({ length: count }, () => local("i32")) as [Local, Local, Local, Local, Local];
}

/**
 * (a, b, c, cRow, rows, columns, steps, start, startRow, scratch): one tile of C from a strip of A and one of B.
 * Where `start` is not 0 the tile adds what lies there, in rows `startRow` bytes apart.
 */
function defineTile(to: Assembler, multiplyAdd: MultiplyAdd): Callable {
  return to.define("tile", new Array(10).fill("i32"), (parameters, local) => {
    const [a, b, c, cRow, rows, columns, steps, start, startRow, scratch] = parameters as Parameters10;
    const sums = Array.from({ length: tileRows }, () => [local("v128"), local("v128")] as const);
    const [left, right, own] = [local("v128"), local("v128"), local("v128")];
    const [address, target, column, wide] = locals(local, 4);

    const step: Code = [
      left.set(v128.load(b.get)),
      right.set(v128.load(b.get, 16)),
      sums.map(([sumLeft, sumRight], row) => [
        own.set(v128.loadSplat(a.get, row * 4)),
        sumLeft.set(multiplyAdd(own.get, left.get, sumLeft.get)),
        sumRight.set(multiplyAdd(own.get, right.get, sumRight.get)),
      ]),
      increase(a, i32.const(tileRows * 4)),
      increase(b, i32.const(tileColumns * 4)),
      increase(steps, i32.const(-1)),
    ];
    const whole = i32.and(i32.eq(rows.get, i32.const(tileRows)), i32.eq(columns.get, i32.const(tileColumns)));
    return [
      wide.set(i32.shl(columns.get, i32.const(2))),
      loop(steps.get, step),
      when(
        whole,
        sums.map(([sumLeft, sumRight]) => [
          when(start.get, [
            sumLeft.set(f32x4.add(v128.load(start.get), sumLeft.get)),
            sumRight.set(f32x4.add(v128.load(start.get, 16), sumRight.get)),
            start.set(i32.add(start.get, startRow.get)),
          ]),
          v128.store(c.get, sumLeft.get),
          v128.store(c.get, sumRight.get, 16),
          increase(c, cRow.get),
        ]),
        [
          sums.map(([sumLeft, sumRight], row) => [
            v128.store(scratch.get, sumLeft.get, row * tileColumns * 4),
            v128.store(scratch.get, sumRight.get, row * tileColumns * 4 + 16),
          ]),
          loop(rows.get, [
            column.set(i32.const(0)),
            loop(i32.lt(column.get, wide.get), [
              address.set(i32.add(scratch.get, column.get)),
              target.set(i32.add(c.get, column.get)),
              when(
                start.get,
                f32.store(
                  target.get,
                  f32.add(f32.load(i32.add(start.get, column.get)), f32.load(address.get)),
                ),
                f32.store(target.get, f32.load(address.get)),
              ),
              increase(column, i32.const(4)),
            ]),
            when(start.get, start.set(i32.add(start.get, startRow.get))),
            increase(scratch, i32.const(tileColumns * 4)),
            increase(c, cRow.get),
            increase(rows, i32.const(-1)),
          ]),
        ],
      ),
    ];
  });
}
