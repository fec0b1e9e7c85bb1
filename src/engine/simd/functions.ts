/**
 * exp, log, tanh and their kin on four lanes, to two or three units in the last
 * place. Ranges are reduced and polynomials chosen as in S. Moshier's Cephes
 * library (expf, logf, tanhf), https://www.netlib.org/cephes/. What is infinite
 * or not a number comes out as the function has it, so that divergence is seen.
 */
import { f32, f32x4, i32, i32x4, v128 } from "./assembler.ts";
import type { Code, Local, MakeLocal } from "./assembler.ts";

/** A way to write a computation line by line, each value named once and read as often as need be. */
export interface Lines {
  keep(value: Code): Code;
  /** The number in all lanes; set once, before the loop. */
  constant(value: number): Code;
  /** The whole number in all lanes. */
  integer(value: number): Code;
  /** a · b + c */
  multiplyAdd: MultiplyAdd;
}

export type MultiplyAdd = (a: Code, b: Code, c: Code) => Code;

/** y = f(x, α) on four lanes; `x` and `alpha` may be read often. */
export type LaneMap = (x: Code, alpha: Code, lines: Lines) => Code;

/** `constants` sets what was asked for, `taken` hands over the lines written since the last call. */
export function straightLine(
  local: MakeLocal,
  multiplyAdd: MultiplyAdd,
): { lines: Lines; constants(): Code; taken(): Code } {
  const known = new Map<string, { held: Local; value: Code }>();
  let written: Code[] = [];
  const once = (key: string, value: Code): Code => {
    const held = known.get(key)?.held ?? local("v128");
    known.set(key, { held, value });
    return held.get;
  };
  return {
    lines: {
      multiplyAdd,
      keep(value) {
        const held = local("v128");
        written.push(held.set(value));
        return held.get;
      },
      constant: (value) => once(`${value}`, f32x4.splat(f32.const(value))),
      integer: (value) => once(`whole ${value}`, i32x4.splat(i32.const(value))),
    },
    constants: () => [...known.values()].map(({ held, value }) => held.set(value)),
    taken() {
      const all = written;
      written = [];
      return all;
    },
  };
}

/** c₀xⁿ + c₁xⁿ⁻¹ + … */
const polynomial = (x: Code, coefficients: readonly number[], { constant, keep, multiplyAdd }: Lines): Code =>
  coefficients
    .slice(1)
    .reduce<Code>(
      (sum, coefficient) => keep(multiplyAdd(sum, x, constant(coefficient))),
      constant(coefficients[0]!),
    );

/** ln 2 in two parts, the first with few enough bits that its multiples are exact. */
const ln2 = [0.693359375, -2.1219444e-4] as const;

/** eʳ for r = x - n · ln 2, which lies between ±ln √2. */
function fraction(x: Code, n: Code, lines: Lines): Code {
  const { keep, constant, multiplyAdd } = lines;
  const rough = keep(multiplyAdd(n, constant(-ln2[0]), x));
  const r = keep(multiplyAdd(n, constant(-ln2[1]), rough));
  const series = polynomial(
    r,
    [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
    lines,
  );
  return keep(f32x4.add(multiplyAdd(f32x4.mul(r, r), series, r), constant(1)));
}

export function exponential(x: Code, lines: Lines): Code {
  const { keep, constant, integer } = lines;
  // Beyond these ends the answer is 0 or infinite, and comes out so.
  const held = keep(f32x4.most(f32x4.least(x, constant(104)), constant(-104)));
  const n = keep(f32x4.nearest(f32x4.mul(held, constant(Math.LOG2E))));
  const power = fraction(held, n, lines);
  // 2ⁿ in two factors: n may be beyond what one exponent holds.
  const whole = keep(i32x4.from(n));
  const half = keep(i32x4.shr(whole, 1));
  const twoTo = (exponent: Code): Code => i32x4.shl(i32x4.add(exponent, integer(127)), 23);
  return keep(f32x4.mul(f32x4.mul(power, twoTo(half)), twoTo(i32x4.sub(whole, half))));
}

/** eˣ for x from -87 to 87 and, in a dozen instructions less, e^±87 beyond. */
export function boundedExponential(x: Code, lines: Lines): Code {
  const { keep, constant, multiplyAdd } = lines;
  const held = keep(f32x4.most(f32x4.least(x, constant(87)), constant(-87)));
  // So large a number has no room for a fraction: adding it rounds, and leaves n + 127 in the lowest bits, from
  // where a shift brings it to the exponent's place.
  const rounder = constant(3 * 2 ** 22 + 127);
  const n = keep(multiplyAdd(held, constant(Math.LOG2E), rounder));
  const power = fraction(held, keep(f32x4.sub(n, rounder)), lines);
  return keep(f32x4.mul(power, i32x4.shl(n, 23)));
}

export function logarithm(x: Code, lines: Lines): Code {
  const { keep, constant, integer, multiplyAdd } = lines;
  const smallest = 2 ** -126;
  // The smallest numbers have no full exponent of their own and borrow one.
  const tiny = keep(f32x4.lt(x, constant(smallest)));
  const bits = keep(v128.select(f32x4.mul(x, constant(2 ** 23)), x, tiny));
  // x = 2ᵉ · m with m between √½ and √2
  const whole = keep(i32x4.shr(i32x4.sub(bits, integer(0x3f3504f3)), 23));
  const m = i32x4.sub(bits, i32x4.shl(whole, 23));
  const e = keep(f32x4.sub(f32x4.from(whole), v128.and(constant(23), tiny)));
  const f = keep(f32x4.sub(m, constant(1)));
  const square = keep(f32x4.mul(f, f));
  const series = polynomial(
    f,
    [
      7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
      2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    ],
    lines,
  );
  const small = keep(multiplyAdd(f32x4.mul(series, f), square, f32x4.mul(e, constant(ln2[1]))));
  const sum = keep(
    multiplyAdd(e, constant(ln2[0]), f32x4.add(f, multiplyAdd(square, constant(-0.5), small))),
  );
  // Above 0 and below infinity the sum; else what x itself says: ∞, NaN, ln 0 = -∞, and NaN below 0.
  const sound = v128.and(f32x4.gt(x, f32x4.zero), f32x4.lt(x, constant(Infinity)));
  const atZero = v128.select(constant(-Infinity), constant(NaN), f32x4.eq(x, f32x4.zero));
  const other = v128.select(x, atZero, f32x4.gt(x, f32x4.zero));
  return keep(v128.select(sum, other, sound));
}

/** 1 / (1 + e⁻ˣ) */
export function logistic(x: Code, lines: Lines): Code {
  const { keep, constant } = lines;
  const power = boundedExponential(keep(f32x4.sub(f32x4.zero, x)), lines);
  return keep(f32x4.div(constant(1), f32x4.add(constant(1), power)));
}

export function hyperbolicTangent(x: Code, lines: Lines): Code {
  const { keep, constant, integer, multiplyAdd } = lines;
  const size = keep(f32x4.abs(x));
  const square = keep(f32x4.mul(x, x));
  const series = polynomial(
    square,
    [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1],
    lines,
  );
  const near = keep(multiplyAdd(f32x4.mul(series, square), x, x));
  // 1 - 2 / (e²ˣ + 1), and the sign put back
  const power = boundedExponential(keep(f32x4.add(size, size)), lines);
  const far = f32x4.sub(constant(1), f32x4.div(constant(2), f32x4.add(power, constant(1))));
  const signed = v128.or(far, v128.and(x, integer(-(2 ** 31))));
  return keep(v128.select(near, signed, f32x4.lt(size, constant(0.625))));
}

/** ln(1 + eˣ) */
export function softplus(x: Code, lines: Lines): Code {
  const { keep, constant } = lines;
  const power = boundedExponential(keep(f32x4.sub(f32x4.zero, f32x4.abs(x))), lines);
  const grown = logarithm(keep(f32x4.add(constant(1), power)), lines);
  // Far below zero 1 + eˣ rounds to 1, and eˣ itself is the answer.
  const sum = f32x4.add(f32x4.most(x, f32x4.zero), grown);
  return keep(v128.select(power, sum, f32x4.lt(x, constant(-14))));
}

/** d(x σ(x)) / dx = σ(x) (1 + x (1 - σ(x))) */
export function siluSlope(x: Code, lines: Lines): Code {
  const { keep, constant, multiplyAdd } = lines;
  const s = logistic(x, lines);
  return keep(f32x4.mul(s, multiplyAdd(x, f32x4.sub(constant(1), s), constant(1))));
}
