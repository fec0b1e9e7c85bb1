import { beforeAll, describe, expect, it } from "vitest";
import type { Span } from "../encode/span.ts";
import { clock as stepClock } from "../engine/clock.ts";
import { engineMemory } from "../engine/memory.ts";
import { tensorRandom } from "../engine/noise.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import { tensor2d, tidy } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { imageVersions, jitter, jitteredVersions, spreads } from "./augment.ts";

beforeAll(async () => void (await openNodeBackend("wasm")));

/** 5 by 5 pixels; the corner at the top left never varies, so no row holds it. */
const side = 5;
const pixels: readonly Span[] = Array.from({ length: side * side - 1 }, (_, i) => ({
  kind: "numeric",
  start: i,
  width: 1,
  column: i + 1,
  label: `pixel${i + 1}`,
  bounded: true,
}));
/** A bright stroke from the middle to the right, on black, in 6 images. */
function stroke() {
  const values = new Float32Array(6 * (side * side - 1)).fill(-1);
  for (let i = 0; i < 6; i++) for (const x of [2, 3]) values[i * 24 + 2 * side + x - 1] = 1;
  return { values, rows: 6, width: 24 };
}
const versions = (settings: object, seed = 1) =>
  imageVersions(
    stroke(),
    pixels,
    { width: side, height: side },
    { shift: 0, turn: 0, flip: "none", ...settings },
    random(seed),
  );
/** Bright pixels of an image as "x,y". */
const bright = ({ values }: { values: Float32Array }, image: number): string =>
  pixels.flatMap(({ column, start }) => values[image * 24 + start]! > 0.9 ? [`${column % side},${Math.floor(column / side)}`] : []).join(" "); // prettier-ignore

describe("versions of images", () => {
  it("are none where nothing is set, or rows are no images", () => {
    const rows = stroke();
    expect(imageVersions(rows, pixels, { width: side, height: side }, { shift: 0, turn: 0, flip: "none" }, random(1))).toBe(rows); // prettier-ignore
    expect(imageVersions(rows, pixels, undefined, { shift: 2, turn: 9, flip: "both" }, random(1))).toBe(rows);
  });

  it("hold the images as they are first, and are the same for the same seed", () => {
    const made = versions({ shift: 1, turn: 20 });
    expect(made.rows).toBe(96);
    expect(made.values.subarray(0, 6 * 24)).toEqual(stroke().values);
    expect(versions({ shift: 1, turn: 20 })).toEqual(made);
    expect(versions({ shift: 1, turn: 20 }, 2)).not.toEqual(made);
    expect(Math.max(...made.values.map(Math.abs))).toBeLessThanOrEqual(1);
  });

  it("are moved by whole pixels, by as many as is said and in all directions", () => {
    const made = versions({ shift: 1 });
    const seen = new Set(Array.from({ length: made.rows }, (_, i) => bright(made, i)));
    const all = [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => `${2 + x},${2 + y} ${3 + x},${2 + y}`));
    expect([...seen].toSorted()).toEqual(all.toSorted());
  });

  it("are mirrored in half of the cases, in the directions that are said", () => {
    const kinds = (flip: string): Set<string> => {
      const made = versions({ flip });
      return new Set(Array.from({ length: made.rows }, (_, i) => bright(made, i)));
    };
    expect(kinds("horizontal")).toEqual(new Set(["2,2 3,2", "1,2 2,2"]));
    expect(kinds("vertical")).toEqual(new Set(["2,2 3,2"])); // the stroke lies in the middle row
  });

  it("are turned around the middle", () => {
    const made = versions({ turn: 180 });
    const light = Array.from({ length: made.rows }, (_, i) =>
      made.values.subarray(i * 24, (i + 1) * 24).reduce((sum, value) => sum + (value + 1) / 2, 0),
    );
    // No light is lost: the stroke stays within the image at every angle.
    expect(Math.min(...light)).toBeGreaterThan(1.6);
    expect(Math.max(...light)).toBeLessThan(2.4);
    const at = (x: number, y: number): number[] =>
      Array.from({ length: made.rows }, (_, i) => made.values[i * 24 + y * side + x - 1]!);
    for (const [x, y] of [
      [3, 2],
      [1, 2],
      [2, 1],
      [2, 3],
    ] as const)
      // prettier-ignore
      expect(Math.max(...at(x, y))).toBeGreaterThan(0.5);
  });
});

const spans: readonly Span[] = [
  { kind: "numeric", start: 0, width: 1, column: 0, label: "a" },
  { kind: "category", start: 1, width: 2, column: 1, label: "b: missing or value" },
  { kind: "numeric", start: 3, width: 1, column: 1, label: "b", given: 2 },
];
/** Numbers of deviation 2 and 0.5; every third row lacks the second. */
function table(rows: number) {
  const source = random(4);
  const values = new Float32Array(rows * 4);
  for (let i = 0; i < rows; i++)
    values.set([2 * source.normal(), i % 3 === 0 ? 1 : 0, i % 3 === 0 ? 0 : 1, i % 3 === 0 ? 0 : 0.5 * source.normal()], i * 4); // prettier-ignore
  return { values, rows, width: 4 };
}
const deviation = (numbers: readonly number[]): number => {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length);
};

describe("jitter", () => {
  const rows = table(3_000);

  it("is a share of each column's spread where it has a value, and nothing elsewhere", async () => {
    const found = spreads(rows, spans);
    expect([found[1], found[2]]).toEqual([0, 0]);
    expect(found[0]! / 2).toBeCloseTo(1, 1);
    expect(found[3]! / 0.5).toBeCloseTo(1, 1);
    const before = engineMemory();
    const noise = jitter(rows, spans, 0.1)!;
    const clock = stepClock(3);
    const x = tensor2d(rows.values, [rows.rows, 4]);
    const y = tidy(() => noise.of(x, tensorRandom(random(1), clock)));
    const off = (await y.data()).map((value, i) => value - rows.values[i]!);
    const of = (column: number, has: (row: number) => boolean): number[] =>
      Array.from({ length: rows.rows }, (_, row) => row).filter(has).map((row) => off[row * 4 + column]!); // prettier-ignore
    expect(deviation(of(0, () => true))).toBeCloseTo(0.2, 1);
    expect(deviation(of(3, (row) => row % 3 !== 0))).toBeCloseTo(0.05, 2);
    for (const column of [1, 2]) expect(of(column, () => true).every((each) => each === 0)).toBe(true);
    expect(of(3, (row) => row % 3 === 0).every((each) => each === 0)).toBe(true);
    for (const each of [x, y, noise, clock]) each.dispose();
    expect(jitter(rows, spans, 0)).toBeUndefined();
    expect(engineMemory()).toEqual(before);
  });

  it("in versions is the same, beside the rows as they are", () => {
    const few = table(200);
    const made = jitteredVersions(few, spans, 0.1, random(1));
    expect(made.rows).toBe(16 * 200);
    expect(made.values.subarray(0, 800)).toEqual(few.values);
    const off = (column: number, has: (row: number) => boolean): number[] =>
      Array.from({ length: made.rows - 200 }, (_, i) => i + 200).filter(has).map((row) => made.values[row * 4 + column]! - few.values[(row % 200) * 4 + column]!); // prettier-ignore
    expect(deviation(off(0, () => true)) / spreads(few, spans)[0]!).toBeCloseTo(0.1, 2);
    expect(off(3, (row) => (row % 200) % 3 === 0).every((each) => each === 0)).toBe(true);
    expect(jitteredVersions(few, spans, 0, random(1))).toBe(few);
  });
});
