import { expect, test } from "vitest";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { makeCheckerboard } from "./checkerboard.ts";
import { grid, makeGrid } from "./grid.ts";
import type { Mixture } from "./mixture.ts";
import { makeMoons } from "./moons.ts";
import { makePinwheel } from "./pinwheel.ts";
import type { Point } from "./plane.ts";
import { makeRing, ring } from "./ring.ts";
import { makeSpirals } from "./spirals.ts";
import { makeSwissRoll } from "./swissRoll.ts";

function pointsOf(table: Table): Point[] {
  const [x, y] = table.columns;
  if (x?.type !== "number" || y?.type !== "number") throw new Error("a shape has two number columns");
  return Array.from(x.values, (value, i): Point => [value, y.values[i]!]);
}

const shapes = [
  ["ring", makeRing],
  ["grid", makeGrid],
  ["moons", makeMoons],
  ["spirals", makeSpirals],
  ["swiss roll", makeSwissRoll],
  ["checkerboard", makeCheckerboard],
  ["pinwheel", makePinwheel],
] as const;

test.each(shapes)("%s: x and y with four decimals, spread over [-1.2, 1.2], one row each", (_, make) => {
  const table = make(2_000, random(5));
  expect(table.rows).toBe(2_000);
  expect(table.columns.map((column) => [column.name, column.type])).toEqual([
    ["x", "number"],
    ["y", "number"],
  ]);
  const points = pointsOf(table);
  expect(points).toHaveLength(2_000);
  const all = points.flat();
  expect(all.every((value) => Math.abs(value) <= 1.2 && Number(value.toFixed(4)) === value)).toBe(true);
  expect(Math.max(...all) - Math.min(...all)).toBeGreaterThan(1.6);
  // Centred, so that one fixed frame shows each of them well.
  for (const axis of [0, 1] as const)
    expect(Math.abs(points.reduce((sum, point) => sum + point[axis], 0) / points.length)).toBeLessThan(0.15);
});

test.each(shapes)("%s: the seed decides every point", (_, make) => {
  expect(make(300, random(8))).toEqual(make(300, random(8)));
  expect(make(300, random(8))).not.toEqual(make(300, random(9)));
});

test.each([
  ["ring", ring, makeRing, 8],
  ["grid", grid, makeGrid, 25],
] as const)(
  "%s: every mode has its share, 98.9 %% within three sigma, discs apart",
  (_, mixture: Mixture, make, modes) => {
    expect(mixture.centres).toHaveLength(modes);
    const { centres, sigma } = mixture;
    for (let i = 0; i < modes; i++)
      for (let j = 0; j < i; j++)
        expect(Math.hypot(centres[i]![0] - centres[j]![0], centres[i]![1] - centres[j]![1])).toBeGreaterThan(
          6 * sigma,
        );

    const rows = 10_000;
    const counts = centres.map(() => 0);
    let [inside, squares] = [0, 0];
    for (const [x, y] of pointsOf(make(rows, random(3)))) {
      const distances = centres.map(([cx, cy]) => Math.hypot(x - cx, y - cy));
      const nearest = distances.indexOf(Math.min(...distances));
      counts[nearest]!++;
      if (distances[nearest]! <= 3 * sigma) inside++;
      squares += distances[nearest]! ** 2;
    }
    expect(inside / rows).toBeGreaterThan(0.985);
    expect(inside / rows).toBeLessThan(0.993);
    // Two axes of variance sigma^2 each.
    expect(squares / rows / (2 * sigma * sigma)).toBeCloseTo(1, 1);
    for (const count of counts) expect(Math.abs(count / rows - 1 / modes)).toBeLessThan(0.012);
  },
);

test("moons: two half circles of equal weight, each the other's half turn, that do not touch", () => {
  const points = pointsOf(makeMoons(4_000, random(1)));
  const radius = 0.64;
  const centre: Point = [-0.32, -0.16];
  const off = (x: number, y: number): number =>
    y > centre[1] - 0.02 ? Math.abs(Math.hypot(x - centre[0], y - centre[1]) - radius) : Infinity;
  const upper = points.filter(([x, y]) => off(x, y) < 0.16);
  const lower = points.filter(([x, y]) => off(-x, -y) < 0.16);
  expect(upper.length / 4_000).toBeGreaterThan(0.46);
  expect(lower.length / 4_000).toBeGreaterThan(0.46);
  expect(upper.filter((point) => lower.includes(point))).toHaveLength(0);
});

test("spirals: points lie on one of two arms half a turn apart", () => {
  const arms = [0, 0];
  for (const [x, y] of pointsOf(makeSpirals(4_000, random(1)))) {
    const radius = Math.hypot(x, y);
    if (radius < 0.2) continue; // arms meet in the middle
    const turn = Math.atan2(y, x) / (2 * Math.PI) - 1.5 * radius;
    // Distance to the nearest half turn, in turns: 0 on an arm, 0.25 midway between arms.
    const off = Math.abs(turn * 2 - Math.round(turn * 2)) / 2;
    expect(off).toBeLessThan(0.2);
    arms[Math.abs(Math.round(turn * 2)) % 2]!++;
  }
  expect(arms[0]! / (arms[0]! + arms[1]!)).toBeCloseTo(0.5, 1);
});

test("swiss roll: one arm, and a hole in the middle", () => {
  for (const [x, y] of pointsOf(makeSwissRoll(4_000, random(1)))) {
    const radius = Math.hypot(x, y);
    expect(radius).toBeGreaterThan(1 / 3 - 0.1);
    const turn = Math.atan2(y, x) / (2 * Math.PI) - 2.25 * radius;
    expect(Math.abs(turn - Math.round(turn))).toBeLessThan(0.25);
  }
});

test("checkerboard: eight squares in equal measure, and nothing in the other eight", () => {
  const counts = new Map<string, number>();
  for (const [x, y] of pointsOf(makeCheckerboard(8_000, random(1)))) {
    const square = [Math.floor((x + 1) * 2), Math.floor((y + 1) * 2)] as const;
    expect((square[0] + square[1]) % 2).toBe(0);
    counts.set(String(square), (counts.get(String(square)) ?? 0) + 1);
  }
  expect(counts.size).toBe(8);
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(130);
});

test("pinwheel: five arms alike under a fifth of a turn", () => {
  const counts = [0, 0, 0, 0, 0];
  for (const [x, y] of pointsOf(makePinwheel(5_000, random(1)))) {
    const radius = Math.hypot(x, y);
    if (radius < 0.2) continue;
    const arm = (5 * (Math.atan2(y, x) - 1.1 * radius)) / (2 * Math.PI);
    expect(Math.abs(arm - Math.round(arm))).toBeLessThan(0.45);
    counts[(Math.round(arm) + 10) % 5]!++;
  }
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(120);
});
