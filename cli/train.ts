/**
 * `likeness train`: the lab's own way from a file to rows (reading, preparing,
 * training, writing), driven by a command line in place of a page. Nothing here
 * decides about data or models, so the same seed gives the same rows there.
 */
import path from "node:path";
import { kindShownIn } from "../src/catalog/datasets.ts";
import { parseModelSpec } from "../src/catalog/spec.ts";
import type { RunConfig } from "../src/protocol/run.ts";
import { openSource, type Opened } from "../src/sessions/opening.ts";
import { prepare, said, trainingRows, type Prepared } from "../src/sessions/preparing.ts";
import { defaultMissingMarks } from "../src/table/missing.ts";
import { plural } from "../src/table/said.ts";
import { train as training } from "../src/train/train.ts";
import { trainer as openTrainer, type Trainer } from "../src/train/trainer.ts";
import type { Train } from "./arguments.ts";
import { openDevice } from "./backend.ts";
import { saidOf, writeRows } from "./drawing.ts";
import { checkOutput, openInput } from "./files.ts";
import { duration, progress, type Standing } from "./progress.ts";
import { done, interrupted, Misuse, type Terminal } from "./terminal.ts";

/** Milliseconds between two looks at the losses. */
const reportMs = 250;

/** @throws Misuse, or Error in words. */
export async function train(asked: Train, terminal: Terminal): Promise<number> {
  const { out, force, seed } = asked;
  const tell = asked.quiet ? (): void => {} : (line: string): void => terminal.say(`${line}\n`);
  if (out !== undefined) {
    if (out !== "-" && path.resolve(out) === path.resolve(asked.table))
      throw new Misuse(`${out} is the table to learn from; name another file for the rows.`);
    checkOutput(out, force);
  }
  const prepared = await table(asked, terminal, tell);
  if (terminal.interrupted) return interrupted;

  const { id: model, settings } = parseModelSpec(asked.model, kindShownIn(prepared.views[0]));
  const config = { model, settings, seed };
  let fault: string | undefined;
  const { backend, adapter, reason } = await openDevice(asked.backend, (message) => (fault ??= message));
  const check = (): void => {
    if (fault !== undefined) throw new Error(`${fault.trim()} Start again, or add --backend wasm.`);
  };
  tell(`Training ${model} on ${adapter === "" ? backend : `${backend}, ${adapter}`}. ${reason}`);
  const trainer = openTrainer({ spans: prepared.encoder.spans, rows: trainingRows(prepared), config });
  try {
    const at = await learn(trainer, asked, terminal, check);
    if (trainer.objectives.length === 0) tell("Fitted; it has nothing to train.");
    else tell(`Trained ${plural(at.step, "step")} in ${duration(at.elapsed / 1000)}${lossesOf(at)}.`);
    if (terminal.interrupted && at.step === 0) {
      tell("Stopped before the first step, so there is nothing to write.");
      return interrupted;
    }
    if (out !== undefined) {
      const pieces = trainer.sample(asked.rows ?? prepared.table.rows, seed);
      const rows = await writeRows(pieces, prepared, { ...asked, out }, terminal, check);
      tell(`Wrote ${saidOf(rows, out)}.`);
    }
    return terminal.interrupted ? interrupted : done;
  } finally {
    trainer.dispose();
  }
}

/** The file as a table that can be learned from, as the lab's analysis worker makes it. */
async function table(asked: Train, terminal: Terminal, tell: (line: string) => void): Promise<Prepared> {
  const { seed, holdout, numeric, columns, limit } = asked;
  const began = terminal.now();
  const file = await openInput(asked.table, terminal);
  const opened = await openSource(
    { kind: "files", files: [file] },
    { rowLimit: limit, seed },
    { onProgress() {}, cancelled: () => terminal.interrupted, rest: () => terminal.rest() },
  );
  const words = said(opened.rowsRead, (terminal.now() - began) / 1000);
  checkColumns(opened, asked);
  const missingMarks = asked.missingMarks ?? defaultMissingMarks;
  const prepared = await prepare(
    opened,
    1,
    { missingMarks, columns, holdout, seed, numeric },
    new Map(),
    words,
    () => terminal.rest(),
  );
  tell(`${words}.`);
  for (const issue of opened.issues) tell(issue);
  const { split, left } = prepared;
  if (left.length > 0) tell(`Left out: ${left.join(", ")} (--columns name:on takes a column in).`);
  tell(
    `Learning from ${plural(split.train.length, "row")}, ${plural(prepared.table.columns.length, "column")}${split.holdout.length > 0 ? `; ${plural(split.holdout.length, "row")} held out` : ""}.`,
  );
  return prepared;
}

/** @throws Misuse where --columns names what the table doesn't have. */
function checkColumns({ text, image }: Opened, { columns, table: file }: Train): void {
  const named = Object.keys(columns);
  if (named.length > 0 && image !== undefined)
    throw new Misuse(`${file} holds images, whose pixels can't be typed one by one: leave --columns out.`);
  const known = text.columns.map(({ name }) => name);
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Misuse(`${file} has no column "${unknown}". Its columns: ${known.join(", ")}.`);
}

/** Trains until the steps or the seconds are used up or Ctrl-C is pressed. @returns where it stands. */
async function learn(
  trainer: Trainer,
  { steps, seconds, quiet }: Train,
  terminal: Terminal,
  check: () => void,
): Promise<Standing> {
  const bar = quiet ? undefined : progress(terminal, { steps, seconds });
  const budget: RunConfig["budget"] =
    steps === Infinity ? { unit: "seconds", amount: seconds } : { unit: "steps", amount: steps };
  const slices = training(trainer, {
    clock: () => terminal.now(),
    budget: () => budget,
    speed: () => Infinity,
  });
  let at: Standing = { step: 0, elapsed: 0, losses: {} };
  let reportedAt = terminal.now();
  const report = async (elapsed: number): Promise<void> => {
    const { step, losses } = await trainer.report(); // throws where training has run away
    check();
    at = { step, elapsed, losses: Object.keys(losses).length > 0 ? losses : at.losses };
    reportedAt = terminal.now();
    bar?.show(at);
  };
  let elapsed = 0;
  try {
    for await (const slice of slices) {
      ({ elapsed } = slice);
      await terminal.rest();
      if (terminal.interrupted || elapsed >= 1000 * seconds) break;
      if (terminal.now() - reportedAt >= reportMs) await report(elapsed);
    }
    if (trainer.objectives.length > 0) await report(elapsed);
    return at;
  } finally {
    bar?.end();
  }
}

/** ", loss 1.234". */
const lossesOf = ({ losses }: Standing): string =>
  Object.entries(losses)
    .map(([name, value]) => `, ${name} ${value.toPrecision(4)}`)
    .join("");
