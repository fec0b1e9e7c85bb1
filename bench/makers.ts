/** Where the rows that are compared come from: a trained model, or the holdout itself. */
import { modelCards } from "../src/catalog/models.ts";
import { parseModelSpec, type ModelSpec } from "../src/catalog/spec.ts";
import { random } from "../src/random/random.ts";
import { trainingRows } from "../src/sessions/preparing.ts";
import type { Prepared } from "../src/sessions/preparing.ts";
import { tableSheet } from "../src/sessions/sheet.ts";
import { takeAway } from "../src/sessions/takeAway.ts";
import { demandsOf, inRanges, type Condition } from "../src/table/condition.ts";
import type { CategoryColumn, Table } from "../src/table/table.ts";
import { selectRows } from "../src/table/typed.ts";
import { train } from "../src/train/train.ts";
import { trainer as openTrainer, type Trainer } from "../src/train/trainer.ts";
import type { Tables } from "./tables.ts";

export interface Limits {
  /** Seconds of training, of the wall or of the processor; Infinity for no limit. Models that are fitted at once take what they take. */
  readonly seconds: number;
  readonly steps: number;
  /** Milliseconds that `seconds` are told by. */
  readonly clock: () => number;
  readonly seed: number;
  /** What further rows, so many, are asked for by. */
  readonly conditions: readonly Condition[];
  readonly conditionalRows: number;
}

export interface Made {
  readonly rows: Table;
  /** Seconds that training took in all, of the wall and of the processor. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly steps: number;
  /** Seconds from the trained model to a table of as many rows as there were to train on. */
  readonly sampleSeconds: number;
  readonly sampleCpuSeconds: number;
  /** Rows that meet the conditions, where there are any, and processor seconds that they took. */
  readonly conditional?: Table;
  readonly conditionalCpuSeconds?: number;
}

export interface Maker {
  readonly name: string;
  make(tables: Tables, limits: Limits): Promise<Made>;
}

const untrained = (rows: Table): Made => ({
  rows,
  seconds: 0,
  cpuSeconds: 0,
  steps: 0,
  sampleSeconds: 0,
  sampleCpuSeconds: 0,
});

/** Rows that need no model, by name. */
const references: Readonly<Record<string, Maker["make"]>> = {
  holdout: async ({ holdout, prepared }, { conditions }) => ({
    ...untrained(holdout),
    ...(conditions.length > 0 && { conditional: meeting(conditions, holdout, prepared.table) }),
  }),
};

/**
 * @param list "all", or names joined by commas, a model's with settings as `parseModelSpec` reads them.
 * @throws Error in words for what is not on offer.
 */
export function makersOf(list: string): readonly Maker[] {
  const all = [...Object.keys(references), ...modelCards.map(({ id }) => id)];
  return (list === "all" ? all : list.split(",")).map((name) => {
    const reference = Object.hasOwn(references, name) ? references[name] : undefined;
    if (reference !== undefined) return { name, make: reference };
    const spec = parseModelSpec(name);
    return { name, make: (tables, limits) => makeRows(spec, tables, limits) };
  });
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const wallSeconds = (): number => performance.now() / 1000;

async function makeRows({ id, settings }: ModelSpec, { prepared }: Tables, limits: Limits): Promise<Made> {
  const { seconds, steps, clock, seed } = limits;
  const rows = trainingRows(prepared);
  const began = { wall: wallSeconds(), cpu: cpuSeconds() };
  const trainer = openTrainer({ spans: prepared.encoder.spans, rows, config: { model: id, settings, seed } });
  try {
    // Steps are counted exactly; seconds end with the slice that passes them.
    const budget = { unit: "steps", amount: steps } as const;
    for await (const { elapsed } of train(trainer, { clock, budget: () => budget, speed: () => Infinity }))
      if (elapsed >= 1000 * seconds) break;
    await trainer.report(); // throws where it diverged
    const trained = { wall: wallSeconds(), cpu: cpuSeconds() };
    const synthetic = await drawTable(trainer, prepared, seed);
    const sampled = { wall: wallSeconds(), cpu: cpuSeconds() };
    const conditional = await askRows(trainer, prepared, limits);
    return {
      rows: synthetic,
      seconds: trained.wall - began.wall,
      cpuSeconds: trained.cpu - began.cpu,
      steps: trainer.step,
      sampleSeconds: sampled.wall - trained.wall,
      sampleCpuSeconds: sampled.cpu - trained.cpu,
      ...(conditional && { conditional, conditionalCpuSeconds: cpuSeconds() - sampled.cpu }),
    };
  } finally {
    trainer.dispose();
  }
}

/** As many rows as the model learned from, as a table of values. */
export async function drawTable(
  trainer: Trainer,
  { encoder, table }: Prepared,
  seed: number,
): Promise<Table> {
  const drawn = {
    values: new Float32Array(table.rows * encoder.width),
    rows: table.rows,
    width: encoder.width,
  };
  let at = 0;
  for await (const { values } of trainer.sample(table.rows, seed)) {
    drawn.values.set(values, at);
    at += values.length;
  }
  return encoder.decode(drawn, random(seed).fork("decode"));
}

/** Rows with conditions, as a download of the lab gets them. */
async function askRows(
  trainer: Trainer,
  prepared: Prepared,
  { conditions, conditionalRows: rows, seed }: Limits,
): Promise<Table | undefined> {
  if (conditions.length === 0) return undefined;
  const sheet = tableSheet();
  const taking = takeAway(prepared, { rows, seed, conditions }, sheet);
  for (let order = taking.order(); order !== undefined; order = taking.order())
    for await (const piece of trainer.sample(order.rows, order.seed, order.given))
      taking.add(piece, trainer.heeds);
  process.stderr.write(`${taking.finish().note} `);
  return sheet.table();
}

/** The rows of a table that meet all conditions; of shares, that have one of the values named. */
export function meeting(conditions: readonly Condition[], table: Table, training: Table): Table {
  const all = (of: Table): Int32Array => Int32Array.from({ length: of.rows }, (_, row) => row);
  const demands = demandsOf(conditions, training, all(training));
  return selectRows(
    table,
    all(table).filter(
      (row) =>
        inRanges(demands, table.columns, row) &&
        demands.every((demand) => {
          if (demand.kind !== "shares") return true;
          const { codes, levels } = table.columns[demand.at] as CategoryColumn;
          return demand.shares.has(codes[row]! < 0 ? null : levels[codes[row]!]!);
        }),
    ),
  );
}
