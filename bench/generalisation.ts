/**
 * `npm run bench:generalisation`: the experiments of `catalog/experiments.ts` on the built-in loans, with models trained by the
 * project's own trainer on the wasm backend; what came of each, how long it took and its longest piece of work.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { dataSeed } from "../src/catalog/datasets.ts";
import { experiments, type ExperimentCase } from "../src/catalog/experiments.ts";
import { modelCards } from "../src/catalog/models.ts";
import { parseModelSpec, type ModelSpec } from "../src/catalog/spec.ts";
import { makeDataset } from "../src/datasets/builtin.ts";
import { splitRows } from "../src/encode/split.ts";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import { isTested, type Arm } from "../src/generalise/arms.ts";
import type { Contest } from "../src/generalise/contest.ts";
import { learningCurves } from "../src/generalise/curve.ts";
import { rareClass } from "../src/generalise/rare.ts";
import { random } from "../src/random/random.ts";
import { optionsOf } from "../src/sessions/experimentCard.ts";
import { modelMaker } from "../src/sessions/makers.ts";
import { selectRows } from "../src/table/typed.ts";

const usage = `Usage: npm run --silent bench:generalisation -- [--case ${experiments.map(({ id }) => id).join("|")}]… [--json]
         [--seeds 3] [--data-seed 8] [--steps 400]  other seeds, loans and steps than a case has, to see whether its outcome hangs on them
         [--model ddgan,layers=2|all]…  other models in the place of the case's own; what one of them can't do is said, and the next is tried
`;

interface Outcome {
  readonly case: ExperimentCase;
  readonly model: ModelSpec;
  readonly maker: string;
  readonly rows: { readonly train: number; readonly test: number };
  /** Of the wall and of the processor. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Milliseconds of the processor, all threads, of the longest piece between two hand-backs. */
  readonly longestPiece: number;
  readonly contests: readonly Contest[];
  /** By arm, its scores with each seed. */
  readonly arms: readonly (Omit<Arm, "tested"> & { readonly scores: readonly unknown[] })[];
  readonly notes: readonly string[];
}

/** The benchmark as a program. @returns its exit code. */
export async function main(
  args: readonly string[],
  versions: Readonly<Record<string, string>>,
): Promise<number> {
  let chosen: readonly Asked[];
  let json: boolean;
  let data: number;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        case: { type: "string", multiple: true, default: [] },
        seeds: { type: "string" },
        "data-seed": { type: "string" },
        steps: { type: "string" },
        model: { type: "string", multiple: true, default: [] },
        json: { type: "boolean", default: false },
      },
    });
    json = values.json;
    chosen = withModels(chosenOf(values.case, values), values.model);
    data = values["data-seed"] === undefined ? dataSeed : wholeOf(values["data-seed"]);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  await openNodeBackend("wasm");
  const outcomes: Outcome[] = [];
  let failed = 0;
  for (const each of chosen) {
    process.stderr.write(`${each.of.id}, ${each.spec.id} … `);
    try {
      const outcome = await measure(each, data);
      outcomes.push(outcome);
      process.stderr.write(`${outcome.seconds} s\n`);
      if (!json) process.stdout.write(wordsOf(outcome));
    } catch (error) {
      failed += 1;
      process.stderr.write(`failed: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  const machine = { cpu: cpus()[0]?.model ?? "", cores: cpus().length, backend: "wasm", load: loadavg()[0], date: new Date().toISOString() }; // prettier-ignore
  if (json) process.stdout.write(`${JSON.stringify({ outcomes, versions, machine }, null, 2)}\n`);
  return failed === 0 ? 0 : 1;
}

/** A case, and what makes its rows. */
interface Asked {
  readonly of: ExperimentCase;
  readonly spec: ModelSpec;
}

function withModels(cases: readonly ExperimentCase[], names: readonly string[]): readonly Asked[] {
  const specs = names.flatMap((name) => (name === "all" ? modelCards.map(({ id }) => parseModelSpec(id)) : [parseModelSpec(name)])); // prettier-ignore
  return cases.flatMap((of) => (specs.length === 0 ? [parseModelSpec(of.model)] : specs).map((spec) => ({ of, spec }))); // prettier-ignore
}

function chosenOf(
  ids: readonly string[],
  { seeds, steps }: { readonly seeds?: string | undefined; readonly steps?: string | undefined },
): readonly ExperimentCase[] {
  const unknown = ids.find((id) => !experiments.some((each) => each.id === id));
  if (unknown !== undefined) throw new Error(`There is no case "${unknown}".`);
  const own = ids.length === 0 ? experiments : experiments.filter(({ id }) => ids.includes(id));
  return own.map((each) => ({
    ...each,
    choice: {
      ...each.choice,
      ...(seeds !== undefined && { seeds: wholeOf(seeds) }),
      ...(steps !== undefined && { steps: wholeOf(steps) }),
    },
  }));
}

function wholeOf(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error("Seeds and steps are counted in whole numbers from 1 on.");
  return number;
}

const processor = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

async function measure({ of, spec }: Asked, data: number): Promise<Outcome> {
  const { choice } = of;
  const { table } = makeDataset(of.dataset, data);
  const split = splitRows(table.rows, of.holdout, random(of.seed).fork("split"));
  const tables = { train: selectRows(table, split.train), holdout: selectRows(table, split.holdout) };
  const maker = modelMaker(spec, choice.steps, () => performance.now());
  const began = { wall: performance.now(), cpu: processor() };
  const work =
    choice.kind === "rare"
      ? rareClass(tables, optionsOf({ ...choice, kind: choice.kind }), maker)
      : learningCurves(tables, optionsOf({ ...choice, kind: "curves" }), maker);
  let longestPiece = 0;
  for (;;) {
    const at = processor();
    const next = await work.next();
    longestPiece = Math.max(longestPiece, processor() - at);
    if (next.done !== true) continue;
    const { result } = next.value;
    return {
      case: of,
      model: spec,
      maker: maker.name,
      rows: result.rows,
      seconds: round((performance.now() - began.wall) / 1000),
      cpuSeconds: round((processor() - began.cpu) / 1000),
      longestPiece: Math.round(longestPiece),
      contests: result.contests,
      arms: result.arms.map(({ tested, ...arm }) => ({
        ...arm,
        scores: tested.map((each) => (isTested(each) ? each.scores : each)),
      })),
      notes: result.notes,
    };
  }
}

const round = (value: number): number => Number(value.toPrecision(4));

function wordsOf({
  case: { title },
  maker,
  seconds,
  cpuSeconds,
  longestPiece,
  contests,
  notes,
}: Outcome): string {
  const lines = [
    `${title}: ${maker} (${seconds} s, ${cpuSeconds} s of the processor, longest piece ${longestPiece} ms)`,
    ...contests.map(({ words }) => `  ${words}`),
    ...notes.map((note) => `  - ${note}`),
  ];
  return `${lines.join("\n")}\n`;
}
