/**
 * Ten signs drawn by program at 28x28, each time by a slightly different hand:
 * the stroke is bent by a smooth random warp, the whole is turned, sheared,
 * scaled and shifted, and the pen has its own width. A pixel's grey is its
 * coverage by a pen with round ends, taken from its distance to the nearest stroke.
 */
import type { Random } from "../random/random.ts";
import { signs, type Stroke } from "./glyphSigns.ts";
import type { Images } from "./images.ts";
import type { Point } from "./plane.ts";

/** Pixels along a side. */
export const glyphSide = 28;

/** Class names, in the order of their numbers. */
export const glyphNames: readonly string[] = signs.map((sign) => sign.name);

/** Pixels per unit of a sign's own coordinates: a sign is about 19 pixels tall. */
const unit = 9.5;

type Move = (point: Point) => Point;

const between = (low: number, high: number, random: Random): number => low + (high - low) * random.uniform();

/** One hand's way of drawing: warp first, then an affine map to pixels. */
function drawMove(random: Random): Move {
  const turn = (between(-15, 15, random) * Math.PI) / 180;
  const shear = between(-0.18, 0.18, random);
  const [across, down] = [unit * between(0.85, 1.1, random), unit * between(0.85, 1.1, random)];
  const middle = (glyphSide - 1) / 2;
  const [left, top] = [middle + between(-1.6, 1.6, random), middle + between(-1.6, 1.6, random)];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  // A slow wave along each axis: straight lines bow a little, circles become eggs.
  const [bow, sway] = [between(0.02, 0.09, random), between(0.02, 0.09, random)];
  const [phaseX, phaseY] = [2 * Math.PI * random.uniform(), 2 * Math.PI * random.uniform()];
  return ([x, y]) => {
    const bentX = x + bow * Math.sin(2.2 * y + phaseX);
    const bentY = y + sway * Math.sin(2.2 * x + phaseY);
    const wide = across * (bentX + shear * bentY);
    const tall = down * bentY;
    return [left + cos * wide - sin * tall, top + sin * wide + cos * tall];
  };
}

/** Squared distance from (x, y) to the segment a-b. */
function distance2(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2));
  return (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2;
}

/** Lowers `nearest` (squared distances, one a pixel) around one segment, as far as `reach` pixels from it. */
function approach(nearest: Float64Array, a: Point, b: Point, reach: number): void {
  const last = glyphSide - 1;
  const fromX = Math.max(0, Math.floor(Math.min(a[0], b[0]) - reach));
  const toX = Math.min(last, Math.ceil(Math.max(a[0], b[0]) + reach));
  const fromY = Math.max(0, Math.floor(Math.min(a[1], b[1]) - reach));
  const toY = Math.min(last, Math.ceil(Math.max(a[1], b[1]) + reach));
  for (let y = fromY; y <= toY; y++)
    for (let x = fromX; x <= toX; x++) {
      const i = y * glyphSide + x;
      const d2 = distance2(x, y, a, b);
      if (d2 < nearest[i]!) nearest[i] = d2;
    }
}

/** Bytes of a drawing with a pen of `radius` pixels: 255 on the stroke, 0 away from it, one pixel of ramp between. */
function ink(strokes: readonly Stroke[], radius: number): Uint8Array {
  const nearest = new Float64Array(glyphSide * glyphSide).fill(Infinity);
  for (const stroke of strokes)
    for (let i = 1; i < stroke.length; i++) approach(nearest, stroke[i - 1]!, stroke[i]!, radius + 1);
  return Uint8Array.from(nearest, (d2) =>
    Math.round(255 * Math.min(1, Math.max(0, radius + 0.5 - Math.sqrt(d2)))),
  );
}

/**
 * One image of class `sign` (0 to 9), 784 bytes row by row, light on dark.
 *
 * @throws RangeError for a class that does not exist.
 */
export function glyphImage(sign: number, random: Random): Uint8Array {
  const drawn = signs[sign];
  if (!drawn) throw new RangeError(`There is no glyph class ${sign}: classes are 0 to ${signs.length - 1}.`);
  const move = drawMove(random);
  const radius = between(0.9, 1.6, random);
  return ink(
    drawn.strokes.map((stroke) => stroke.map(move)),
    radius,
  );
}

/** `count` images of random classes, all equally likely. */
export function makeGlyphs(count: number, random: Random): Images {
  const size = glyphSide * glyphSide;
  const pixels = new Uint8Array(count * size);
  const labels: string[] = [];
  for (let i = 0; i < count; i++) {
    const sign = random.integer(signs.length);
    labels.push(glyphNames[sign]!);
    pixels.set(glyphImage(sign, random), i * size);
  }
  return { width: glyphSide, height: glyphSide, count, pixels, labels };
}

/** Pixels along a side of a small glyph, and of the block of a large one that each of them is the mean of. */
const smallSide = 8;
const block = 3;

/**
 * The same drawings at 8x8, for networks that should learn in seconds: the middle 24x24 pixels (a sign hardly ever leaves
 * them), each three by three as their mean.
 */
export function makeSmallGlyphs(count: number, random: Random): Images {
  const large = makeGlyphs(count, random);
  const rim = (glyphSide - smallSide * block) / 2;
  const pixels = new Uint8Array(count * smallSide * smallSide);
  for (let i = 0; i < pixels.length; i++) {
    const image = Math.floor(i / smallSide ** 2);
    const left = rim + block * (i % smallSide);
    const top = rim + block * (Math.floor(i / smallSide) % smallSide);
    let sum = 0;
    for (let y = top; y < top + block; y++)
      for (let x = left; x < left + block; x++) sum += large.pixels[(image * glyphSide + y) * glyphSide + x]!;
    pixels[i] = Math.round(sum / block ** 2);
  }
  return { ...large, width: smallSide, height: smallSide, pixels };
}
