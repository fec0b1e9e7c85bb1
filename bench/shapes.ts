/**
 * `npm run bench:shapes`: trains models on the built-in shapes and holds their points against fresh ones of the shape;
 * where its centres are known, counts the modes that they find. Everything is as in the lab, through its own code, on the
 * wasm backend.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { datasetCards } from "../src/catalog/datasets.ts";
import type { DatasetId } from "../src/catalog/datasets.ts";
import { parseModelSpec } from "../src/catalog/spec.ts";
import { makeDataset } from "../src/datasets/builtin.ts";
import type { Mixture } from "../src/datasets/mixture.ts";
import type { Point } from "../src/datasets/plane.ts";
import { finish } from "../src/downstream/work.ts";
import { coverage } from "../src/quality/coverage.ts";
import type { Matrix } from "../src/encode/span.ts";
import { fitEncoder } from "../src/encode/encoder.ts";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import { random } from "../src/random/random.ts";
import type { NumberColumn, Table } from "../src/table/table.ts";
import { train } from "../src/train/train.ts";
import { trainer as openTrainer } from "../src/train/trainer.ts";

const usage = `Usage: npm run --silent bench:shapes -- --seconds S   seconds of the processor for each model
         [--data grid,spirals,checkerboard,…] [--models gan,ctgan,…] [--points 2500] [--seed 7] [--json]
         [--pictures folder]   an SVG of each model's points
`;

const everyModel = "gan,gan:loss=wgan-gp,ctgan,vae,diffusion,ddgan";

interface Row {
  readonly data: string;
  readonly model: string;
  readonly steps: number;
  readonly cpuSeconds: number;
  /** Against fresh points of the shape, 5th neighbours: where points are that should be, and whether all are reached. */
  readonly precision: number;
  readonly recall: number;
  readonly density: number;
  readonly coverage: number;
  /** Where the shape has centres. */
  readonly modes?: Modes;
}

interface Modes {
  /** Centres with a point within three standard deviations, of how many. */
  readonly found: number;
  readonly of: number;
  /** Share of the points that lie so near to a centre; 0.989 for the data itself. */
  readonly near: number;
  /** Fewest and most points near a centre, as shares of an even spread. */
  readonly thinnest: number;
  readonly fullest: number;
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** The benchmark as a program. @returns its exit code. */
export async function main(
  args: readonly string[],
  versions: Readonly<Record<string, string>>,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: "string", default: "" },
      data: { type: "string", default: "grid" },
      models: { type: "string", default: everyModel },
      points: { type: "string", default: "2500" },
      seed: { type: "string", default: "7" },
      pictures: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const [seconds, points, seed] = [values.seconds, values.points, values.seed].map(Number) as [
    number,
    number,
    number,
  ];
  if (!(seconds > 0 && points > 0 && seed >= 0)) {
    process.stderr.write(usage);
    return 2;
  }
  await openNodeBackend("wasm");
  const rows: Row[] = [];
  for (const data of values.data.split(",")) {
    const id = datasetCards.find((card) => card.id === data && card.kind === "shape")?.id;
    if (id === undefined) {
      process.stderr.write(`"${data}" is no built-in shape.\n\n${usage}`);
      return 2;
    }
    for (const model of values.models.split(",")) {
      const { row, drawn } = await measure(id, model, { seconds, points, seed });
      rows.push(row);
      if (values.pictures !== undefined)
        writeFileSync(
          path.join(values.pictures, `${data}-${model.replace(/[^a-z0-9]+/g, "-")}.svg`),
          picture(drawn),
        );
      if (!values.json) process.stdout.write(`${said(rows.at(-1)!)}\n`);
    }
  }
  const machine = {
    cpu: cpus()[0]?.model ?? "",
    cores: cpus().length,
    backend: "wasm",
    date: new Date().toISOString(),
  };
  if (values.json)
    process.stdout.write(`${JSON.stringify({ rows, seconds, points, seed, versions, machine }, null, 2)}\n`);
  return 0;
}

async function measure(
  data: DatasetId,
  model: string,
  { seconds, points, seed }: { readonly seconds: number; readonly points: number; readonly seed: number },
): Promise<{ readonly row: Row; readonly drawn: readonly Point[] }> {
  const { table, shape } = makeDataset(data, seed);
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  const encoder = fitEncoder(table, all, { numeric: "standard" });
  const { id, settings } = parseModelSpec(model, "shape");
  const trainer = openTrainer({
    spans: encoder.spans,
    rows: encoder.encode(table, all, random(seed).fork("encode")),
    config: { model: id, settings, seed },
  });
  const began = cpuSeconds();
  const budget = { unit: "steps", amount: Infinity } as const;
  const slices = train(trainer, {
    clock: () => 1000 * cpuSeconds(),
    budget: () => budget,
    speed: () => Infinity,
  });
  for await (const _ of slices) if (cpuSeconds() - began >= seconds) break;
  await trainer.report(); // throws where it diverged
  const took = cpuSeconds() - began;
  const drawn: Point[] = [];
  const source = random(seed).fork("decode");
  for await (const piece of trainer.sample(points, seed)) {
    const [x, y] = encoder.decode(piece, source).columns as [NumberColumn, NumberColumn];
    for (let i = 0; i < piece.rows; i++) drawn.push([x.values[i]!, y.values[i]!]);
  }
  const fresh = pointsOf(makeDataset(data, seed + 1).table).slice(0, points);
  const measured = finish(coverage(rowsOf(fresh), rowsOf(drawn)));
  if ("why" in measured) throw new Error(measured.why);
  const row = {
    data,
    model,
    steps: trainer.step,
    cpuSeconds: took,
    ...measured,
    ...(shape && { modes: modesOf(drawn, shape) }),
  };
  trainer.dispose();
  return { row, drawn };
}

/** A shape's table as points. */
function pointsOf({ columns }: Table): readonly Point[] {
  const [x, y] = columns as readonly [NumberColumn, NumberColumn];
  return Array.from(x.values, (value, i): Point => [value, y.values[i]!]);
}

const rowsOf = (of: readonly Point[]): Matrix => ({
  values: Float32Array.from(of.flat()),
  rows: of.length,
  width: 2,
});

function modesOf(drawn: readonly Point[], { centres, sigma }: Mixture): Modes {
  const counts = new Array<number>(centres.length).fill(0);
  for (const [x, y] of drawn) {
    const at = centres.findIndex(([cx, cy]) => Math.hypot(x - cx, y - cy) <= 3 * sigma);
    if (at >= 0) counts[at]!++;
  }
  return {
    found: counts.filter((count) => count > 0).length,
    of: centres.length,
    near: counts.reduce((sum, count) => sum + count, 0) / drawn.length,
    thinnest: (Math.min(...counts) * centres.length) / drawn.length,
    fullest: (Math.max(...counts) * centres.length) / drawn.length,
  };
}

/** Points within [-1.2, 1.2] as dots, in a colour that shows on light and on dark. */
function picture(drawn: readonly Point[]): string {
  const place = (value: number): string => ((value + 1.2) * 100).toFixed(1);
  const dots = drawn
    .slice(0, 1_000)
    .filter(([x, y]) => Math.max(Math.abs(x), Math.abs(y)) < 1.2)
    .map(([x, y]) => `M${place(x)} ${place(-y)}h0`)
    .join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" width="240" height="240"><path d="${dots}" fill="none" stroke="#c2570c" stroke-width="2.2" stroke-linecap="round"/></svg>\n`;
}

function said({
  data,
  model,
  steps,
  cpuSeconds: seconds,
  modes,
  precision,
  recall,
  coverage: covered,
}: Row): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const dots = modes
    ? `${modes.found}/${modes.of} modes, ${percent(modes.near)} within 3 sigma (${modes.thinnest.toFixed(2)} to ${modes.fullest.toFixed(2)} of an even spread), `
    : "";
  return `${data} ${model}: ${dots}precision ${percent(precision)}, recall ${percent(recall)}, coverage ${percent(covered)}, ${steps} steps in ${seconds.toFixed(0)} s`;
}
