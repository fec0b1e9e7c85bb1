/** Between one-hot blocks and codes (`../fused/spanCodes.ts`). */
import { f32, f32x4, i32, increase, loop, v128, when } from "./assembler.ts";
import type { Assembler } from "./assembler.ts";
import { sweep } from "./elementwise.ts";
import { aim, define, fourOf, placeOf, walk } from "./spanWalk.ts";

/**
 * Adds
 * - spanOneHot(codes, weights, out, …): w at the code's place of a block, 0 elsewhere; weights may be 0.
 * - spanDraw(p, u, out, …): for each block the first place up to which its probabilities p add up to more than u.
 */
export function defineSpanCodes(to: Assembler): void {
  define(to, "spanOneHot", 3, 0, 0, ({ at: [codes, weights, out], place, local }) => {
    const [target, left] = fourOf(local);
    const weight = local("v128");
    return walk(place, local, ({ offset, count, kind, job }) => [
      aim(target, out!, offset),
      left.set(count.get),
      sweep(left, [target], ({ store }) => store(target.get, f32x4.zero)),
      when(i32.eqz(kind), [
        weight.set(f32x4.splat(f32.const(1))),
        when(weights!.get, weight.set(v128.loadSplat(i32.add(weights!.get, job.get)))),
        aim(target, out!, offset),
        f32.store(i32.add(target.get, placeOf(i32.add(codes!.get, job.get))), f32x4.lane(weight.get, 0)),
      ]),
    ]);
  });

  define(to, "spanDraw", 3, 0, 0, ({ at: [p, u, out], place, local }) => {
    const [chance, code, left] = fourOf(local);
    const [reached, share] = [local("f32"), local("f32")];
    return walk(place, local, ({ offset, count, job }) => [
      aim(chance, p!, offset),
      share.set(f32.load(i32.add(u!.get, job.get))),
      left.set(i32.sub(count.get, i32.const(1))),
      code.set(i32.const(0)),
      reached.set(f32.const(0)),
      // The last needs no look: what the others leave is its own.
      loop(left.get, [
        reached.set(f32.add(reached.get, f32.load(chance.get))),
        when(f32.gt(reached.get, share.get), left.set(i32.const(0)), [
          increase(code, i32.const(1)),
          increase(chance, i32.const(4)),
          increase(left, i32.const(-1)),
        ]),
      ]),
      // Where chances are not numbers, neither is the code: who reads it sees that something is wrong.
      f32.store(i32.add(out!.get, job.get), f32.add(f32.from(code.get), f32.mul(reached.get, f32.const(0)))),
    ]);
  });
}
