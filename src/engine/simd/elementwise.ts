/** Kernels that go through memory once: maps, broadcast pairs, sums, Adam, copies. */
import { copyMemory, f32, f32x4, i32, increase, loop, v128 } from "./assembler.ts";
import type { Assembler, Code, Local, MakeLocal } from "./assembler.ts";
import {
  exponential,
  hyperbolicTangent,
  logarithm,
  logistic,
  siluSlope,
  softplus,
  straightLine,
} from "./functions.ts";
import type { LaneMap, MultiplyAdd } from "./functions.ts";

/** Access to four floats at a time, or to the first lane alone where fewer are left. */
export interface Access {
  load(address: Code): Code;
  store(address: Code, value: Code): Code;
  readonly lanes: number;
}
const four: Access = { load: v128.load, store: v128.store, lanes: 4 };
const one: Access = { load: v128.loadFirst, store: v128.storeFirst, lanes: 1 };

/**
 * Runs `body` over `count` floats, four at a time and the rest one by one, moving the pointers along. Uses up
 * `count`.
 */
export function sweep(count: Local, pointers: readonly Local[], body: (access: Access) => Code): Code {
  return [four, one].map((access) =>
    loop(i32.ge(count.get, i32.const(access.lanes)), [
      body(access),
      pointers.map((pointer) => increase(pointer, i32.const(4 * access.lanes))),
      increase(count, i32.const(-access.lanes)),
    ]),
  );
}

export const maps = {
  // "Unless below zero", so that what is not a number stays so and divergence is seen.
  Relu: (x) => v128.andNot(x, f32x4.lt(x, f32x4.zero)),
  LeakyRelu: (x, alpha) => v128.select(f32x4.mul(x, alpha), x, f32x4.lt(x, f32x4.zero)),
  /** 1 above zero, α elsewhere. */
  Step: (x, alpha, { constant }) => v128.select(constant(1), alpha, f32x4.gt(x, f32x4.zero)),
  Square: (x) => f32x4.mul(x, x),
  Sqrt: (x) => f32x4.sqrt(x),
  Neg: (x) => f32x4.sub(f32x4.zero, x),
  Exp: (x, _, lines) => exponential(x, lines),
  Log: (x, _, lines) => logarithm(x, lines),
  Sigmoid: (x, _, lines) => logistic(x, lines),
  Tanh: (x, _, lines) => hyperbolicTangent(x, lines),
  Softplus: (x, _, lines) => softplus(x, lines),
  Silu: (x, _, lines) => f32x4.mul(x, logistic(x, lines)),
} as const satisfies Record<string, LaneMap>;

/** What a gradient is multiplied by on its way back. */
export const slopes = {
  Gate: (x, alpha, { constant }) => v128.select(constant(1), alpha, f32x4.gt(x, f32x4.zero)),
  SiluSlope: (x, _, lines) => siluSlope(x, lines),
} as const satisfies Record<string, LaneMap>;

export const pairs = {
  Add: f32x4.add,
  Sub: f32x4.sub,
  Multiply: f32x4.mul,
  RealDiv: f32x4.div,
} as const satisfies Record<string, (a: Code, b: Code) => Code>;

/**
 * Adds, for each map, Name(x, out, count, α): out = map(x), and for each slope Name(x, dy, out, count, α):
 * out = dy · slope(x).
 */
export function defineMaps(to: Assembler, multiplyAdd: MultiplyAdd): void {
  for (const [name, map] of Object.entries<LaneMap>({ ...maps, ...slopes })) {
    const scales = name in slopes;
    const pointers = scales ? 3 : 2;
    to.define(name, [...new Array<"i32">(pointers + 1).fill("i32"), "f32"], (parameters, local) => {
      const moving = parameters.slice(0, pointers);
      const [x, out, count, alpha] = [0, pointers - 1, pointers, pointers + 1].map((i) => parameters[i]) as [Local, Local, Local, Local]; // prettier-ignore
      const spread = local("v128");
      const { lines, constants, taken } = straightLine(local, multiplyAdd);
      const body = sweep(count, moving, ({ load, store }) => {
        const value = map(lines.keep(load(x.get)), spread.get, lines);
        return [taken(), store(out.get, scales ? f32x4.mul(load(moving[1]!.get), value) : value)];
      });
      return [spread.set(f32x4.splat(alpha.get)), constants(), body];
    });
  }
}

/**
 * Adds, for each pair, Name(a, aRow, b, bRow, out, rows, columns): the row strides are in bytes, 0 to use one
 * row again and again. With the suffix "A" or "B" that operand has one float a row.
 */
export function definePairs(to: Assembler): void {
  for (const [name, pair] of Object.entries(pairs))
    for (const single of ["", "A", "B"])
      to.define(`${name}${single}`, new Array(7).fill("i32"), (parameters, local) => {
        const [a, aRow, b, bRow, out, rows, columns] = parameters as [
          Local,
          Local,
          Local,
          Local,
          Local,
          Local,
          Local,
        ];
        const [atA, atB, left] = [local("i32"), local("i32"), local("i32")];
        const spread = local("v128");
        const moving = [...(single === "A" ? [] : [atA]), ...(single === "B" ? [] : [atB]), out];
        return loop(rows.get, [
          atA.set(a.get),
          atB.set(b.get),
          left.set(columns.get),
          single === "A" ? spread.set(v128.loadSplat(a.get)) : [],
          single === "B" ? spread.set(v128.loadSplat(b.get)) : [],
          sweep(left, moving, ({ load, store }) =>
            store(
              out.get,
              pair(single === "A" ? spread.get : load(atA.get), single === "B" ? spread.get : load(atB.get)),
            ),
          ),
          a.set(i32.add(a.get, aRow.get)),
          b.set(i32.add(b.get, bRow.get)),
          increase(rows, i32.const(-1)),
        ]);
      });
}

/** The four lanes together. */
export const total = (x: Code): Code =>
  f32.add(f32.add(f32x4.lane(x, 0), f32x4.lane(x, 1)), f32.add(f32x4.lane(x, 2), f32x4.lane(x, 3)));

/** Sums term(x) over `left` floats from `x` on, in four sums at once; uses up both. */
const sumOf = (x: Local, left: Local, sums: readonly Local[], term: (x: Code) => Code): Code => [
  sums.map((sum) => sum.set(f32x4.zero)),
  loop(i32.ge(left.get, i32.const(16)), [
    sums.map((sum, i) => sum.set(f32x4.add(sum.get, term(v128.load(x.get, 16 * i))))),
    increase(x, i32.const(64)),
    increase(left, i32.const(-16)),
  ]),
  sweep(left, [x], ({ load }) => sums[0]!.set(f32x4.add(sums[0]!.get, term(load(x.get))))),
];
const together = (sums: readonly Local[]): Code =>
  total(sums.map((sum) => sum.get).reduce((a, b) => f32x4.add(a, b)));

/**
 * Adds sumDown(x, out, rows, columns, scale), out[column] = scale · Σ over rows, and sumAcross(…),
 * out[row] = scale · Σ over columns; and squares(x, out, count): out = Σ x². All in a fixed order.
 */
export function defineSums(to: Assembler): void {
  to.define("sumDown", ["i32", "i32", "i32", "i32", "f32"], (parameters, local) => {
    const [x, out, rows, columns, scale] = parameters as [Local, Local, Local, Local, Local];
    const { i32: [at, target, left, stride], v128: [spread] } = variables(local, 4, 1); // prettier-ignore
    const rowOf = (row: number): Code => i32.add(at.get, i32.mul(stride.get, i32.const(row)));
    /** Adds `count` rows at once to what `out` holds. */
    const take = (count: number): Code => [
      at.set(x.get),
      target.set(out.get),
      left.set(columns.get),
      sweep(left, [at, target], ({ load, store }) =>
        store(
          target.get,
          Array.from({ length: count }, (_, row) => load(rowOf(row))).reduce(
            (sum, next) => f32x4.add(sum, next),
            load(target.get),
          ),
        ),
      ),
      x.set(i32.add(x.get, i32.mul(stride.get, i32.const(count)))),
      increase(rows, i32.const(-count)),
    ];
    return [
      stride.set(i32.shl(columns.get, i32.const(2))),
      target.set(out.get),
      left.set(columns.get),
      sweep(left, [target], ({ store }) => store(target.get, f32x4.zero)),
      loop(i32.ge(rows.get, i32.const(4)), take(4)),
      loop(rows.get, take(1)),
      spread.set(f32x4.splat(scale.get)),
      target.set(out.get),
      left.set(columns.get),
      sweep(left, [target], ({ load, store }) => store(target.get, f32x4.mul(load(target.get), spread.get))),
    ];
  });

  to.define("sumAcross", ["i32", "i32", "i32", "i32", "f32"], (parameters, local) => {
    const [x, out, rows, columns, scale] = parameters as [Local, Local, Local, Local, Local];
    const { i32: [left], v128: sums } = variables(local, 1, 4); // prettier-ignore
    return loop(rows.get, [
      left.set(columns.get),
      sumOf(x, left, sums, (value) => value),
      f32.store(out.get, f32.mul(scale.get, together(sums))),
      increase(out, i32.const(4)),
      increase(rows, i32.const(-1)),
    ]);
  });

  to.define("squares", ["i32", "i32", "i32"], (parameters, local) => {
    const [x, out, count] = parameters as [Local, Local, Local];
    const { v128: [value, ...sums] } = variables(local, 0, 5); // prettier-ignore
    return [
      sumOf(x, count, sums, (loaded) => f32x4.mul(value.tee(loaded), value.get)),
      f32.store(out.get, together(sums)),
    ];
  });
}

type Seven = [Code, Code, Code, Code, Code, Code, Code];

function variables(
  local: MakeLocal,
  integers: number,
  vectors: number,
): { i32: [Local, Local, Local, Local]; v128: [Local, ...Local[]] } {
  return {
    i32: Array.from({ length: integers }, () => local("i32")) as [Local, Local, Local, Local],
    v128: Array.from({ length: vectors }, () => local("v128")) as [Local, ...Local[]],
  };
}

/**
 * Adds adam(w, g, m, v, count, β₁, β₂, scale, ε, clip, l2, kept): with g · clip + l2 · w for g, M ← β₁M + g,
 * V ← β₂V + g², w ← kept · w - scale · M / (√V + ε), all three in place; and average(target, source, count, share): target += share · (source - target).
 */
export function defineUpdates(to: Assembler): void {
  to.define(
    "adam",
    [...new Array<"i32">(5).fill("i32"), ...new Array<"f32">(7).fill("f32")],
    (parameters, local) => {
      const [w, g, m, v, count, ...numbers] = parameters as [Local, Local, Local, Local, Local, ...Local[]];
      const spread = numbers.map((number) => ({ number, vector: local("v128") }));
      const [beta1, beta2, scale, epsilon, clip, l2, kept] = spread.map(({ vector }) => vector.get) as Seven;
      const [old, gradient, first, second] = [local("v128"), local("v128"), local("v128"), local("v128")];
      return [
        spread.map(({ number, vector }) => vector.set(f32x4.splat(number.get))),
        sweep(count, [w, g, m, v], ({ load, store }) => [
          old.set(load(w.get)),
          gradient.set(f32x4.add(f32x4.mul(load(g.get), clip), f32x4.mul(old.get, l2))),
          first.set(f32x4.add(f32x4.mul(load(m.get), beta1), gradient.get)),
          second.set(f32x4.add(f32x4.mul(load(v.get), beta2), f32x4.mul(gradient.get, gradient.get))),
          store(m.get, first.get),
          store(v.get, second.get),
          store(
            w.get,
            f32x4.sub(
              f32x4.mul(old.get, kept),
              f32x4.mul(f32x4.div(first.get, f32x4.add(f32x4.sqrt(second.get), epsilon)), scale),
            ),
          ),
        ]),
      ];
    },
  );

  to.define("average", ["i32", "i32", "i32", "f32"], (parameters, local) => {
    const [target, source, count, share] = parameters as [Local, Local, Local, Local];
    const [spread, old] = [local("v128"), local("v128")];
    return [
      spread.set(f32x4.splat(share.get)),
      sweep(count, [target, source], ({ load, store }) => [
        old.set(load(target.get)),
        store(target.get, f32x4.add(old.get, f32x4.mul(f32x4.sub(load(source.get), old.get), spread.get))),
      ]),
    ];
  });
}

/** Adds copyRows(from, fromRow, to, toRow, bytes, rows): one stretch of each row. */
export function defineCopy(to: Assembler): void {
  to.define("copyRows", new Array(6).fill("i32"), (parameters) => {
    const [from, fromRow, target, toRow, bytes, rows] = parameters as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    return loop(rows.get, [
      copyMemory(target.get, from.get, bytes.get),
      from.set(i32.add(from.get, fromRow.get)),
      target.set(i32.add(target.get, toRow.get)),
      increase(rows, i32.const(-1)),
    ]);
  });
}
