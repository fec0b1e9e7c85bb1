/**
 * `npm run bench:insides`: how many looks inside a model a second, and whether training is slower for them. One run of
 * each kind trains on the ring on wasm, as the train worker does; by turns and in random order, looks are asked for as
 * soon as the last one came, or none at all. Each pair of slices gives a ratio of steps for a second of the processor.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { dataSeed } from "../src/catalog/datasets.ts";
import { defaultsFor } from "../src/catalog/models.ts";
import { parseModelSpec } from "../src/catalog/spec.ts";
import { makeDataset } from "../src/datasets/builtin.ts";
import { fitEncoder } from "../src/encode/encoder.ts";
import { splitRows } from "../src/encode/split.ts";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import { random } from "../src/random/random.ts";
import { insides } from "../src/sessions/insides.ts";
import { trainer as openTrainer } from "../src/train/trainer.ts";

const look = { level: 0.45, steps: 12, back: 3 };

interface Row {
  readonly model: string;
  /** A second of the processor. */
  readonly looks: number;
  readonly stepsWithout: number;
  /** Steps with looks for one without: mean over the pairs, and its standard error. */
  readonly ratio: number;
  readonly error: number;
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** @returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      models: { type: "string", default: "gan,vae,diffusion,ddgan" },
      pairs: { type: "string", default: "10" },
      slice: { type: "string", default: "1" },
      json: { type: "boolean", default: false },
    },
  });
  await openNodeBackend("wasm");
  const rows: Row[] = [];
  for (const spec of values.models.split(","))
    rows.push(await row(spec, Number(values.pairs), 1_000 * Number(values.slice)));
  const machine = { cpu: cpus()[0]?.model ?? "", cores: cpus().length, load: loadavg()[0], node: process.version }; // prettier-ignore
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ rows, machine }, null, 2)}\n`
      : rows
          .map(
            ({ model, looks, stepsWithout, ratio, error }) =>
              `${model.padEnd(12)} ${looks.toFixed(1)} looks/s; ${stepsWithout.toFixed(0)} steps/s without, × ${ratio.toFixed(3)} ± ${(2 * error).toFixed(3)} with\n`,
          )
          .join(""),
  );
  return 0;
}

async function row(spec: string, pairs: number, ms: number): Promise<Row> {
  const { table } = makeDataset("ring", dataSeed);
  const split = splitRows(table.rows, 0.2, random(7).fork("split"));
  const encoder = fitEncoder(table, split.train, { numeric: "standard" });
  const encoded = encoder.encode(table, split.train, random(7).fork("encode"));
  const { id, settings } = parseModelSpec(spec);
  const trainer = openTrainer({
    spans: encoder.spans,
    rows: encoded,
    config: { model: id, settings: { ...defaultsFor(id, "shape"), ...settings }, seed: 7 },
  });
  let made = 0;
  // The processor's own time, so that what else runs on the machine takes nothing away.
  const seen = insides({ post: () => void made++, now: cpuMs });
  seen.turnTo({ run: 1, spans: encoder.spans, rows: encoded });
  const slice = async (on: boolean): Promise<{ readonly pace: number; readonly looks: number }> => {
    const [from, began, before] = [trainer.step, cpuMs(), made];
    while (cpuMs() - began < ms) {
      trainer.advance(undefined, 4);
      if (on) seen.want(look);
      if (on && cpuMs() >= seen.dueAt(trainer, true)) await seen.make(trainer);
    }
    await trainer.report();
    const seconds = (cpuMs() - began) / 1_000;
    return { pace: (trainer.step - from) / seconds, looks: (made - before) / seconds };
  };
  for (const on of [true, false]) await slice(on);
  const chance = random(1);
  const all: { readonly on: number; readonly off: number; readonly looks: number }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const first = chance.integer(2) === 0;
    const a = await slice(first);
    const b = await slice(!first);
    const [on, off] = first ? [a, b] : [b, a];
    all.push({ on: on.pace, off: off.pace, looks: on.looks });
  }
  trainer.dispose();
  const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;
  const ratios = all.map(({ on, off }) => on / off);
  const ratio = mean(ratios);
  return {
    model: spec,
    looks: mean(all.map(({ looks }) => looks)),
    stepsWithout: mean(all.map(({ off }) => off)),
    ratio,
    error: Math.sqrt(mean(ratios.map((each) => (each - ratio) ** 2)) / (pairs - 1)),
  };
}
