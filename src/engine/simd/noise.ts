/**
 * Random numbers of hashed places (`../draw.ts`, `../hash.ts`), four blocks of four numbers at a time. The host's are
 * the same but for the last places of logarithms.
 */
import { f32x4, i32, i32x4, increase, loop, v128 } from "./assembler.ts";
import type { Assembler, Code, Local } from "./assembler.ts";
import { multiplier } from "../draw.ts";
import type { Distribution } from "../draw.ts";
import { logarithm, straightLine } from "./functions.ts";
import type { Lines, MultiplyAdd } from "./functions.ts";
import { interleave, turned } from "./strips.ts";

/** 2⁻²⁴, the step of 24-bit uniforms. */
const unit = 1 / 16777216;
const halfPi = Math.PI / 2;

type Four = [Code, Code, Code, Code];
/** From 24-bit whole numbers as floats to draws; normals come in pairs, of the first and second, third and fourth. */
type Shape = (bits: Four, lines: Lines) => Four;

/** c₀ + …, as `putPair` of draw.ts has it: 1 − r² k₀ (1 − r² k₁ (…)). */
const nested = (r2: Code, factors: readonly number[], { keep, constant }: Lines): Code =>
  factors.reduceRight<Code>(
    (inner, factor) => keep(f32x4.sub(constant(1), f32x4.mul(f32x4.mul(r2, constant(factor)), inner))),
    constant(1),
  );

/** Box and Muller's two normals from two words. */
function pair(u: Code, v: Code, lines: Lines): [Code, Code] {
  const { keep, constant, integer } = lines;
  const log = logarithm(keep(f32x4.add(f32x4.mul(u, constant(unit)), constant(unit))), lines);
  const radius = keep(f32x4.sqrt(f32x4.mul(log, constant(-2))));
  const turn = keep(f32x4.mul(v, constant(4 * unit)));
  const quarter = keep(i32x4.from(f32x4.add(turn, constant(0.5))));
  const r = keep(f32x4.mul(f32x4.sub(turn, f32x4.from(quarter)), constant(halfPi)));
  const r2 = keep(f32x4.mul(r, r));
  const s = keep(f32x4.mul(r, nested(r2, [1 / 6, 1 / 20, 1 / 42], lines)));
  const c = nested(r2, [1 / 2, 1 / 12, 1 / 30, 1 / 56], lines);
  const odd = keep(i32x4.sub(integer(0), v128.and(quarter, integer(1))));
  const swap = keep(v128.and(odd, f32x4.sub(s, c)));
  /** The sign's bit where bit 1 of a whole number is set. */
  const sign = (of: Code): Code => i32x4.shl(v128.and(of, integer(2)), 30);
  const cosine = v128.xor(f32x4.add(c, swap), sign(i32x4.add(quarter, integer(1))));
  const sine = v128.xor(f32x4.sub(s, swap), sign(quarter));
  return [keep(f32x4.mul(radius, cosine)), keep(f32x4.mul(radius, sine))];
}

const each =
  (f: (u: Code, lines: Lines) => Code): Shape =>
  (bits, lines) =>
    bits.map((u) => f(u, lines)) as Four;

const shapes: Readonly<Record<Distribution, Shape>> = {
  uniform: each((u, { keep, constant }) => keep(f32x4.mul(u, constant(unit)))),
  gumbel: each((u, lines) => {
    const { keep, constant, multiplyAdd } = lines;
    const within = keep(multiplyAdd(u, constant(unit * (1 - 2e-6)), constant(1e-6)));
    const inner = keep(f32x4.sub(f32x4.zero, logarithm(within, lines)));
    return keep(f32x4.sub(f32x4.zero, logarithm(inner, lines)));
  }),
  normal: ([a, b, c, d], lines) => [...pair(a, b, lines), ...pair(c, d, lines)],
};

/** pcg4d of hash.ts on words whose multiples and increments are taken already. */
function pcg4d([x, y, z, w]: readonly Local[]): Code {
  const stir = (to: Local, a: Local, b: Local): Code => to.set(i32x4.add(to.get, i32x4.mul(a.get, b.get)));
  const round = [stir(x!, y!, w!), stir(y!, z!, x!), stir(z!, x!, y!), stir(w!, y!, z!)];
  const fold = [x!, y!, z!, w!].map((word) => word.set(v128.xor(word.get, i32x4.shrUnsigned(word.get, 16))));
  return [round, fold, round];
}

/**
 * Adds drawUniform(out, groups, first, y, z, w), drawNormal and drawGumbel: 16 · `groups` floats from the blocks
 * `first` and on. y, z and w are the words of the place that all blocks share, `first` a block's number times the
 * multiplier plus the increment.
 */
export function defineNoise(to: Assembler, multiplyAdd: MultiplyAdd): void {
  for (const [name, shape] of [
    ["drawUniform", shapes.uniform],
    ["drawNormal", shapes.normal],
    ["drawGumbel", shapes.gumbel],
  ] as const)
    to.define(name, new Array(6).fill("i32"), (parameters, local) => {
      const [out, groups, first, ...shared] = parameters as [Local, Local, Local, Local, Local, Local];
      const block = local("v128");
      const words = Array.from({ length: 4 }, () => local("v128"));
      const drawn = Array.from({ length: 4 }, () => local("v128"));
      const mixed = Array.from({ length: 4 }, () => local("v128"));
      const { lines, constants, taken } = straightLine(local, multiplyAdd);
      const bits = words.map(({ get }) => lines.keep(f32x4.from(i32x4.shrUnsigned(get, 8)))) as Four;
      const shaped = shape(bits, lines);
      const body = [
        words[0]!.set(block.get),
        shared.map((word, i) => words[i + 1]!.set(i32x4.splat(word.get))),
        pcg4d(words),
        taken(),
        // A lane is a block: turned, its four numbers lie side by side.
        drawn.map((vector, i) => vector.set(shaped[i]!)),
        interleave(drawn, mixed),
        turned(mixed).map((row, i) => v128.store(out.get, row, 16 * i)),
        block.set(i32x4.add(block.get, i32x4.splat(i32.const(4 * multiplier)))),
        increase(out, i32.const(64)),
        increase(groups, i32.const(-1)),
      ];
      // The first four blocks, by way of memory.
      const begin = [0, 1, 2, 3].map((i) =>
        i32.store(out.get, i32.add(first.get, i32.const(i * multiplier)), 4 * i),
      );
      return [constants(), begin, block.set(v128.load(out.get)), loop(groups.get, body)];
    });
}
