/**
 * Softmax and cross-entropy of the one-hot blocks of rows (`../fused/`), in a few
 * passes: scores less the block's largest, e to them in one sweep over the whole
 * tensor (blocks are too narrow for four lanes), and what is summed by block.
 */
import { f32, f32x4, i32, v128, when } from "./assembler.ts";
import type { Assembler, Code, Local } from "./assembler.ts";
import { sweep, total } from "./elementwise.ts";
import { hyperbolicTangent, logarithm, straightLine } from "./functions.ts";
import type { MultiplyAdd } from "./functions.ts";
import { aim, define, fourOf, placeOf, walk } from "./spanWalk.ts";

/** What becomes of numbers, by the emission that `../fused/spanSoftmax.ts` names. */
export const emissions = { zero: 0, same: 1, tanh: 2 } as const;

/** The largest of four lanes. */
const largest = (x: Code): Code =>
  f32.max(f32.max(f32x4.lane(x, 0), f32x4.lane(x, 1)), f32.max(f32x4.lane(x, 2), f32x4.lane(x, 3)));

/** What becomes of a number's segment. */
const byEmission = (emission: Local, of: Record<keyof typeof emissions, Code>): Code =>
  when(
    i32.eq(emission.get, i32.const(emissions.zero)),
    of.zero,
    when(i32.eq(emission.get, i32.const(emissions.same)), of.same, of.tanh),
  );

/**
 * Adds
 * - spanShift(z, gumbel, out, …, 1/τ, lowest): out = (z + gumbel) / τ less the block's largest, `lowest` at least;
 *   0 at numbers; gumbel may be 0.
 * - spanNormalize(z, out, …, linear, bounded): out / Σ out in blocks, numbers as `emissions` say.
 * - spanBack(z, dy, out, …, linear, bounded, 1/τ): out (dy − Σ out dy) / τ for out = p; numbers likewise.
 * - spanEntropy(s, e, target, weights, out, …, codes): w (T ln Σ e − Σ t s) by block; weights may be 0.
 * - spanEntropyBack(target, weights, dy, out, …, codes): w dy (T out − t) for out = p; 0 at numbers.
 */
export function defineSpans(to: Assembler, multiplyAdd: MultiplyAdd): void {
  define(to, "spanShift", 3, 0, 2, ({ at: [z, gumbel, out], place, floats: [scale, lowest], local }) => {
    const [from, noise, target, left] = fourOf(local);
    const [top, spread, least] = [local("v128"), local("v128"), local("v128")];
    return [
      spread.set(f32x4.splat(scale!.get)),
      least.set(f32x4.splat(lowest!.get)),
      walk(place, local, ({ offset, count, kind }) =>
        when(
          i32.eqz(kind),
          [
            aim(from, z!, offset),
            aim(target, out!, offset),
            left.set(count.get),
            when(
              gumbel!.get,
              [
                aim(noise, gumbel!, offset),
                sweep(left, [from, noise, target], ({ load, store }) =>
                  store(target.get, f32x4.mul(f32x4.add(load(from.get), load(noise.get)), spread.get)),
                ),
              ],
              sweep(left, [from, target], ({ load, store }) =>
                store(target.get, f32x4.mul(load(from.get), spread.get)),
              ),
            ),
            aim(target, out!, offset),
            top.set(v128.loadSplat(target.get)),
            left.set(count.get),
            sweep(left, [target], ({ lanes }) =>
              top.set(f32x4.most(top.get, lanes === 1 ? v128.loadSplat(target.get) : v128.load(target.get))),
            ),
            top.set(f32x4.splat(largest(top.get))),
            aim(target, out!, offset),
            left.set(count.get),
            sweep(left, [target], ({ load, store }) =>
              store(target.get, f32x4.most(f32x4.sub(load(target.get), top.get), least.get)),
            ),
          ],
          [
            aim(target, out!, offset),
            left.set(count.get),
            sweep(left, [target], ({ store }) => store(target.get, f32x4.zero)),
          ],
        ),
      ),
    ];
  });

  define(to, "spanNormalize", 2, 2, 0, ({ at: [z, out], place, flags: [linear, bounded], local }) => {
    const [from, target, left, emission] = fourOf(local);
    const sum = local("v128");
    const { lines, constants, taken } = straightLine(local, multiplyAdd);
    const walked = walk(place, local, ({ offset, count, kind }) => {
      const aimed: Code = [aim(from, z!, offset), aim(target, out!, offset), left.set(count.get)];
      const normalize: Code = [
        sum.set(f32x4.zero),
        sweep(left, [target], ({ load }) => sum.set(f32x4.add(sum.get, load(target.get)))),
        sum.set(f32x4.splat(f32.div(f32.const(1), total(sum.get)))),
        aimed,
        sweep(left, [target], ({ load, store }) => store(target.get, f32x4.mul(load(target.get), sum.get))),
      ];
      const emit: Code = [
        emission.set(bounded!.get),
        when(i32.eq(kind, i32.const(1)), emission.set(linear!.get)),
        byEmission(emission, {
          zero: sweep(left, [target], ({ store }) => store(target.get, f32x4.zero)),
          same: sweep(left, [from, target], ({ load, store }) => store(target.get, load(from.get))),
          tanh: sweep(left, [from, target], ({ load, store }) => {
            const bent = hyperbolicTangent(lines.keep(load(from.get)), lines);
            return [taken(), store(target.get, bent)];
          }),
        }),
      ];
      return [aimed, when(i32.eqz(kind), normalize, emit)];
    });
    return [constants(), walked];
  });

  define(to, "spanBack", 3, 2, 1, ({ at: [z, dy, out], place, flags: [linear, bounded], floats, local }) => {
    const [from, slope, target, left] = fourOf(local);
    const [emission, sum, spread] = [local("i32"), local("v128"), local("v128")];
    const { lines, constants, taken } = straightLine(local, multiplyAdd);
    const aimed = (offset: Local, count: Local): Code => [
      aim(from, z!, offset),
      aim(slope, dy!, offset),
      aim(target, out!, offset),
      left.set(count.get),
    ];
    const walked = walk(place, local, ({ offset, count, kind }) => [
      aimed(offset, count),
      when(
        i32.eqz(kind),
        [
          sum.set(f32x4.zero),
          sweep(left, [target, slope], ({ load }) =>
            sum.set(f32x4.add(sum.get, f32x4.mul(load(target.get), load(slope.get)))),
          ),
          sum.set(f32x4.splat(total(sum.get))),
          aimed(offset, count),
          sweep(left, [target, slope], ({ load, store }) =>
            store(
              target.get,
              f32x4.mul(f32x4.mul(load(target.get), f32x4.sub(load(slope.get), sum.get)), spread.get),
            ),
          ),
        ],
        [
          emission.set(bounded!.get),
          when(i32.eq(kind, i32.const(1)), emission.set(linear!.get)),
          byEmission(emission, {
            zero: sweep(left, [target], ({ store }) => store(target.get, f32x4.zero)),
            same: sweep(left, [slope, target], ({ load, store }) => store(target.get, load(slope.get))),
            tanh: sweep(left, [from, slope, target], ({ load, store }) => {
              const bent = hyperbolicTangent(lines.keep(load(from.get)), lines);
              const rest = f32x4.sub(lines.constant(1), f32x4.mul(bent, bent));
              return [taken(), store(target.get, f32x4.mul(load(slope.get), rest))];
            }),
          }),
        ],
      ),
    ]);
    return [constants(), spread.set(f32x4.splat(floats[0]!.get)), walked];
  });

  define(to, "spanEntropy", 5, 1, 0, ({ at: [s, e, target, weights, out], place, flags: [codes], local }) => {
    const [score, power, truth, left] = fourOf(local);
    const [sum, mass, along] = [local("v128"), local("v128"), local("v128")];
    const { lines, constants, taken } = straightLine(local, multiplyAdd);
    const walked = walk(place, local, ({ offset, count, job }) => {
      const logTotal = logarithm(lines.keep(f32x4.splat(total(sum.get))), lines);
      return [
        aim(power, e!, offset),
        left.set(count.get),
        sum.set(f32x4.zero),
        sweep(left, [power], ({ load }) => sum.set(f32x4.add(sum.get, load(power.get)))),
        aim(score, s!, offset),
        when(
          codes!.get,
          [
            mass.set(f32x4.splat(f32.const(1))),
            along.set(f32x4.splat(f32.load(i32.add(score.get, placeOf(i32.add(target!.get, job.get)))))),
          ],
          [
            aim(truth, target!, offset),
            left.set(count.get),
            mass.set(f32x4.zero),
            along.set(f32x4.zero),
            sweep(left, [score, truth], ({ load }) => [
              mass.set(f32x4.add(mass.get, load(truth.get))),
              along.set(f32x4.add(along.get, f32x4.mul(load(truth.get), load(score.get)))),
            ]),
            mass.set(f32x4.splat(total(mass.get))),
            along.set(f32x4.splat(total(along.get))),
          ],
        ),
        taken(),
        along.set(f32x4.sub(f32x4.mul(mass.get, logTotal), along.get)),
        when(weights!.get, along.set(f32x4.mul(along.get, v128.loadSplat(i32.add(weights!.get, job.get))))),
        f32.store(i32.add(out!.get, job.get), f32x4.lane(along.get, 0)),
      ];
    });
    return [constants(), walked];
  });

  define(
    to,
    "spanEntropyBack",
    4,
    1,
    0,
    ({ at: [target, weights, dy, out], place, flags: [codes], local }) => {
      const [truth, into, left] = fourOf(local);
      const [factor, mass] = [local("v128"), local("v128")];
      return walk(place, local, ({ offset, count, kind, job }) => [
        aim(into, out!, offset),
        left.set(count.get),
        when(
          kind,
          sweep(left, [into], ({ store }) => store(into.get, f32x4.zero)),
          [
            factor.set(v128.loadSplat(i32.add(dy!.get, job.get))),
            when(
              weights!.get,
              factor.set(f32x4.mul(factor.get, v128.loadSplat(i32.add(weights!.get, job.get)))),
            ),
            when(
              codes!.get,
              [
                sweep(left, [into], ({ load, store }) =>
                  store(into.get, f32x4.mul(load(into.get), factor.get)),
                ),
                aim(into, out!, offset),
                into.set(i32.add(into.get, placeOf(i32.add(target!.get, job.get)))),
                f32.store(into.get, f32.sub(f32.load(into.get), f32x4.lane(factor.get, 0))),
              ],
              [
                aim(truth, target!, offset),
                mass.set(f32x4.zero),
                sweep(left, [truth], ({ load }) => mass.set(f32x4.add(mass.get, load(truth.get)))),
                mass.set(f32x4.splat(total(mass.get))),
                aim(truth, target!, offset),
                left.set(count.get),
                sweep(left, [truth, into], ({ load, store }) =>
                  store(
                    into.get,
                    f32x4.mul(f32x4.sub(f32x4.mul(load(into.get), mass.get), load(truth.get)), factor.get),
                  ),
                ),
              ],
            ),
          ],
        ),
      ]);
    },
  );
}
