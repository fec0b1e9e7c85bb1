/**
 * `npm run bench:quality`: trains models on one table for the same time, draws as many rows as it has, and holds them
 * against it and against a holdout. Everything is as in the lab, through its own code, on the wasm backend.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { finish } from "../src/downstream/work.ts";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import { shape } from "../src/quality/shape.ts";
import { summarise, type Summary } from "../src/quality/summary.ts";
import { random } from "../src/random/random.ts";
import { picture } from "../src/sessions/preparing.ts";
import { makersOf, meeting, type Limits, type Made, type Maker } from "./makers.ts";
import { parseCondition, type Condition } from "../src/table/condition.ts";
import type { Table } from "../src/table/table.ts";
import { openTables, type Tables } from "./tables.ts";

const usage = `Usage: npm run --silent bench:quality -- <train.csv> --holdout <holdout.csv> --target <column>
         (for either table also builtin:loans:3, the lab's own made from seed 3)
         --seconds S | --steps N   how long each model trains; with both, whichever ends first
         [--models all|a,b,c]      names of the catalog and "holdout"; settings follow a name:
                                   diffusion:process=edm:hidden=256x256
         [--condition c]           also asks for 500 rows by it, as in "income=>50K", and holds the other columns against
                                   those of the real rows that meet it; may come more than once
         [--processor-time]        seconds are the processor's, for a machine that is busy
         [--seed 7] [--json]
`;

type Figures = { readonly [K in keyof Summary]: number | null };

interface Row extends Omit<Made, "rows" | "conditional">, Figures {
  readonly model: string;
  /** Rows that were made by the conditions, and how far their other columns lie from those of real rows: mean and worst. */
  readonly conditionalRows?: number;
  readonly conditionalError?: number;
  readonly conditionalWorst?: readonly [column: string, error: number];
  /** Why a figure is null. */
  readonly notes?: readonly string[];
}

interface Failure {
  readonly model: string;
  readonly error: string;
}

/** The benchmark as a program. @returns its exit code. */
export async function main(
  args: readonly string[],
  versions: Readonly<Record<string, string>>,
): Promise<number> {
  let asked: Asked;
  let tables: Tables;
  let makers: readonly Maker[];
  try {
    asked = read(args);
    makers = makersOf(asked.models);
    tables = await openTables(asked.train, asked.holdout, asked.target, asked.limits.seed);
    const { columns } = tables.prepared.table;
    const conditions = asked.conditions.map((text) => parseCondition(text, columns));
    asked = { ...asked, limits: { ...asked.limits, conditions } };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  await openNodeBackend("wasm");
  const loads = [load()];
  const rows: (Row | Failure)[] = [];
  for (const maker of makers) {
    process.stderr.write(`${maker.name} … `);
    const row = await measure(maker, tables, asked);
    rows.push(row);
    loads.push(load());
    process.stderr.write(
      "error" in row ? `${row.error}\n` : `${row.steps} steps in ${round(row.seconds)} s\n`,
    );
  }
  const { train, holdout, target, limits } = asked;
  const result = {
    rows,
    of: {
      train,
      holdout,
      target,
      rows: tables.prepared.table.rows,
      columns: tables.prepared.table.columns.length,
    },
    asked: { ...limits, conditions: asked.conditions, clock: asked.byProcessor ? "processor" : "wall" },
    versions,
    machine: {
      cpu: cpus()[0]?.model ?? "",
      cores: cpus().length,
      backend: "wasm",
      /** Processes that wanted a core, a minute's average, before each row and at the end. */
      loads,
      date: new Date().toISOString(),
    },
  };
  process.stdout.write(asked.json ? `${JSON.stringify(result, null, 2)}\n` : tableOf(rows));
  return rows.some((row) => "error" in row) ? 1 : 0;
}

const load = (): number => round(loadavg()[0]!);
const round = (value: number): number => Number(value.toPrecision(4));

interface Asked {
  readonly train: string;
  readonly holdout: string;
  readonly target: string;
  readonly models: string;
  readonly limits: Limits;
  /** As they were typed. */
  readonly conditions: readonly string[];
  readonly byProcessor: boolean;
  readonly json: boolean;
}

/** @throws Error in words for what can't be understood. */
function read(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      holdout: { type: "string" },
      target: { type: "string" },
      models: { type: "string", default: "all" },
      seconds: { type: "string" },
      steps: { type: "string" },
      seed: { type: "string", default: "7" },
      "processor-time": { type: "boolean", default: false },
      condition: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
    },
  });
  const [train, ...others] = positionals;
  const { holdout, target, models, seconds, steps, seed, json, "processor-time": byProcessor } = values;
  if (train === undefined || others.length > 0) throw new Error("Name one training table.");
  if (holdout === undefined || target === undefined)
    throw new Error("Name the --holdout table and the --target column.");
  if (seconds === undefined && steps === undefined)
    throw new Error("Say how long to train: --seconds or --steps.");
  const numberOf = (option: string, text: string | undefined, least: number): number => {
    const value = text === undefined ? Infinity : Number(text);
    if (!(value >= least))
      throw new Error(`--${option} must be a number of at least ${least}, not "${text}".`);
    return value;
  };
  const processor = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const limits = {
    seconds: numberOf("seconds", seconds, 0),
    steps: numberOf("steps", steps, 0),
    clock: byProcessor ? processor : () => performance.now(),
    seed: numberOf("seed", seed, 0),
    conditions: [],
    conditionalRows: 500,
  };
  return { conditions: values.condition, train, holdout, target, models, limits, byProcessor, json };
}

async function measure(maker: Maker, tables: Tables, { target, limits }: Asked): Promise<Row | Failure> {
  try {
    const { rows, conditional, ...times } = await maker.make(tables, limits);
    const { prepared, holdout } = tables;
    const summary = finish(
      summarise({
        train: prepared.table,
        holdout,
        synthetic: rows,
        target,
        encode: (table, of) => picture(prepared, table, of),
        random: random(limits.seed).fork("summary"),
      }),
    );
    const figures = Object.fromEntries(
      Object.entries(summary).map(([key, figure]) => [key, "value" in figure ? round(figure.value) : null]),
    ) as Figures;
    const notes = [
      ...new Set(Object.values(summary).flatMap((figure) => ("why" in figure ? [figure.why as string] : []))),
    ];
    return {
      model: maker.name,
      seconds: round(times.seconds),
      cpuSeconds: round(times.cpuSeconds),
      steps: times.steps,
      sampleSeconds: round(times.sampleSeconds),
      sampleCpuSeconds: round(times.sampleCpuSeconds),
      ...figures,
      ...(conditional && {
        ...conditionalFigures(tables, conditional, limits.conditions),
        conditionalCpuSeconds: round(times.conditionalCpuSeconds ?? 0),
      }),
      ...(notes.length > 0 && { notes }),
    };
  } catch (error) {
    return { model: maker.name, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Columns that no condition is about, against those of the training rows that meet all conditions. */
function conditionalFigures(
  { prepared: { table } }: Tables,
  made: Table,
  conditions: readonly Condition[],
): Pick<Row, "conditionalRows" | "conditionalError" | "conditionalWorst"> {
  const others = (of: Table): Table => ({
    ...of,
    columns: of.columns.filter(({ name }) => !conditions.some(({ column }) => column === name)),
  });
  const real = others(meeting(conditions, table, table));
  const { columns, error } = shape(real, others(made));
  const errors = columns.map(({ error: each }, i): [string, number] => [
    real.columns[i]!.name,
    "value" in each ? round(each.value) : 0,
  ]);
  return {
    conditionalRows: made.rows,
    ...("value" in error && { conditionalError: round(error.value) }),
    conditionalWorst: errors.toSorted((a, b) => b[1] - a[1])[0]!,
  };
}

/** The rows for a person: shares in percent, areas under curves as they are. */
function tableOf(rows: readonly (Row | Failure)[]): string {
  const percent = (value: number | null): string => (value === null ? "-" : `${(100 * value).toFixed(2)} %`);
  const plain = (value: number | null): string => (value === null ? "-" : value.toFixed(3));
  const columns: readonly (readonly [string, (row: Row) => string])[] = [
    ["shape err", (row) => percent(row.shapeError)],
    ["trend err", (row) => percent(row.trendError)],
    ["C2ST", (row) => plain(row.c2stAuc)],
    ["linear", (row) => plain(row.c2stLogisticAuc)],
    ["TSTR", (row) => plain(row.tstr)],
    ["DCR share", (row) => `${plain(row.dcrShare)}/${plain(row.dcrNeutral)}`],
    ["copies", (row) => percent(row.exactCopies)],
    ["recall", (row) => plain(row.recall)],
    ["coverage", (row) => plain(row.coverage)],
    ["steps", (row) => String(row.steps)],
    ["train s", (row) => row.seconds.toFixed(1)],
    ["cpu s", (row) => row.cpuSeconds.toFixed(1)],
    ["sample s", (row) => row.sampleSeconds.toFixed(2)],
    ["gaps", (row) => percent(row.missingDependence)],
    ["worst gaps", (row) => percent(row.missingWorst)],
    ["given err", (row) => percent(row.conditionalError ?? null)],
    ["worst", (row) => percent(row.conditionalWorst?.[1] ?? null)],
  ];
  const widest = Math.max(...rows.map(({ model }) => model.length)) + 2;
  const lines = [
    "".padEnd(widest) + columns.map(([title]) => title.padStart(12)).join(""),
    ...rows.map(
      (row) =>
        row.model.padEnd(widest) +
        ("error" in row ? `  ${row.error}` : columns.map(([, cell]) => cell(row).padStart(12)).join("")),
    ),
  ];
  return `${lines.join("\n")}\n`;
}
