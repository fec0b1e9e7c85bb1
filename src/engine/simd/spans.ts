/**
 * Softmax and cross-entropy of the one-hot blocks of rows (`../fused/`): each block once for its largest score, once
 * for e to what the others are less, and once to write. A block whose weight is 0 is not looked at.
 */
import { f32, f32x4, i32, v128, when } from "./assembler.ts";
import type { Assembler, Code, Local, MakeLocal } from "./assembler.ts";
import { sweep, total } from "./elementwise.ts";
import { boundedExponential, hyperbolicTangent, logarithm, straightLine } from "./functions.ts";
import type { Lines, MultiplyAdd } from "./functions.ts";
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

/** Whether there are weights and the block's is 0. */
const unasked = (weights: Local, job: Local): Code =>
  i32.and(i32.ne(weights.get, i32.const(0)), f32.eq(f32.load(i32.add(weights.get, job.get)), f32.const(0)));

/** Sums of e^(s − top) over a block, lane by lane, and its largest score in all lanes of `top`. */
function powersOf(local: MakeLocal, lines: Lines, taken: () => Code): Powers {
  const [top, sum] = [local("v128"), local("v128")];
  return {
    top,
    sum,
    begin: [top.set(f32x4.splat(f32.const(-3.4e38))), sum.set(f32x4.zero)],
    see: (score) => top.set(f32x4.most(top.get, score)),
    seen: top.set(f32x4.splat(largest(top.get))),
    add(score, lanes, then = () => []) {
      const power = boundedExponential(lines.keep(f32x4.sub(score, top.get)), lines);
      // Of what is left over only the first lane holds a score.
      const own = lanes === 1 ? v128.shuffle(power, f32x4.zero, [0, 4, 4, 4]) : power;
      return [taken(), sum.set(f32x4.add(sum.get, own)), then(power)];
    },
  };
}
interface Powers {
  readonly top: Local;
  readonly sum: Local;
  readonly begin: Code;
  /** Takes scores into account, all lanes of them. */
  see(score: Code): Code;
  /** After the last. */
  readonly seen: Code;
  add(score: Code, lanes: number, then?: (power: Code) => Code): Code;
}

/**
 * Adds
 * - spanSoftmax(z, gumbel, weights, out, …, linear, bounded, 1/τ): softmax of (z + gumbel) / τ in blocks, zeros in
 *   those of weight 0, numbers as `emissions` say; gumbel and weights may be 0.
 * - spanBack(z, dy, out, …, linear, bounded, 1/τ): out (dy − Σ out dy) / τ for out = p; numbers likewise.
 * - spanEntropy(z, target, weights, out, …, codes): w (T ln Σ eᶻ − Σ t z) by block; weights may be 0.
 * - spanEntropyBack(target, weights, dy, out, …, codes): w dy (T out − t) for out = p; 0 at numbers.
 */
export function defineSpans(to: Assembler, multiplyAdd: MultiplyAdd): void {
  define(to, "spanSoftmax", 4, 2, 1, ({ at, place, flags: [linear, bounded], floats: [scale], local }) => {
    const [z, gumbel, weights, out] = at as [Local, Local, Local, Local];
    const [from, noise, target, left] = fourOf(local);
    const [emission, spread, score] = [local("i32"), local("v128"), local("v128")];
    const { lines, constants, taken } = straightLine(local, multiplyAdd);
    const { sum, begin, see, seen, add } = powersOf(local, lines, taken);
    const walked = walk(place, local, ({ offset, count, kind, job }) => {
      const aimed: Code = [aim(from, z!, offset), aim(target, out!, offset), left.set(count.get)];
      const zeros = sweep(left, [target], ({ store }) => store(target.get, f32x4.zero));
      const same = sweep(left, [from, target], ({ load, store }) => store(target.get, load(from.get)));
      const bent = sweep(left, [from, target], ({ load, store }) => {
        const y = hyperbolicTangent(lines.keep(load(from.get)), lines);
        return [taken(), store(target.get, y)];
      });
      /** Writes the scores and sees the largest; what is left over is read into all lanes. */
      const scores = (withNoise: boolean): Code =>
        sweep(left, withNoise ? [from, noise, target] : [from, target], ({ lanes, store }) => {
          const load = lanes === 1 ? v128.loadSplat : v128.load;
          const raw = withNoise ? f32x4.add(load(from.get), load(noise.get)) : load(from.get);
          return [score.set(f32x4.mul(raw, spread.get)), see(score.get), store(target.get, score.get)];
        });
      const softmax: Code = [
        begin,
        when(gumbel.get, [aim(noise, gumbel, offset), scores(true)], scores(false)),
        seen,
        aimed,
        sweep(left, [target], ({ load, store, lanes }) =>
          add(load(target.get), lanes, (power) => store(target.get, power)),
        ),
        sum.set(f32x4.splat(f32.div(f32.const(1), total(sum.get)))),
        aimed,
        sweep(left, [target], ({ load, store }) => store(target.get, f32x4.mul(load(target.get), sum.get))),
      ];
      const number: Code = [
        emission.set(bounded!.get),
        when(i32.eq(kind, i32.const(1)), emission.set(linear!.get)),
        byEmission(emission, { zero: zeros, same, tanh: bent }),
      ];
      return [aimed, when(kind, number, when(unasked(weights, job), zeros, softmax))];
    });
    return [constants(), spread.set(f32x4.splat(scale!.get)), walked];
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

  define(to, "spanEntropy", 4, 1, 0, ({ at: [z, target, weights, out], place, flags: [codes], local }) => {
    const [score, truth, left, into] = fourOf(local);
    const [mass, along] = [local("v128"), local("v128")];
    const { lines, constants, taken } = straightLine(local, multiplyAdd);
    const { top, sum, begin, see, seen, add } = powersOf(local, lines, taken);
    const walked = walk(place, local, ({ offset, count, job }) => {
      const aimed: Code = [aim(score, z!, offset), left.set(count.get)];
      const powers: Code = [
        begin,
        aimed,
        sweep(left, [score], ({ lanes }) =>
          see(lanes === 1 ? v128.loadSplat(score.get) : v128.load(score.get)),
        ),
        seen,
        aimed,
        sweep(left, [score], ({ load, lanes }) => add(load(score.get), lanes)),
        aimed,
      ];
      const ofCode: Code = [
        mass.set(f32x4.splat(f32.const(1))),
        along.set(v128.loadSplat(i32.add(score.get, placeOf(i32.add(target!.get, job.get))))),
        along.set(f32x4.sub(along.get, top.get)),
      ];
      const ofTargets: Code = [
        aim(truth, target!, offset),
        mass.set(f32x4.zero),
        along.set(f32x4.zero),
        sweep(left, [score, truth], ({ load }) => [
          mass.set(f32x4.add(mass.get, load(truth.get))),
          along.set(f32x4.add(along.get, f32x4.mul(load(truth.get), f32x4.sub(load(score.get), top.get)))),
        ]),
        mass.set(f32x4.splat(total(mass.get))),
        along.set(f32x4.splat(total(along.get))),
      ];
      const logTotal = logarithm(lines.keep(f32x4.splat(total(sum.get))), lines);
      const weighted: Code = [
        taken(),
        along.set(f32x4.sub(f32x4.mul(mass.get, logTotal), along.get)),
        when(weights!.get, along.set(f32x4.mul(along.get, v128.loadSplat(i32.add(weights!.get, job.get))))),
      ];
      return [
        into.set(i32.add(out!.get, job.get)),
        when(unasked(weights!, job), along.set(f32x4.zero), [
          powers,
          when(codes!.get, ofCode, ofTargets),
          weighted,
        ]),
        f32.store(into.get, f32x4.lane(along.get, 0)),
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
