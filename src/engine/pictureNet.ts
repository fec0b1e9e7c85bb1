/**
 * Networks that see a row as a picture, or make one, by strided convolutions (A. Radford, L. Metz, S. Chintala,
 * Unsupervised Representation Learning with DCGANs, 2016, https://arxiv.org/abs/1511.06434), and where they do both,
 * with skips between layers of one size (O. Ronneberger et al., U-Net, 2015, https://arxiv.org/abs/1505.04597).
 *
 *   pictures ── down ── down ─┬─ dense layers ─┬─ up ── up ── picture
 *                ↑       ↑    │                └─ what is beside it
 *   what is beside them ──────┘
 *
 * Whatever goes in beside pictures, a label, a noise level, noise itself, says what each layer on the way down should
 * look for, position by position: what a skip lets through at a low noise level it must not at a high one.
 */
import { dense } from "./fused/dense.ts";
import { patches, unpatch } from "./fused/patches.ts";
import { activate, initialScale, owned } from "./net.ts";
import type { Activation, FeatureMaps, Net } from "./net.ts";
import type { TensorRandom } from "./noise.ts";
import { patchForm } from "./patchForm.ts";
import type { PatchForm } from "./patchForm.ts";
import { add, concat, reshape, slice, tensor1d, tensor2d } from "./tf.ts";
import type { Rows, Tensor, Tensor1D } from "./tf.ts";

export interface PictureNetShape {
  /** Numbers in a row that goes in, and one that comes out. */
  readonly inputs: number;
  readonly outputs: number;
  /** Pixels on a side of any picture; each pixel is one number. */
  readonly side: number;
  /** Where pictures begin in what goes in, ascending. */
  readonly sees: readonly number[];
  /** Where a picture begins in what comes out; absent where none does. */
  readonly makes?: number;
  /** Channels after each halving of the side, the largest pictures first. At least one. */
  readonly channels: readonly number[];
  /** The dense layers where pictures are smallest, in reading order. */
  readonly hidden: readonly number[];
}

export interface PictureNetOptions {
  readonly hidden: Activation;
  readonly outputGain?: number;
  /** Adds to each dense layer that is as wide as the one before it what came in. */
  readonly residual?: boolean;
}

/** A kernel of 4 that moves by 2 lies over every pixel equally often: no checkerboards (A. Odena et al., 2016). */
export const kernel = 4;
export const stride = 2;

/** A layer's weights are [in, out] and [out]; of convolutions by the position under the kernel. */
interface Sizes {
  readonly from: number;
  readonly to: number;
  /** How many numbers a sum adds up, which the first weights make up for. */
  readonly fanIn: number;
}

export function pictureNet(
  name: string,
  shape: PictureNetShape,
  random: TensorRandom,
  { hidden: activation, outputGain = 1, residual = false }: PictureNetOptions,
): Net {
  const { inputs, outputs, side, sees, makes, channels, hidden } = shape;
  const size = side * side;
  const sides = channels.reduce<number[]>((all) => [...all, Math.ceil(all.at(-1)! / stride)], [side]);
  const levels: FeatureMaps[] = channels.map((channel, i) => ({ side: sides[i + 1]!, channels: channel }));
  const widthOf = (maps: FeatureMaps): number => maps.side * maps.side * maps.channels;
  const smallest = widthOf(levels.at(-1)!);

  /** From what comes before each level to it; the way back has the same windows. */
  const windows = (width: number, starts: readonly number[]): PatchForm[] =>
    levels.map((_, i) =>
      patchForm(
        i === 0
          ? { width, starts, side, channels: 1, kernel, stride }
          : { ...levels[i - 1]!, width: widthOf(levels[i - 1]!), starts: [0], kernel, stride },
      ),
    );
  const down = sees.length === 0 ? [] : windows(inputs, sees);
  const up = makes === undefined ? [] : windows(size, [0]);

  const beside = inputs - sees.length * size;
  const rest = makes === undefined ? outputs : outputs - size;
  const dense0 = (down.length > 0 ? smallest : 0) + beside;
  const plan: Sizes[] = [
    ...down.map(({ patch }, i) => ({ from: patch, to: channels[i]!, fanIn: patch })),
    ...(beside > 0 ? down.map((_, i) => ({ from: beside, to: widthOf(levels[i]!), fanIn: 4 * beside })) : []),
    ...hidden.map((to, i) => {
      const from = i === 0 ? dense0 : hidden[i - 1]!;
      return { from, to, fanIn: from };
    }),
  ];
  const last = hidden.at(-1) ?? dense0;
  const overlap = (kernel / stride) ** 2;
  if (makes !== undefined) {
    plan.push({ from: last, to: smallest, fanIn: last });
    for (let i = up.length - 1; i >= 0; i--)
      plan.push({ from: channels[i]!, to: up[i]!.patch, fanIn: channels[i]! * overlap });
  }
  if (rest > 0) plan.push({ from: last, to: rest, fanIn: last });
  /** The layers that end in what comes out, and start small where that is asked for. */
  const ends = makes !== undefined && rest > 0 ? 2 : 1;
  const weights = plan.flatMap(({ from, to, fanIn }, i) => {
    const end = i >= plan.length - ends;
    const scale = initialScale(end ? "linear" : activation, fanIn, fanIn);
    const values = random.normals(from * to).map((value) => value * scale * (end ? outputGain : 1));
    return [owned(tensor2d(values, [from, to])), owned(tensor1d(new Float32Array(to)))];
  });

  /** A layer, its activation within it where there is a kernel for both. */
  const layer = (x: Rows, [w, b]: readonly [Rows, Tensor1D], skip?: Rows): Rows => {
    const fused = activation === "relu" || activation === "leakyRelu";
    if (skip === undefined && fused) return dense(x, w, b, activation);
    const z = dense(x, w, b, "linear");
    return activate(skip === undefined ? z : add(z, skip), activation);
  };

  const apart = besides(inputs, sees, size);
  const path: (FeatureMaps | undefined)[] = [
    sees.length > 0 ? { side, channels: sees.length } : undefined,
    ...(down.length > 0 ? levels : []),
    ...hidden.map(() => undefined),
    ...(makes === undefined ? [undefined] : [...levels.toReversed(), { side, channels: 1 }]),
  ];
  const sizes = path.map((maps, i) =>
    i === 0
      ? inputs
      : i === path.length - 1
        ? outputs
        : maps === undefined
          ? hidden[i - 1 - down.length]!
          : widthOf(maps),
  );

  return {
    name,
    sizes,
    maps: path,
    hidden: activation,
    output: "linear",
    parameters: weights.reduce((sum, weight) => sum + weight.size, 0),
    weights,
    forward(x, own: readonly Tensor[] = weights) {
      const n = x.shape[0];
      let at = 0;
      const next = (): readonly [Rows, Tensor1D] => {
        at += 2;
        return [own[at - 2] as Rows, own[at - 1] as Tensor1D];
      };
      const others = apart.map(([from, count]) => slice(x, [0, from], [n, count]) as Rows);
      const known = sees.length === 0 ? x : others.length > 0 ? together(others) : undefined;
      const kernels = down.map(next);
      const hints = known === undefined ? [] : down.map(() => dense(known, ...next(), "linear"));
      const maps: Rows[] = [];
      down.forEach((form, i) => {
        const width = widthOf(levels[i]!);
        const seen = patches(maps.at(-1) ?? x, form);
        maps.push(
          known === undefined
            ? (reshape(layer(seen, kernels[i]!), [n, width]) as Rows)
            : activate(
                add(reshape(dense(seen, ...kernels[i]!, "linear"), [n, width]), hints[i]!) as Rows,
                activation,
              ),
        );
      });
      let h = together([...maps.slice(-1), ...(known === undefined ? [] : [known])]);
      hidden.forEach((width, i) => {
        const out = layer(h, next());
        h = residual && i > 0 && hidden[i - 1] === width ? add(h, out) : out;
      });
      if (makes === undefined) return dense(h, ...next(), "linear");
      let z = layer(h, next(), maps.at(-1));
      for (let i = up.length - 1; i >= 0; i--) {
        const spots = reshape(z, [z.size / channels[i]!, channels[i]!]) as Rows;
        const drawn = unpatch(dense(spots, ...next(), "linear"), up[i]!);
        z = i === 0 ? drawn : activate(maps.length > 0 ? add(drawn, maps[i - 1]!) : drawn, activation);
      }
      if (rest === 0) return z;
      const plain = dense(h, ...next(), "linear");
      const [front, back] = [makes, rest - makes];
      const pieces = [
        ...(front > 0 ? [slice(plain, [0, 0], [n, front])] : []),
        z,
        ...(back > 0 ? [slice(plain, [0, front], [n, back])] : []),
      ];
      return together(pieces as Rows[]);
    },
    dispose() {
      for (const part of [...weights, ...down, ...up]) part.dispose();
    },
  };
}

const together = (parts: readonly Rows[]): Rows =>
  parts.length === 1 ? parts[0]! : (concat([...parts], 1) as Rows);

/** The stretches of a row of `width` that no picture takes: where each begins and how long it is. */
export function besides(width: number, starts: readonly number[], size: number): [number, number][] {
  const edges = [0, ...starts.flatMap((start) => [start, start + size]), width];
  const gaps: [number, number][] = [];
  for (let i = 0; i < edges.length; i += 2)
    if (edges[i + 1]! > edges[i]!) gaps.push([edges[i]!, edges[i + 1]! - edges[i]!]);
  return gaps;
}
