/** `likeness sample`: rows from a model that was kept, without the table. */
import { count } from "../src/language/words.ts";
import path from "node:path";
import { openEncoder } from "../src/encode/encoder.ts";
import { RunRefusal, type SavedRun } from "../src/sessions/runFile.ts";
import { takeFromSaved } from "../src/sessions/takeAway.ts";
import { parseCondition } from "../src/table/condition.ts";
import { sampler, type Sampler } from "../src/train/sampler.ts";
import type { Sample } from "./arguments.ts";
import { nodeDevice, wordsOf } from "./backend.ts";
import { takeOut } from "./drawing.ts";
import { checkOutput } from "./files.ts";
import { named, openSaved } from "./saved.ts";
import { done, Misuse, Stopped, type Terminal } from "./terminal.ts";

/** @throws Misuse, or Error in words. */
export async function sample(asked: Sample, terminal: Terminal): Promise<number> {
  const { out = "-", force } = asked;
  const tell = asked.quiet ? (): void => {} : (line: string): void => terminal.say(`${line}\n`);
  if (out !== "-" && path.resolve(out) === path.resolve(asked.run))
    throw new Misuse(`${out} is the saved run; name another file for the rows.`);
  checkOutput(out, force);
  const run = await openSaved(asked.run, terminal);
  const { model, step, delimiter, encoder: state } = run;
  const rows = asked.rows ?? run.rows;
  const seed = asked.seed ?? run.seed;
  const taking = takeOut({ ...asked, delimiter }, (sheet) => {
    const columns = state.columns.map((each) => (each.kind === "category" ? each : each.heading));
    const conditions = asked.conditions.map((text) => parseCondition(text, columns));
    return takeFromSaved(state, { rows, seed, conditions }, sheet);
  });
  const device = nodeDevice();
  const opened = await device.openBackend(asked.backend, device.onFault);
  // Rows can be had again, so those that are there already are not worth a file that looks whole.
  const goOn = (): void => {
    if (terminal.interrupted) throw new Stopped("Stopped.");
    device.check();
  };
  tell(`Drawing from ${model} after ${count(step)} steps on ${wordsOf(opened)}`);
  const made = await named(asked.run, async () => open(run, openEncoder(state)));
  try {
    tell(await taking.write(made, out, terminal, goOn));
    return done;
  } finally {
    made.dispose();
  }
}

function open(run: SavedRun, { spans, width }: ReturnType<typeof openEncoder>): Sampler {
  try {
    return sampler({ spans, width, config: run, state: run.state });
  } catch (error) {
    throw new RunRefusal(`is damaged: ${error instanceof Error ? error.message : String(error)}`);
  }
}
