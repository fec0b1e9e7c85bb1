/** Copies lines of a matrix, side by side, into the order that a product's tiles read them in. */
import { f32, i32, increase, loop, v128, when } from "./assembler.ts";
import type { Assembler, Callable, Code, Local } from "./assembler.ts";

/**
 * (from, lineStride, stepStride, lines, steps, to): copies `lines` of at most `width` lines, each of `steps`
 * floats, into the order [steps][width]; missing lines become zeros.
 */
export function definePack(to: Assembler, name: string, width: number): Callable {
  return to.define(name, ["i32", "i32", "i32", "i32", "i32", "i32"], (parameters, local) => {
    const [from, lineStride, stepStride, lines, steps, into] = parameters as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const left = local("i32");
    const line = local("i32");
    const address = local("i32");
    const target = local("i32");
    const bytes = width * 4;

    /** Lines side by side in memory: each step is one stretch. */
    const alongside: Code = [
      left.set(steps.get),
      loop(left.get, [
        Array.from({ length: width >> 2 }, (_, v) =>
          v128.store(into.get, v128.load(from.get, 16 * v), 16 * v),
        ),
        increase(from, stepStride.get),
        increase(into, i32.const(bytes)),
        increase(left, i32.const(-1)),
      ]),
    ];

    const lineAt = Array.from({ length: width }, () => local("i32"));
    const lanes = Array.from({ length: 4 }, () => local("v128"));
    const mixed = Array.from({ length: 4 }, () => local("v128"));
    /** Each line a stretch of its own: squares of 4 x 4 are turned in registers. */
    const crosswise: Code = [
      lineAt.map((each, i) => each.set(i === 0 ? from.get : i32.add(lineAt[i - 1]!.get, lineStride.get))),
      left.set(steps.get),
      loop(i32.ge(left.get, i32.const(4)), [
        Array.from({ length: width >> 2 }, (_, group) => [
          lanes.map((lane, i) => lane.set(v128.load(lineAt[4 * group + i]!.get))),
          interleave(lanes, mixed),
          turned(mixed).map((row, i) => v128.store(into.get, row, bytes * i + 16 * group)),
        ]),
        lineAt.map((each) => increase(each, i32.const(16))),
        increase(into, i32.const(4 * bytes)),
        increase(left, i32.const(-4)),
      ]),
      loop(left.get, [
        lineAt.map((each, i) => [
          f32.store(into.get, f32.load(each.get), 4 * i),
          increase(each, i32.const(4)),
        ]),
        increase(into, i32.const(bytes)),
        increase(left, i32.const(-1)),
      ]),
    ];
    /** A strip that is not full, or strides that nobody uses. */
    const byLine: Code = [
      line.set(i32.const(0)),
      loop(i32.lt(line.get, i32.const(width)), [
        address.set(from.get),
        target.set(into.get),
        left.set(steps.get),
        when(
          i32.lt(line.get, lines.get),
          loop(left.get, [
            f32.store(target.get, f32.load(address.get)),
            increase(address, stepStride.get),
            increase(target, i32.const(bytes)),
            increase(left, i32.const(-1)),
          ]),
          loop(left.get, [
            f32.store(target.get, f32.const(0)),
            increase(target, i32.const(bytes)),
            increase(left, i32.const(-1)),
          ]),
        ),
        increase(from, lineStride.get),
        increase(into, i32.const(4)),
        increase(line, i32.const(1)),
      ]),
    ];
    const full = i32.eq(lines.get, i32.const(width));
    return when(
      i32.and(full, i32.eq(lineStride.get, i32.const(4))),
      alongside,
      when(i32.and(full, i32.eq(stepStride.get, i32.const(4))), crosswise, byLine),
    );
  });
}

/** First half of turning a 4 x 4 square: pairs of its lines, lane by lane. */
export function interleave(lines: readonly Local[], into: readonly Local[]): Code {
  const [a, b, c, d] = lines.map(({ get }) => get) as [Code, Code, Code, Code];
  const [low, high] = [
    [0, 4, 1, 5],
    [2, 6, 3, 7],
  ] as const;
  return [
    [a, b, low],
    [c, d, low],
    [a, b, high],
    [c, d, high],
  ].map(([left, right, lanes], i) =>
    into[i]!.set(v128.shuffle(left as Code, right as Code, lanes as readonly number[])),
  );
}

/** Second half: the square's columns. */
export function turned(mixed: readonly Local[]): Code[] {
  const [p, q, r, s] = mixed.map(({ get }) => get) as [Code, Code, Code, Code];
  const [first, second] = [
    [0, 1, 4, 5],
    [2, 3, 6, 7],
  ] as const;
  return [
    v128.shuffle(p, q, first),
    v128.shuffle(p, q, second),
    v128.shuffle(r, s, first),
    v128.shuffle(r, s, second),
  ];
}
