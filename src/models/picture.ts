/** Whether rows are pictures, and the networks for those that are and those that are not. */
import type { Settings } from "../catalog/setting.ts";
import type { Span } from "../encode/span.ts";
import { mlp } from "../engine/net.ts";
import type { Activation, Net } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import { pictureNet } from "../engine/pictureNet.ts";
import type { PictureNetShape } from "../engine/pictureNet.ts";
import { count, t } from "../language/words.ts";

/** Rows that hold a picture, and the channels of the convolutions over it. */
export interface Convolutions {
  readonly side: number;
  /** Where in a row the picture begins; its pixels lie row by row from the top left. */
  readonly start: number;
  /** Channels after each halving of the picture's side. */
  readonly channels: readonly number[];
}

/** What a network takes and makes. */
export interface NetPlan {
  readonly inputs: number;
  readonly outputs: number;
  readonly hidden: readonly number[];
  /** Where in what it takes whole rows begin. */
  readonly sees: readonly number[];
  /** Whether what it makes is a row. */
  readonly makes: boolean;
}

export interface NetLook {
  readonly hidden: Activation;
  readonly outputGain?: number;
  readonly residual?: boolean;
}

/** Layers of plain units, or convolutions where there is a picture to go over; if not, the net says why. */
export function netFor(
  convolutions: Convolutions | string | undefined,
  name: string,
  plan: NetPlan,
  random: TensorRandom,
  look: NetLook,
): Net {
  const { inputs, outputs, hidden } = plan;
  if (convolutions === undefined || typeof convolutions === "string") {
    const net = mlp(name, [inputs, ...hidden, outputs], random, look);
    return convolutions === undefined ? net : { ...net, note: convolutions };
  }
  return pictureNet(name, shapeOf(convolutions, plan), random, look);
}

/** The net of convolutions that such a plan asks for. */
export function shapeOf({ side, start, channels }: Convolutions, plan: NetPlan): PictureNetShape {
  const { inputs, outputs, hidden } = plan;
  const shape = { inputs, outputs, hidden, side, channels, sees: plan.sees.map((row) => row + start) };
  return plan.makes ? { ...shape, makes: start } : shape;
}

const plain = t`Plain units, since convolutions need pictures.`;
/** Fewer pixels are no picture that convolutions would help with. */
const fewest = 64;

/** Where the picture is, told by the spans of a row; or, in words for a person, why there is none. */
export function pictureIn(
  spans: readonly Span[],
): { readonly side: number; readonly start: number } | string {
  const pixels = spans.filter(({ kind }) => kind === "numeric").toSorted((a, b) => a.start - b.start);
  const side = Math.round(Math.sqrt(pixels.length));
  if (pixels.length < fewest || side * side !== pixels.length)
    return t`${plain} A row of ${count(pixels.length)} numbers is no square picture of 8 by 8 pixels or more.`;
  const { start } = pixels[0]!;
  if (pixels.some((pixel, i) => pixel.start !== start + i))
    return t`${plain} The pixels of a row don't lie side by side.`;
  return { side, start };
}

/** What convolutions go over where they are chosen, or in words why there can be none. */
export function convolutionsFor(
  settings: Settings,
  spans: readonly Span[],
): Convolutions | string | undefined {
  if (settings["network"] !== "convolutions") return undefined;
  const picture = pictureIn(spans);
  return typeof picture === "string"
    ? picture
    : { ...picture, channels: settings["channels"] as readonly number[] };
}
