import { PCA } from "ml-pca";
import { describe, expect, test } from "vitest";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { makeBirds } from "./birds.ts";
import { correlation, numbers, share, texts } from "./testing/columns.ts";

const birds = makeBirds(400, random(1));
/** Enough rows to pin shares down. */
const many = makeBirds(20_000, random(2));

test("the seed decides every cell", () => {
  expect(makeBirds(400, random(1))).toEqual(birds);
  expect(makeBirds(400, random(3))).not.toEqual(birds);
});

test("ten columns of five types", () => {
  expect(birds.rows).toBe(400);
  expect(birds.columns.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    "species: category",
    "island: category",
    "habitat: category",
    "wing_mm: number",
    "bill_mm: number",
    "weight_g: number",
    "clutch: number",
    "sex: category",
    "first_seen: datetime",
    "ringed: boolean",
  ]);
});

describe("in the 400 rows themselves, for ten seeds", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])("seed %i", (seed) => {
    const table = makeBirds(400, random(seed));
    const species = texts(table, "species");
    const shareOf = (name: string): number => share(400, (row) => species[row] === name);
    expect(shareOf("tern")).toBeGreaterThan(0.4);
    expect(shareOf("puffin")).toBeGreaterThan(0.08);
    expect(shareOf("puffin")).toBeLessThan(0.22);
    const rare = share(400, (row) => texts(table, "island")[row] === "Gull Rock");
    expect(rare).toBeGreaterThan(0.005);
    expect(rare).toBeLessThan(0.07);
    const unsexed = share(400, (row) => texts(table, "sex")[row] === undefined);
    expect(unsexed).toBeGreaterThan(0.01);
    expect(unsexed).toBeLessThan(0.08);
    for (const name of ["wing_mm", "weight_g", "clutch"])
      expect(numbers(table, name).every((value) => Number.isInteger(value) && value > 0)).toBe(true);
  });
});

test("gaps have their reasons: sex by species, bills by island and year", () => {
  const species = texts(many, "species");
  const sex = texts(many, "sex");
  const unsexed = (name: string): number =>
    share(
      many.rows,
      (row) => sex[row] === undefined,
      (row) => species[row] === name,
    );
  expect(unsexed("puffin")).toBeGreaterThan(0.13);
  expect(unsexed("plover")).toBeLessThan(0.015);
  expect(share(many.rows, (row) => sex[row] === undefined)).toBeCloseTo(0.04, 2);

  const island = texts(many, "island");
  const date = numbers(many, "first_seen");
  const bill = numbers(many, "bill_mm");
  const early = (row: number): boolean => island[row] === "Skerra" && date[row]! < Date.UTC(2022, 0, 1);
  const gap = (row: number): boolean => Number.isNaN(bill[row]);
  expect(share(many.rows, gap, early)).toBeGreaterThan(0.3);
  expect(share(many.rows, gap, (row) => !early(row))).toBeLessThan(0.02);
});

test("columns depend on each other as they do in birds", () => {
  const species = texts(many, "species");
  const habitat = texts(many, "habitat");
  const terns = (row: number): boolean => species[row] === "tern";
  expect(correlation(numbers(many, "wing_mm"), numbers(many, "weight_g"), terns)).toBeGreaterThan(0.55);
  expect(
    share(
      many.rows,
      (row) => habitat[row] === "cliff",
      (row) => species[row] === "puffin",
    ),
  ).toBeGreaterThan(0.8);
  expect(share(many.rows, (row) => habitat[row] === "cliff", terns)).toBeLessThan(0.04);
  const clutch = numbers(many, "clutch");
  expect(
    share(
      many.rows,
      (row) => clutch[row] === 1,
      (row) => species[row] === "puffin",
    ),
  ).toBe(1);
  const ringed = Float64Array.from(texts(many, "ringed"), (cell) => (cell === "yes" ? 1 : 0));
  expect(correlation(ringed, numbers(many, "first_seen"))).toBeLessThan(-0.3);
  for (const date of numbers(many, "first_seen")) {
    expect(new Date(date).getUTCMonth()).toBeGreaterThanOrEqual(0);
    expect(date % 86_400_000).toBe(0);
  }
});

/** Standardised numbers (gaps at the mean) and standardised one-hot columns, as a plain encoder would make them. */
function encode(table: Table, names: readonly string[]): number[][] {
  const slots: number[][] = [];
  for (const name of names) {
    const column = table.columns.find((one) => one.name === name)!;
    if ("values" in column) {
      const present = column.values.filter((value) => !Number.isNaN(value));
      const mean = present.reduce((a, b) => a + b) / present.length;
      slots.push(Array.from(column.values, (value) => (Number.isNaN(value) ? mean : value)));
    } else
      column.levels.forEach((_, level) =>
        slots.push(Array.from(column.codes, (code) => Number(code === level))),
      );
  }
  const scaled = slots.map((slot) => {
    const mean = slot.reduce((a, b) => a + b) / slot.length;
    const deviation = Math.sqrt(slot.reduce((sum, value) => sum + (value - mean) ** 2, 0) / slot.length);
    return slot.map((value) => (value - mean) / deviation);
  });
  return Array.from({ length: table.rows }, (_, row) => scaled.map((slot) => slot[row]!));
}

/** Mean silhouette (Rousseeuw 1987) of labelled points: 1 is apart, 0 is touching. */
function silhouette(points: readonly (readonly number[])[], labels: readonly (string | undefined)[]): number {
  const names = [...new Set(labels)];
  let sum = 0;
  points.forEach((point, i) => {
    const distance = names.map((name) => {
      let [total, n] = [0, 0];
      points.forEach((other, j) => {
        if (labels[j] !== name || i === j) return;
        total += Math.hypot(point[0]! - other[0]!, point[1]! - other[1]!);
        n++;
      });
      return total / n;
    });
    const own = distance[names.indexOf(labels[i])]!;
    const next = Math.min(...distance.filter((_, k) => names[k] !== labels[i]));
    sum += (next - own) / Math.max(next, own);
  });
  return sum / points.length;
}

test.each([
  ["numbers and species", ["species", "wing_mm", "bill_mm", "weight_g", "clutch"], 0.8],
  ["every column", birds.columns.map((column) => column.name), 0.5],
] as const)("three clusters in the first two principal components of %s", (_, names, least) => {
  const rows = encode(birds, names);
  const points = new PCA(rows).predict(rows, { nComponents: 2 }).to2DArray();
  expect(silhouette(points, texts(birds, "species"))).toBeGreaterThan(least);
});
