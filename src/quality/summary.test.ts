import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fitBoosting } from "../downstream/boosting.ts";
import { finish } from "../downstream/work.ts";
import { fitEncoder } from "../encode/encoder.ts";
import { random } from "../random/random.ts";
import { inferColumn } from "../table/infer.ts";
import { defaultMissingMarks } from "../table/missing.ts";
import type { Table } from "../table/table.ts";
import { read } from "../table/testing/reading.ts";
import { readTable, selectRows } from "../table/typed.ts";
import { c2st } from "./c2st.ts";
import { summarise, type Summary } from "./summary.ts";
import { ringRows, shuffledColumns } from "./testing/samples.ts";

const range = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

function figuresOf(train: Table, holdout: Table, synthetic: Table): Record<keyof Summary, number> {
  const encoder = fitEncoder(train, range(train.rows), { numeric: "standard" });
  const work = summarise({
    train,
    holdout,
    synthetic,
    target: "group",
    encode: (table, rows) => encoder.encode(table, rows),
    random: random(1),
  });
  const figures = Object.entries(finish(work)).map(([key, figure]) => [
    key,
    "value" in figure ? figure.value : NaN,
  ]);
  return Object.fromEntries(figures) as Record<keyof Summary, number>;
}

describe("the summary", () => {
  const train = ringRows(600, 1);
  const holdout = ringRows(400, 2);

  it("of the holdout is the ceiling: told apart by chance, and no nearer to training rows than others", () => {
    const fresh = figuresOf(train, holdout, holdout);
    expect(fresh.c2stAuc).toBeGreaterThan(0.4);
    expect(fresh.c2stAuc).toBeLessThan(0.6);
    expect(fresh.tstr).toBeGreaterThan(0.99); // trained on `train`
    expect(fresh.dcrNeutral).toBe(0.75);
    expect(Math.abs(fresh.dcrShare - fresh.dcrNeutral)).toBeLessThan(0.12);
    expect(fresh.exactCopies).toBe(0);
    expect(fresh.missingDependence).toBeGreaterThan(0.9);
  });

  it("of a copy is faithful, and as near to training rows as can be", () => {
    expect(figuresOf(train, holdout, train)).toMatchObject({
      shapeError: 0,
      trendError: 0,
      dcrShare: 1,
      dcrNeutral: 0.6,
      exactCopies: 1,
      precision: 1,
      recall: 1,
      coverage: 1,
      missingPattern: 1,
      missingDependence: 1,
    });
  });

  it("of shuffled columns is right column by column and in nothing else", () => {
    const shuffled = figuresOf(train, holdout, shuffledColumns(train, 3));
    expect(shuffled).toMatchObject({ shapeError: 0, missingPattern: 1 });
    expect(shuffled.c2stAuc).toBeGreaterThan(0.9);
    expect(shuffled.c2stLogisticAuc).toBeLessThan(0.55);
    expect(shuffled.trendError).toBeGreaterThan(0.15);
    expect(shuffled.tstr).toBeLessThan(0.7);
    expect(shuffled.missingDependence).toBeLessThan(0.85);
  });

  it("goes on from 0 to 1", () => {
    const encoder = fitEncoder(train, range(600), { numeric: "standard" });
    const encode = (table: Table, rows: Int32Array) => encoder.encode(table, rows);
    const work = summarise({ train, holdout, synthetic: train, target: "group", encode, random: random(1) });
    const shares = [...work];
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[0]).toBeLessThan(0.05);
    expect(shares.at(-1)).toBeGreaterThan(0.95);
  });
});

const adult = new URL("../../../shared/data/adult_train.csv", import.meta.url);
if (!existsSync(adult)) console.log("skipped: real rows told from shuffled ones, ../shared/data is not here");

describe.skipIf(!existsSync(adult))("on Adult", () => {
  it("boosted trees tell real rows from shuffled columns", async () => {
    const { table } = await read(readFileSync(adult));
    const inferred = table.columns.map((column) => ({
      inference: inferColumn(column, table.rows, { missingMarks: defaultMissingMarks }),
    }));
    const some = selectRows(readTable(table, inferred), range(2_000));
    const test = finish(c2st(some, shuffledColumns(some, 1), fitBoosting, random(1)));
    expect("auc" in test && test.auc).toBeGreaterThan(0.9);
  });
});
