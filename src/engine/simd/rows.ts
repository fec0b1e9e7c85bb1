/** Rows of a matrix that a list picks: added up (`../fused/embeddingBag.ts`), copied together and apart. */
import { copyMemory, f32, f32x4, i32, increase, loop, v128 } from "./assembler.ts";
import type { Assembler, Code, Local } from "./assembler.ts";
import { sweep } from "./elementwise.ts";
import { fourOf } from "./spanWalk.ts";

/** The address of the row whose number, a float, lies at `pick`. */
const rowOf = (base: Local, pick: Local, bytes: Local): Code =>
  i32.add(base.get, i32.mul(i32.from(f32.add(f32.load(pick.get), f32.const(0.5))), bytes.get));
/** The same where the number is an integer. */
const listed = (base: Local, at: Local, bytes: Local): Code =>
  i32.add(base.get, i32.mul(i32.load(at.get), bytes.get));

/** Floats that a bag adds up in registers before it moves on. */
const chunk = 32;

/**
 * Adds
 * - embeddingBag(picks, w, b, out, rows, count, width): out[r] = b + Σ over `count` picks of w[pick].
 * - embeddingBagBack(picks, dy, out, rows, count, width, size): of `out`, `size` floats long, each row is the sum of
 *   dy over the rows that picked it.
 * - listRows(asked, blocks, rows, list): of `asked` [rows, blocks], for each block how many rows are not 0 there, and
 *   their numbers, as integers; the next block's `rows` + 1 integers further on.
 * - gatherRows(from, fromRow, list, to, bytes, count): the listed rows of `from`, side by side in `to`.
 * - scatterRows(from, list, to, toRow, bytes, count): the reverse.
 * - addRows(from, list, to, toRow, floats, count): likewise, adding to what is there.
 */
export function defineRows(to: Assembler): void {
  to.define("embeddingBag", new Array(7).fill("i32"), (parameters, local) => {
    const [picks, w, b, out, rows, count, width] = parameters as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const [left, pick, done, row] = fourOf(local);
    const [bytes, from] = [local("i32"), local("i32")];
    const sums = Array.from({ length: chunk / 4 }, () => local("v128"));
    /** The next floats of all picked rows: as many as `sums` hold. */
    const add = (held: readonly Local[], load: (at: Code, offset: number) => Code): Code => [
      held.map((sum, i) => sum.set(load(i32.add(b.get, row.get), 16 * i))),
      pick.set(picks.get),
      left.set(count.get),
      loop(left.get, [
        from.set(i32.add(rowOf(w, pick, bytes), row.get)),
        held.map((sum, i) => sum.set(f32x4.add(sum.get, load(from.get, 16 * i)))),
        increase(pick, i32.const(4)),
        increase(left, i32.const(-1)),
      ]),
    ];
    const first = sums.slice(0, 1);
    return [
      bytes.set(i32.shl(width.get, i32.const(2))),
      loop(rows.get, [
        row.set(i32.const(0)),
        done.set(width.get),
        loop(i32.ge(done.get, i32.const(chunk)), [
          add(sums, v128.load),
          sums.map((sum, i) => v128.store(out.get, sum.get, 16 * i)),
          increase(out, i32.const(4 * chunk)),
          increase(row, i32.const(4 * chunk)),
          increase(done, i32.const(-chunk)),
        ]),
        sweep(done, [out, row], ({ load, store }) => [
          add(first, (at) => load(at)),
          store(out.get, first[0]!.get),
        ]),
        increase(picks, i32.shl(count.get, i32.const(2))),
        increase(rows, i32.const(-1)),
      ]),
    ];
  });

  /** target += source, floats. */
  const addTo = (left: Local, source: Local, target: Local): Code =>
    sweep(left, [source, target], ({ load, store }) =>
      store(target.get, f32x4.add(load(target.get), load(source.get))),
    );

  to.define("embeddingBagBack", new Array(7).fill("i32"), (parameters, local) => {
    const [picks, dy, out, rows, count, width, size] = parameters as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const [left, source, target, picked] = fourOf(local);
    const bytes = local("i32");
    return [
      bytes.set(i32.shl(width.get, i32.const(2))),
      target.set(out.get),
      sweep(size, [target], ({ store }) => store(target.get, f32x4.zero)),
      loop(rows.get, [
        picked.set(count.get),
        loop(picked.get, [
          source.set(dy.get),
          target.set(rowOf(out, picks, bytes)),
          left.set(width.get),
          addTo(left, source, target),
          increase(picks, i32.const(4)),
          increase(picked, i32.const(-1)),
        ]),
        increase(dy, bytes.get),
        increase(rows, i32.const(-1)),
      ]),
    ];
  });

  to.define("listRows", new Array(4).fill("i32"), (parameters, local) => {
    const [asked, blocks, rows, list] = parameters as [Local, Local, Local, Local];
    const [block, row, at, next] = fourOf(local);
    return [
      block.set(blocks.get),
      loop(block.get, [
        at.set(asked.get),
        next.set(list.get),
        row.set(i32.const(0)),
        loop(i32.lt(row.get, rows.get), [
          // Written in any case, kept where it counts: no branch.
          i32.store(next.get, row.get, 4),
          increase(next, i32.shl(f32.ne(f32.load(at.get), f32.const(0)), i32.const(2))),
          increase(at, i32.shl(blocks.get, i32.const(2))),
          increase(row, i32.const(1)),
        ]),
        i32.store(list.get, i32.shr(i32.sub(next.get, list.get), i32.const(2))),
        increase(list, i32.shl(i32.add(rows.get, i32.const(1)), i32.const(2))),
        increase(asked, i32.const(4)),
        increase(block, i32.const(-1)),
      ]),
    ];
  });

  to.define("gatherRows", new Array(6).fill("i32"), (parameters) => {
    const [from, fromRow, list, into, bytes, count] = parameters as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    return loop(count.get, [
      copyMemory(into.get, listed(from, list, fromRow), bytes.get),
      increase(into, bytes.get),
      increase(list, i32.const(4)),
      increase(count, i32.const(-1)),
    ]);
  });

  to.define("scatterRows", new Array(6).fill("i32"), (parameters) => {
    const [from, list, into, intoRow, bytes, count] = parameters as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    return loop(count.get, [
      copyMemory(listed(into, list, intoRow), from.get, bytes.get),
      increase(from, bytes.get),
      increase(list, i32.const(4)),
      increase(count, i32.const(-1)),
    ]);
  });

  to.define("addRows", new Array(6).fill("i32"), (parameters, local) => {
    const [from, list, into, intoRow, floats, count] = parameters as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const [left, target] = [local("i32"), local("i32")];
    return loop(count.get, [
      target.set(listed(into, list, intoRow)),
      left.set(floats.get),
      addTo(left, from, target),
      increase(list, i32.const(4)),
      increase(count, i32.const(-1)),
    ]);
  });
}
