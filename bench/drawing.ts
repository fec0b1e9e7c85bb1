/**
 * `npm run bench:drawing -- <train.csv> --holdout <holdout.csv> --target <column>`: how long each model takes for a table of
 * as many rows as it learned from, on wasm. The models draw by turns, so that a machine that is slow for a while is slow
 * for all of them; what is told is the median, and the first table, which is drawn before V8 has compiled everything.
 * A draw takes as long whatever was learned: a few steps of training are enough.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { parseModelSpec } from "../src/catalog/spec.ts";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import { median } from "../src/quality/statistics.ts";
import { trainingRows } from "../src/sessions/preparing.ts";
import { trainer as openTrainer, type Trainer } from "../src/train/trainer.ts";
import { drawTable } from "./makers.ts";
import { openTables, type Tables } from "./tables.ts";

const seed = 7;
const trained = 40;

interface Row {
  readonly model: string;
  readonly rows: number;
  /** Milliseconds of the processor for a table: the first one, and the median of all. */
  readonly first: number;
  readonly median: number;
  /** How often the first model's median holds this one's. */
  readonly faster: number;
}

/** @returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      holdout: { type: "string", default: "" },
      target: { type: "string", default: "" },
      models: { type: "string", default: "diffusion,diffusion:process=edm,ddgan,vae,gan,ctgan" },
      rounds: { type: "string", default: "15" },
      json: { type: "boolean", default: false },
    },
  });
  const tables = await openTables(positionals[0] ?? "", values.holdout, values.target, seed);
  await openNodeBackend("wasm");
  const load = loadavg()[0];
  const models = values.models.split(",");
  const trainers = models.map((name) => learned(name, tables));
  const times: number[][] = models.map(() => []);
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [m, trainer] of trainers.entries()) times[m]!.push(await tableOf(trainer, tables));
  for (const trainer of trainers) trainer.dispose();
  const medians = times.map((of) => median(Float64Array.from(of)));
  const rows = models.map((model, m): Row => ({
    model,
    rows: tables.prepared.table.rows,
    first: Math.round(times[m]![0]!),
    median: Math.round(medians[m]!),
    faster: Number((medians[0]! / medians[m]!).toFixed(2)),
  }));
  const machine = { cpu: cpus()[0]?.model ?? "", cores: cpus().length, load, node: process.version };
  const result = { rows, rounds: Number(values.rounds), machine, date: new Date().toISOString() };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result, null, 2)}\n`
      : rows
          .map(({ model, median, first, faster }) => `${model.padEnd(24)} ${median} ms, the first ${first} ms; × ${faster}\n`)
          .join(""), // prettier-ignore
  );
  return 0;
}

function learned(name: string, { prepared }: Tables): Trainer {
  const { id, settings } = parseModelSpec(name);
  const trainer = openTrainer({
    spans: prepared.encoder.spans,
    rows: trainingRows(prepared),
    config: { model: id, settings, seed },
  });
  trainer.advance(undefined, trained);
  return trainer;
}

/** Milliseconds of the processor from a model to a table of values. */
async function tableOf(trainer: Trainer, { prepared }: Tables): Promise<number> {
  const began = process.cpuUsage();
  await drawTable(trainer, prepared, seed);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}
