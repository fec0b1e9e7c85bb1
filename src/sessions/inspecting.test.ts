/** Looks at rows that a healthy model would make, and at rows of models that left out or learned by heart. */
import { describe, expect, it } from "vitest";
import type { DatasetId } from "../catalog/datasets.ts";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { inspecting, type Inspection } from "./inspecting.ts";
import { openSource } from "./opening.ts";
import { picture, prepare, type Prepared } from "./preparing.ts";
import type { Snapshot } from "./scene.ts";
import { tick, turnClock, until } from "./testing/turns.ts";

async function open(id: DatasetId, holdout = 0.2) {
  const opened = await openSource(
    { kind: "builtin", id, seed: 1 },
    { rowLimit: 100_000, seed: 1 },
    { onProgress() {}, cancelled: () => false, rest: tick },
  );
  const options = { missingMarks: [""], columns: {}, holdout, seed: 7, numeric: "standard" } as const;
  const prepared = await prepare(opened, 1, options, new Map(), "", tick);
  const told: Inspection[] = [];
  let ahead = 0;
  const clock = turnClock(0.01);
  const inspector = inspecting(
    prepared,
    { now: () => clock.now() + ahead, rest: tick },
    (each) => void told.push(each),
    (error) => {
      throw error;
    },
  );
  /** Shows rows of the table as if a model had made them, and waits for what is said of them. */
  const see = async (rows: Int32Array, step: number): Promise<Inspection> => {
    ahead += 600_000; // it is time for another look
    const before = told.length;
    inspector.see(snapshotOf(prepared, selectRows(prepared.table, rows), step));
    await until(() => told.length > before);
    return told.at(-1)!;
  };
  return { prepared, inspector, see, told };
}

function snapshotOf(prepared: Prepared, table: Table, step: number): Snapshot {
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  return { run: 1, step, table, matrix: () => picture(prepared, table, all) };
}

/** Rows of the holdout, which a perfect model might have made; as often as it takes. */
const fresh = ({ split }: Prepared, rows = 400): Int32Array =>
  Int32Array.from({ length: rows }, (_, i) => split.holdout[i % split.holdout.length]!);

describe("a look at a model's rows", () => {
  it("finds nothing in rows like the real ones", async () => {
    const { prepared, see } = await open("grid");
    for (let step = 1; step < 6; step++) {
      const order = random(step).permutation(prepared.split.holdout.length).slice(0, 400);
      const { clusters, memory } = await see(
        order.map((at) => prepared.split.holdout[at]!),
        step,
      );
      expect(clusters).toMatchObject({ clear: true, of: 25, missed: 0, lasting: 0 });
      // Held-out rows themselves are nearest to themselves, and so to no training row.
      expect(memory).toMatchObject({ remembers: false, copies: 0, nearer: 0 });
    }
  });

  it("finds the dots that a collapsed model leaves out once they have stayed empty, and rings them", async () => {
    const { prepared, inspector, see } = await open("grid");
    const [x, y] = prepared.table.columns.map((column) => ("values" in column ? column.values : undefined));
    const gone = (row: number): boolean => x![row]! > 0.7 && y![row]! > -0.7;
    const kept = fresh(prepared, 700)
      .filter((row) => !gone(row))
      .slice(0, 400);
    expect((await see(kept, 1)).clusters).toMatchObject({ missed: 4, lasting: 0 });
    await see(kept, 2);
    expect((await see(kept, 3)).clusters).toMatchObject({ missed: 4, lasting: 4, found: 0, of: 25 });
    const { real, synthetic } = inspector.ringed({ kind: "missed" });
    expect(real.length).toBeGreaterThan(100);
    expect(real.every(gone)).toBe(true);
    expect(synthetic).toHaveLength(0);
    // One that finds them one after the other has not dropped them.
    const better = fresh(prepared, 700)
      .filter((row) => !gone(row) || y![row]! > 0.7)
      .slice(0, 400);
    expect((await see(better, 4)).clusters).toMatchObject({ missed: 3, lasting: 0 });
  });

  it("finds copies of training rows, and rings them beside the rows that they copy", async () => {
    const { prepared, inspector, see } = await open("birds");
    const copied = prepared.split.train.slice(0, 300);
    const { memory } = await see(copied, 1);
    expect(memory).toMatchObject({ copies: 300, nearer: 1, remembers: true, lasting: false });
    expect((await see(copied, 2)).memory).toMatchObject({ lasting: true });
    const { real, synthetic } = inspector.ringed({ kind: "remembered" });
    expect(synthetic).toHaveLength(200);
    expect([...synthetic].map((at) => copied[at])).toEqual([...real]);
  });

  it("says nothing of memory where too few rows are held out", async () => {
    const { prepared, see } = await open("birds", 0);
    const look = await see(prepared.split.train.slice(0, 300), 1);
    expect(look.memory).toBeUndefined();
    expect(look.clusters).toMatchObject({ clear: false, missed: 0 });
  });

  it("rings the training rows of a category", async () => {
    const { prepared, inspector } = await open("birds");
    const column = prepared.table.columns.find((each) => "codes" in each)!;
    if (!("codes" in column)) throw new Error("Birds have categories.");
    const { real } = inspector.ringed({ kind: "category", column: column.name, label: column.levels[0]! });
    expect(real.length).toBeGreaterThan(0);
    expect([...real].every((row) => column.codes[row] === 0 && prepared.split.train.includes(row))).toBe(
      true,
    );
    expect(inspector.ringed({ kind: "category", column: "no such", label: "x" }).real).toHaveLength(0);
  });

  it("looks at the model where it stands, though it is not time for another look", async () => {
    const { prepared, inspector, see, told } = await open("birds");
    await see(fresh(prepared), 1);
    const rows = selectRows(prepared.table, fresh(prepared));
    inspector.see(snapshotOf(prepared, rows, 50));
    for (let i = 0; i < 50; i++) await tick();
    expect(told).toHaveLength(1);
    inspector.stands(50);
    await until(() => told.length === 2);
    expect(told[1]!.step).toBe(50);
  });
});
