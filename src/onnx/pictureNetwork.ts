/**
 * A network of `engine/pictureNet.ts` in a graph. There, the pixels of a layer lie row by row with the channels
 * innermost; ONNX has each channel as a picture of its own. So it is the weights that are put into another order here,
 * once, and pictures are as ONNX has them all the way through.
 */
import type { Activation } from "../engine/net.ts";
import { besides, kernel, stride, type PictureNetShape } from "../engine/pictureNet.ts";
import { arithmetic, type Graph, type Value } from "./graph.ts";
import { activated, type Network, type Packed } from "./network.ts";

export interface PictureNetworkOptions {
  readonly hidden: Activation;
  readonly residual?: boolean;
}

/** Row-major [from, to], and [to]. */
interface Layer {
  readonly from: number;
  readonly to: number;
  readonly w: Float32Array;
  readonly b: Float32Array;
}

/** A picture of so many pixels a side, and channels. */
interface Maps {
  readonly side: number;
  readonly channels: number;
}

/** Where a kernel begins beyond the edge, and how far it ends beyond the other: none is left out. */
function pads(side: number): readonly number[] {
  const all = Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernel - side);
  const before = Math.floor(all / 2);
  return [before, before, all - before, all - before];
}

/** For each place of a picture whose channels are apart, its place where they are innermost. */
function apart({ side, channels }: Maps): number[] {
  const size = side * side;
  return Array.from({ length: size * channels }, (_, at) => (at % size) * channels + Math.floor(at / size));
}

/** A layer whose results, or whose first inputs, are picked in another order. */
function picked(layer: Layer, order: readonly number[], of: "results" | "inputs"): Layer {
  const { from, to, w, b } = layer;
  const moved = new Float32Array(w.length);
  for (let i = 0; i < from; i++)
    for (let j = 0; j < to; j++)
      moved[i * to + j] = of === "results" ? w[i * to + order[j]!]! : w[(order[i] ?? i) * to + j]!;
  return { from, to, w: moved, b: of === "results" ? b.map((_, j) => b[order[j]!]!) : b };
}

export function pictureNetwork(
  graph: Graph,
  shape: PictureNetShape,
  weights: Packed,
  { hidden: activation, residual = false }: PictureNetworkOptions,
): Network {
  const { inputs, outputs, side, sees, makes, channels, hidden } = shape;
  const { add, mul, concat } = arithmetic(graph);
  const size = side * side;
  const sides = channels.reduce<number[]>((all) => [...all, Math.ceil(all.at(-1)! / stride)], [side]);
  const levels: Maps[] = channels.map((own, i) => ({ side: sides[i + 1]!, channels: own }));
  const widthOf = (maps: Maps): number => maps.side * maps.side * maps.channels;
  const smallest = levels.at(-1)!;
  const sighted = sees.length > 0;
  const beside = inputs - sees.length * size;
  const rest = makes === undefined ? outputs : outputs - size;
  /** What a kernel sees of a place: channels of the layer before. */
  const seenChannels = (i: number): number => (i === 0 ? sees.length : channels[i - 1]!);
  const madeChannels = (i: number): number => (i === 0 ? 1 : channels[i - 1]!);
  const spots = kernel * kernel;

  const take = (from: number, to: number): Layer => ({
    from,
    to,
    w: weights.take(from * to),
    b: weights.take(to),
  });
  const first = (sighted ? widthOf(smallest) : 0) + beside;
  const kernels = sighted ? levels.map((level, i) => take(seenChannels(i) * spots, level.channels)) : [];
  const hints = sighted && beside > 0 ? levels.map((level) => take(beside, widthOf(level))) : [];
  const denses = hidden.map((to, i) => {
    const layer = take(i === 0 ? first : hidden[i - 1]!, to);
    return i === 0 && sighted ? picked(layer, apart(smallest), "inputs") : layer;
  });
  const last = hidden.at(-1)!;
  const start = makes === undefined ? undefined : take(last, widthOf(smallest));
  const ups = makes === undefined ? [] : levels.map((_, k) => {
    const i = levels.length - 1 - k;
    return { i, layer: take(channels[i]!, madeChannels(i) * spots) };
  }); // prettier-ignore
  const plain = rest > 0 ? take(last, rest) : undefined;

  const dense = (x: Value, { w, b, from, to }: Layer): Value =>
    graph.node("Gemm", [x, graph.constant(w, [from, to]), graph.constant(b, [to])]);
  const through = (x: Value): Value => activated(graph, x, activation);
  const asPicture = (x: Value, { side: own, channels: many }: Maps): Value =>
    graph.node("Reshape", [x, graph.integers([-1, many, own, own])]);
  const flat = (x: Value, width: number): Value => graph.node("Reshape", [x, graph.integers([-1, width])]);
  const stretch = (x: Value, from: number, count: number): Value =>
    graph.node("Slice", [x, graph.integers([from]), graph.integers([from + count]), graph.integers([1])]);

  /** [channels out, in, y, x]; a patch's numbers lie picture by picture at first, by channels later. */
  function convolution(i: number, x: Value): Value {
    const { w, b, to } = kernels[i]!;
    const many = seenChannels(i);
    const moved = new Float32Array(w.length);
    for (let out = 0; out < to; out++)
      for (let c = 0; c < many; c++)
        for (let at = 0; at < spots; at++)
          moved[(out * many + c) * spots + at] = w[(i === 0 ? c * spots + at : at * many + c) * to + out]!;
    const own = graph.constant(moved, [to, many, kernel, kernel]);
    return graph.node("Conv", [x, own, graph.constant(b, [to])], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: pads(sides[i]!),
    });
  }

  /** [channels in, out, y, x]. Each patch brings its own bias, so what they add up to differs from pixel to pixel. */
  function transposed(i: number, { w, b, from, to }: Layer, x: Value): Value {
    const [many, own] = [madeChannels(i), sides[i]!];
    const edge = pads(own);
    const moved = new Float32Array(w.length);
    for (let c = 0; c < from; c++)
      for (let out = 0; out < many; out++)
        for (let at = 0; at < spots; at++)
          moved[(c * many + out) * spots + at] = w[c * to + at * many + out]!;
    const sums = new Float32Array(many * own * own);
    const positions = sides[i + 1]!;
    for (let py = 0; py < positions; py++)
      for (let px = 0; px < positions; px++)
        for (let at = 0; at < spots; at++) {
          const y = py * stride - edge[0]! + Math.floor(at / kernel);
          const x0 = px * stride - edge[1]! + (at % kernel);
          if (y < 0 || y >= own || x0 < 0 || x0 >= own) continue;
          for (let out = 0; out < many; out++) sums[(out * own + y) * own + x0]! += b[at * many + out]!;
        }
    const drawn = graph.node("ConvTranspose", [x, graph.constant(moved, [from, many, kernel, kernel])], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: edge,
    });
    return add(drawn, graph.constant(sums, [1, many, own, own]));
  }

  function forward(x: Value): Value {
    const others = besides(inputs, sees, size).map(([from, count]) => stretch(x, from, count));
    const known = sighted ? (others.length === 0 ? undefined : concat(...others)) : x;
    const maps: Value[] = [];
    if (sighted) {
      const pictures = sees.map((from) => asPicture(stretch(x, from, size), { side, channels: 1 }));
      const seen = concat(...pictures);
      levels.forEach((level, i) => {
        const z = convolution(i, maps.at(-1) ?? seen);
        const hint = hints[i] && asPicture(dense(known!, picked(hints[i], apart(level), "results")), level);
        maps.push(through(hint === undefined ? z : add(z, hint)));
      });
    }
    let h = concat(
      ...(sighted ? [flat(maps.at(-1)!, widthOf(smallest))] : []),
      ...(known === undefined ? [] : [known]),
    );
    denses.forEach((layer, i) => {
      const out = through(dense(h, layer));
      h = residual && i > 0 && hidden[i - 1] === hidden[i] ? add(h, out) : out;
    });
    if (makes === undefined) return dense(h, plain!);
    const begun = asPicture(dense(h, picked(start!, apart(smallest), "results")), smallest);
    let z = through(sighted ? add(begun, maps.at(-1)!) : begun);
    for (const { i, layer } of ups) {
      const drawn = transposed(i, layer, z);
      z = i === 0 ? drawn : through(sighted ? add(drawn, maps[i - 1]!) : drawn);
    }
    const picture = flat(z, size);
    if (plain === undefined) return picture;
    const aside = dense(h, plain);
    const parts = [
      ...(makes > 0 ? [stretch(aside, 0, makes)] : []),
      picture,
      ...(rest > makes ? [stretch(aside, makes, rest - makes)] : []),
    ];
    return concat(...parts);
  }

  /** `x` with the same numbers put into every row, from `from` on. */
  const inserted = (x: Value, from: number, count: number, numbers: Value): Value => {
    const room = mul(stretch(x, 0, 1), 0);
    const [before, after] = [from, inputs - count - from];
    return concat(
      ...(before > 0 ? [stretch(x, 0, before)] : []),
      add(room, numbers),
      ...(after > 0 ? [stretch(x, before, after)] : []),
    );
  };
  return {
    forward,
    told: (x, from, numbers) =>
      forward(inserted(x, from, numbers.length, graph.constant(numbers, [1, numbers.length]))),
    toldIn(round, x, from, numbers) {
      const count = numbers[0]!.length;
      const table = graph.constant(numbers.flat(), [numbers.length, count]);
      return forward(inserted(x, from, count, graph.node("Gather", [table, round], { axis: 0 })));
    },
  };
}
