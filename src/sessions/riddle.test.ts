import { describe, expect, it } from "vitest";
import type { DatasetId } from "../catalog/datasets.ts";
import { finish } from "../downstream/work.ts";
import { independentColumns } from "../quality/references.ts";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { cellText } from "../table/writeCsv.ts";
import { openSource } from "./opening.ts";
import { prepare, type Prepared } from "./preparing.ts";
import { NoRiddle, riddle } from "./riddle.ts";
import type { Snapshot } from "./scene.ts";
import { tick } from "./testing/turns.ts";

async function open(id: DatasetId): Promise<Prepared> {
  const opened = await openSource(
    { kind: "builtin", id, seed: 1 },
    { rowLimit: 100_000, seed: 1 },
    { onProgress() {}, cancelled: () => false, rest: tick },
  );
  const options = { missingMarks: [""], columns: {}, holdout: 0.2, seed: 7, numeric: "standard" } as const;
  return prepare(opened, 1, options, new Map(), "", tick);
}
const snapshot = (table: Table): Snapshot => ({
  run: 1,
  step: 40,
  table,
  matrix: () => ({ values: new Float32Array(0), rows: 0, width: 0 }),
});

describe("a riddle", () => {
  it("mixes five rows of each kind, others for another seed, and knows which is which", async () => {
    const prepared = await open("birds");
    const made = independentColumns(selectRows(prepared.table, prepared.split.train), 300, random(3));
    const ask = (seed: number) => finish(riddle(prepared, snapshot(made), { request: 2, seed }));
    const one = ask(1);
    expect(one).toEqual(ask(1));
    expect(one.rows).not.toEqual(ask(2).rows);
    expect(one.step).toBe(40);
    expect(one.synthetic.filter(Boolean)).toHaveLength(5);
    const textOf = (table: Table): Set<string> =>
      new Set(Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => cellText(column, row)).join("|"))); // prettier-ignore
    const [real, synthetic] = [textOf(selectRows(prepared.table, prepared.split.holdout)), textOf(made)];
    if (one.rows.kind !== "cells") throw new Error("birds are no images");
    one.rows.cells.forEach((cells, row) =>
      expect((one.synthetic[row] === true ? synthetic : real).has(cells.join("|"))).toBe(true),
    );
  });

  it("lets trees tell shuffled columns from rows, and not rows from rows", async () => {
    const prepared = await open("loans");
    const { table, split } = prepared;
    const shuffled = independentColumns(selectRows(table, split.train), 400, random(3));
    const told = finish(riddle(prepared, snapshot(shuffled), { request: 1, seed: 1 }));
    expect(told.trees.rows).toBe(790);
    expect(told.trees.auc).toBeGreaterThan(0.75);
    // The table is in the order of its dates, which would tell.
    const order = random(5).permutation(split.train.length).slice(0, 400);
    const fresh = selectRows(
      table,
      order.map((i) => split.train[i]!),
    );
    const alike = finish(riddle(prepared, snapshot(fresh), { request: 1, seed: 1 }));
    expect(Math.abs(alike.trees.auc - 0.5)).toBeLessThan(0.1);
  });

  it("says why there is none", async () => {
    const prepared = await open("birds");
    const ask = (of: Snapshot | undefined) => () => finish(riddle(prepared, of, { request: 1, seed: 1 }));
    expect(ask(undefined)).toThrow(NoRiddle);
    expect(ask(undefined)).toThrow("no synthetic rows yet");
    expect(ask(snapshot(selectRows(prepared.table, Int32Array.of(1, 2, 3))))).toThrow("takes 25 rows of each kind, and there are 3"); // prettier-ignore
  });
});
