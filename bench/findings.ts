/**
 * `npm run bench:findings`: runs of built-in data through both sessions, as the page drives them, and what the page would
 * find wrong with them. A healthy run should raise nothing; the seconds that looking takes are held against the whole.
 */
import { parseArgs } from "node:util";
import { datasetCards } from "../src/catalog/datasets.ts";
import { parseModelSpec } from "../src/catalog/spec.ts";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import { findings } from "../src/store/findings.ts";
import { setupFor } from "../src/store/setup.ts";
import { openPageRun } from "./pageRun.ts";

const usage = `Usage: npm run --silent bench:findings -- [--data birds,grid,…] [--models gan,vae:beta=5,…] [--steps 2000] [--seed 7] [--curves]
`;

const everyMs = 500;

/** The benchmark as a program. @returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: "string", default: "birds,grid,ring,moons" },
      models: { type: "string", default: "gan,ctgan,vae,diffusion,ddgan" },
      steps: { type: "string", default: "2000" },
      seed: { type: "string", default: "7" },
      curves: { type: "boolean", default: false },
    },
  });
  const [steps, seed] = [Number(values.steps), Number(values.seed)];
  if (!(steps > 0 && seed >= 0)) {
    process.stderr.write(usage);
    return 2;
  }
  await openNodeBackend("wasm");
  for (const data of values.data.split(","))
    for (const model of values.models.split(","))
      await run(data, model, { steps, seed, curves: values.curves });
  return 0;
}

async function run(
  data: string,
  spec: string,
  { steps, seed, curves }: { readonly steps: number; readonly seed: number; readonly curves: boolean },
): Promise<void> {
  const card = datasetCards.find(({ id }) => id === data);
  if (card === undefined) throw new Error(`There is no data set called "${data}".`);
  const { id: model, settings } = parseModelSpec(spec, card.kind);
  const budget = { unit: "steps", amount: steps } as const;
  const setup = { ...setupFor(card.id), model, settings, seed, budget };
  const page = await openPageRun(setup);
  const began = performance.now();
  const said = new Map<string, string>();
  const look = (): void => {
    for (const { id, title, evidence } of findings(page.state())) {
      const at = `${((performance.now() - began) / 1000).toFixed(1)} s, step ${page.state().training.step}`;
      if (!said.has(id)) said.set(id, `${id} first at ${at}: ${title}. ${evidence}`);
    }
  };
  const timer = setInterval(look, everyMs);
  await page.train(setup);
  clearInterval(timer);
  look();
  const state = page.state();
  const last = findings(state).map(({ id, title, evidence }) => `${id}: ${title}. ${evidence}`);
  const { inspected, elapsed, step, scores } = state.training;
  process.stdout.write(
    `${data} ${spec}: ${step} steps in ${elapsed.toFixed(1)} s, distance ${scores.at(-1)?.distance.toFixed(3)}; ${JSON.stringify(inspected)}\n`,
  );
  for (const each of said.values()) process.stdout.write(`  ${each}\n`);
  for (const each of last) process.stdout.write(`  AT THE END ${each}\n`);
  if (curves) {
    const { losses } = state.training;
    process.stdout.write(
      `CURVES ${JSON.stringify({ data, spec, values: losses.values, scores: scores.map(({ distance }) => distance) })}\n`,
    );
  }
  await page.close();
}
