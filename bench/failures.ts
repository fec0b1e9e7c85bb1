/**
 * `npm run bench:failures`: each entry of the failure gallery on several seeds, through both sessions as the page drives
 * them: whether its detector sees it, whether the remedy that the page offers mends it, and whether "make it worse" does.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import { setupOf, stepAt } from "../src/lessons/course.ts";
import type { Failure } from "../src/lessons/failure.ts";
import { failures } from "../src/lessons/gallery/failures.ts";
import type { Finding, Remedy } from "../src/store/finding.ts";
import { findings } from "../src/store/findings.ts";
import { changesSince, type Setup } from "../src/store/setup.ts";
import type { LabState } from "../src/store/state.ts";
import { openPageRun, type PageRun } from "./pageRun.ts";

const usage = `Usage: npm run --silent bench:failures -- [--failures mode-collapse,…] [--seeds 1,2,3,4,5] [--out results.json]
What --out has already stays: a trial takes the place of one of the same failure and seed. --table prints what it has.
`;

const everyMs = 500;

interface Trial {
  readonly failure: string;
  readonly seed: number;
  /** At any look, and once the run had ended. */
  readonly seen: boolean;
  readonly atEnd: boolean;
  readonly evidence: string;
  /** The failure's figure at the end, and how long the run took. */
  readonly before: number;
  readonly seconds: number;
  /** What became of both with the remedy, and whether the finding was there at the end. */
  readonly mended?: {
    readonly by: string;
    readonly after: number;
    readonly seconds: number;
    readonly still: boolean;
  };
  /** The figure at the end of "make it worse", on the first seed only. */
  readonly worse?: number;
}

/** The benchmark as a program. @returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      failures: { type: "string", default: failures.map(({ id }) => id).join() },
      seeds: { type: "string", default: "1,2,3,4,5" },
      out: { type: "string" },
      table: { type: "boolean", default: false },
    },
  });
  const chosen = values.failures.split(",").map((name) => failures.find(({ id }) => id === name));
  const seeds = values.seeds.split(",").map(Number);
  if (chosen.includes(undefined) || seeds.some((seed) => !(seed >= 0))) {
    process.stderr.write(usage);
    return 2;
  }
  if (values.table) {
    const filed = values.out === undefined ? [] : filedIn(values.out);
    process.stdout.write(tableOf(chosen as Failure[], filed));
    return 0;
  }
  await openNodeBackend("wasm");
  const trials: Trial[] = [];
  for (const failure of chosen as Failure[])
    for (const seed of seeds) {
      const made = await trial(failure, seed, seed === seeds[0]);
      trials.push(made);
      process.stderr.write(`${JSON.stringify(made)}\n`);
      if (values.out !== undefined) file(values.out, made);
    }
  process.stdout.write(tableOf(chosen as Failure[], trials));
  return 0;
}

const filedIn = (path: string): Trial[] =>
  existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { trials: Trial[] }).trials : [];

/** Puts a trial in the place of the one before it, in the order of the gallery. */
function file(path: string, made: Trial): void {
  const others = filedIn(path).filter(({ failure, seed }) => failure !== made.failure || seed !== made.seed);
  const place = (id: string): number => failures.findIndex((failure) => failure.id === id);
  const trials = [...others, made].toSorted((a, b) => place(a.failure) - place(b.failure) || a.seed - b.seed);
  writeFileSync(path, `${JSON.stringify({ node: process.version, trials }, null, 2)}\n`);
}

async function trial(failure: Failure, seed: number, withWorse: boolean): Promise<Trial> {
  const setup = { ...setupOf(failure.steps[0]), seed };
  const page = await openPageRun(setup);
  try {
    let last: Finding | undefined;
    const find = (): Finding | undefined => findings(page.state()).find(({ id }) => id === failure.finding);
    const timer = setInterval(() => (last = find() ?? last), everyMs);
    await page.train(setup);
    clearInterval(timer);
    const end = find();
    last = end ?? last;
    const base = {
      failure: failure.id,
      seed,
      seen: last !== undefined,
      atEnd: end !== undefined,
      evidence: last?.evidence ?? "",
      before: figureOf(failure, page.state()),
      seconds: page.state().training.elapsed,
    };
    const by = last?.remedy;
    if (by !== undefined) await apply(page, setup, by);
    const { training } = page.state();
    const mended = by && {
      by: by.label,
      after: figureOf(failure, page.state()),
      seconds: training.elapsed - (by.budget ? base.seconds : 0),
      still: find() !== undefined,
    };
    const worse = withWorse && stepAt({ lesson: failure.id, step: "worse" });
    if (worse) await page.train({ ...setupOf(worse), seed });
    return {
      ...base,
      ...(mended && { mended }),
      ...(worse && { worse: figureOf(failure, page.state()) }),
    };
  } finally {
    await page.close();
  }
}

/** What the remedy's button does to a run that has ended (`app/actions`). */
async function apply(page: PageRun, setup: Setup, { model, settings, budget }: Remedy): Promise<void> {
  const to = {
    ...setup,
    model: model ?? setup.model,
    settings: { ...(model === undefined && setup.settings), ...settings },
    budget: budget ?? setup.budget,
  };
  const goesOn = changesSince(setup, to).length === 0 && page.state().training.step < to.budget.amount;
  await (goesOn ? page.goOn(to) : page.train(to));
}

function figureOf({ figure }: Failure, { training }: LabState): number {
  const value = figure === "nearer" ? training.inspected?.memory?.nearer : training.scores.at(-1)?.distance;
  return Number((value ?? NaN).toFixed(4));
}

function tableOf(chosen: readonly Failure[], trials: readonly Trial[]): string {
  const range = (numbers: readonly number[], digits: number): string => {
    const known = numbers.filter(Number.isFinite);
    const [least, most] = [Math.min(...known), Math.max(...known)].map((number) => number.toFixed(digits));
    return known.length === 0 ? "–" : least === most ? least! : `${least} to ${most}`;
  };
  const lines = chosen.map(({ id, title, figure }) => {
    const own = trials.filter(({ failure }) => failure === id);
    const mended = own.filter(({ before, mended }) => mended && !mended.still && mended.after < before);
    const remedies = own.flatMap((each) => each.mended ?? []);
    const cells = [
      `${title} (\`#v=1&lesson=${id}.seen\`)`,
      `${own.filter(({ seen }) => seen).length} of ${own.length}`,
      `${mended.length} of ${own.length}`,
      [...new Set(remedies.map(({ by }) => by.replace(/,$/u, "")))].join("; "),
      figure === "nearer" ? "nearer to training rows" : "distance",
      range(
        own.map(({ before }) => before),
        3,
      ),
      range(
        remedies.map(({ after }) => after),
        3,
      ),
      range(
        own.flatMap(({ worse }) => worse ?? []),
        3,
      ),
      `${range(
        own.map(({ seconds }) => seconds),
        0,
      )}; ${range(
        remedies.map(({ seconds }) => seconds),
        0,
      )}`,
    ];
    return `| ${cells.join(" | ")} |\n`;
  });
  return `| Failure | Seen | Mended | Remedy | Figure | As it is | Mended | Worse | Seconds: it, remedy |
| :-- | --: | --: | :-- | :-- | --: | --: | --: | --: |
${lines.join("")}`;
}
