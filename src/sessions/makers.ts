/**
 * Models of the catalog as makers of rows for experiments: each is trained anew, on the
 * open backend and by the project's own trainer, on just the rows it is handed.
 */
import type { ModelSpec } from "../catalog/spec.ts";
import { modelCard } from "../catalog/models.ts";
import { fitEncoder, type Encoder } from "../encode/encoder.ts";
import { matchEncoders } from "../encode/matching.ts";
import { stretch, type LongWork } from "../generalise/longWork.ts";
import type { Made, Maker, Only } from "../generalise/maker.ts";
import { t } from "../language/words.ts";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { stackTables } from "../table/stack.ts";
import { selectRows } from "../table/typed.ts";
import type { Origin } from "../train/carry.ts";
import { train } from "../train/train.ts";
import { trainer as openTrainer, type Trainer } from "../train/trainer.ts";
import type { Known } from "./known.ts";
import type { Taking } from "./taking.ts";
import { tableSheet } from "./sheet.ts";
import { takeFresh } from "./takeAway.ts";
import { takeWished } from "./wishes.ts";

/** Milliseconds of training between two hand-backs. */
const SLICE = 50;

/**
 * @param steps of training; a model that is fitted at once takes none.
 * @param clock milliseconds that only go forward.
 */
export function modelMaker({ id, settings }: ModelSpec, steps: number, clock: () => number): Maker {
  const { name, instant } = modelCard(id);
  return {
    name: instant ? name : t`${name}, ${steps} steps`,
    learnsFrom: "given",
    carries: !instant,
    async *open(rows, seed, only, source): LongWork<Made> {
      // A model that can't be told what to draw and is fitted at once learns what a class is like from its rows alone, as SMOTE does.
      const alone = instant && only !== undefined;
      const table = alone ? rowsWith(rows, only) : rows;
      const all = Int32Array.from({ length: table.rows }, (_, row) => row);
      if (table.rows < 2) return nothing(rows);
      const before = source && (yield* stretch(learn({ id, settings }, source, seed, steps, clock), 0, 0.5));
      const origin = before && (await originOf({ id, settings }, before));
      const own = learn({ id, settings }, table, seed, steps, clock, origin);
      const { trainer, encoder } = yield* stretch(own, before ? 0.5 : 0, 1);
      const known: Known = { encoder, table, train: all, joint: true };
      return {
        async *draw(count, drawn, wanted) {
          const sheet = tableSheet();
          const taking: Taking =
            wanted === undefined || alone
              ? takeFresh(encoder, { rows: count, seed: drawn }, sheet, "", "")
              : takeWished(known, { rows: count, seed: drawn, conditions: [{ kind: "share", ...wanted, share: 1 }] }, sheet, "", ""); // prettier-ignore
          for (let order = taking.order(); order !== undefined; order = taking.order())
            for await (const piece of trainer.sample(order.rows, order.seed, order.given)) {
              taking.add(piece, trainer.heeds);
              yield Math.min(1, taking.made / count);
            }
          const made = sheet.table();
          return made === undefined ? emptyOf(rows) : stackTables(emptyOf(rows), made);
        },
        dispose: () => trainer.dispose(),
      };
    },
  };
}

interface Learned {
  readonly encoder: Encoder;
  readonly trainer: Trainer;
}

/** What has learned from some rows, as another begins with it. */
type Before = Omit<Origin, "matching"> & { readonly encoder: Encoder };

/** Frees the trainer: what it learned is copied. */
async function originOf({ id, settings }: ModelSpec, { encoder, trainer }: Learned): Promise<Before> {
  try {
    const { spans, width } = encoder;
    const weights = await trainer.checkpoint();
    return { encoder, model: id, settings, spans, width, fitted: trainer.fitted, weights };
  } finally {
    trainer.dispose();
  }
}

/** Trains a model on all rows of a table. Whoever has it frees the trainer. @param from what it begins with. */
async function* learn(
  { id, settings }: ModelSpec,
  table: Table,
  seed: number,
  steps: number,
  clock: () => number,
  from?: Before,
): LongWork<Learned> {
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  const encoder = fitEncoder(table, all, { numeric: "quantile" });
  yield 0;
  const trainer = openTrainer({
    spans: encoder.spans,
    rows: encoder.encode(table, all, random(seed).fork("encode")),
    config: { model: id, settings, seed },
    ...(from && { origin: { ...from, matching: matchEncoders(from.encoder, encoder) } }),
  });
  let learned = false;
  try {
    if (from !== undefined) await trainer.carry();
    const budget = { unit: "steps", amount: steps } as const;
    const speed = (): number => Infinity;
    for await (const { step } of train(trainer, { clock, budget: () => budget, speed, slice: SLICE }))
      yield step / steps;
    await trainer.report(); // throws where it diverged
    learned = true;
    return { encoder, trainer };
  } finally {
    // Failed, or no longer wanted.
    if (!learned) trainer.dispose();
  }
}

const emptyOf = (table: Table): Table => selectRows(table, new Int32Array(0));

/** One row is no distribution: of it nothing is made. */
const nothing = (rows: Table): Made => ({
  // oxlint-disable-next-line require-yield
  async *draw() {
    return emptyOf(rows);
  },
  dispose() {},
});

function rowsWith(table: Table, { column: name, value }: Only): Table {
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined || "values" in column) return emptyOf(table);
  const code = column.levels.indexOf(value);
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  return selectRows(
    table,
    all.filter((row) => code >= 0 && column.codes[row] === code),
  );
}
