/**
 * `likeness train`: the lab's own way from a file to rows (reading, preparing,
 * training, writing), driven by a command line in place of a page. Nothing here
 * decides about data or models, so the same seed gives the same rows there.
 */
import { count, plural } from "../src/language/words.ts";
import path from "node:path";
import type { ModelId } from "../src/catalog/card.ts";
import { kindShownIn } from "../src/catalog/datasets.ts";
import type { Settings } from "../src/catalog/setting.ts";
import { parseModelSpec } from "../src/catalog/spec.ts";
import type { NumericTransform } from "../src/protocol/analysis.ts";
import type { RunConfig } from "../src/protocol/run.ts";
import type { TrainEvent } from "../src/protocol/train.ts";
import { choosing } from "../src/sessions/choosing.ts";
import { openSource, type Opened } from "../src/sessions/opening.ts";
import { prepare, said, trainingRows, type Prepared } from "../src/sessions/preparing.ts";
import { origins, type Origins } from "../src/sessions/origins.ts";
import { RunRefusal, writeRun } from "../src/sessions/runFile.ts";
import { takeAway } from "../src/sessions/takeAway.ts";
import { parseCondition } from "../src/table/condition.ts";
import { defaultMissingMarks } from "../src/table/missing.ts";
import { saidOfMatched } from "../src/table/matched.ts";
import { quoted } from "../src/table/said.ts";
import { train as training } from "../src/train/train.ts";
import type { Trainer, TrainerRequest } from "../src/train/trainer.ts";
import { usual, type Train } from "./arguments.ts";
import { nodeDevice, wordsOf, type Device } from "./backend.ts";
import { takeOut } from "./drawing.ts";
import { checkOutput, nameOf, openInput, openOutput, whole } from "./files.ts";
import { keeper, type Keeper } from "./keepBest.ts";
import { duration, progress, type Standing } from "./progress.ts";
import { done, interrupted, Misuse, Stopped, type Terminal } from "./terminal.ts";

/** Milliseconds between two looks at the losses. */
const reportMs = 250;

/** @throws Misuse, or Error in words. */
export async function train(asked: Train, terminal: Terminal): Promise<number> {
  const { out, save, seed } = asked;
  const tell = asked.quiet ? (): void => {} : (line: string): void => terminal.say(`${line}\n`);
  checkOutputs(asked);
  const from = asked.from === undefined ? undefined : await begunWith(asked.from, terminal);
  const prepared = await table(asked, from?.numeric, terminal, tell);
  if (terminal.interrupted) throw new Stopped("Stopped.");

  const { model, settings } = chosen(asked, from, prepared);
  const config = { model, settings, seed };
  const taking =
    out === undefined
      ? undefined
      : takeOut({ ...asked, delimiter: prepared.delimiter }, (sheet) => {
          const { fill, rows = prepared.table.rows } = asked;
          const conditions = asked.conditions.map((text) => parseCondition(text, prepared.table.columns));
          return takeAway(prepared, { rows, seed, conditions, fill }, sheet);
        });

  const best = asked.keepBest ? keeper(prepared, () => terminal.now()) : undefined;

  const device = nodeDevice();
  const trainer = await open(
    asked,
    {
      spans: prepared.encoder.spans,
      rows: trainingRows(prepared),
      config,
      image: prepared.image,
      ...(from && { origin: from.runs.lend("file", prepared) }),
    },
    device,
    terminal,
    tell,
  );
  const { check } = device;
  try {
    if (from !== undefined) tell(begunFrom(trainer, from));
    if (asked.fill && trainer.heeds !== "all")
      throw new Misuse(`${model} draws whole rows and can't fill gaps in others; --model diffusion can.`);
    if (best !== undefined && trainer.objectives.length === 0)
      throw new Misuse(`${model} is fitted at once, so it has no best step: leave --keep-best out.`);
    const at = await learn(trainer, asked, terminal, check, best);
    if (trainer.objectives.length === 0) tell("Fitted; it has nothing to train.");
    else tell(`Trained ${plural(at.step, "step")} in ${duration(at.elapsed / 1000)}${lossesOf(at)}.`);
    if (terminal.interrupted && at.step === 0) {
      tell("Stopped before the first step, so there is nothing to write.");
      return interrupted;
    }
    const kept = await best?.settle(trainer);
    check();
    if (kept !== undefined) tell(kept.said);
    if (save !== undefined) {
      const run = {
        ...config,
        step: kept?.step ?? at.step,
        rows: prepared.table.rows,
        delimiter: prepared.delimiter,
        encoder: prepared.encoder.state,
        state: await trainer.state(),
      };
      check();
      const output = openOutput(save, terminal);
      await whole(output, () => output.write(writeRun(run)));
      tell(
        `Saved the model${save === "-" ? "" : ` in ${save}`}; it holds values of the table (see likeness help train).`,
      );
    }
    if (out !== undefined && taking !== undefined) tell(await taking.write(trainer, out, terminal, check));
    return terminal.interrupted ? interrupted : done;
  } finally {
    trainer.dispose();
  }
}

interface Begun {
  readonly runs: Origins;
  /** The file, as sentences name it. */
  readonly name: string;
  readonly model: ModelId;
  readonly settings: Settings;
  readonly step: number;
  readonly numeric: NumericTransform | undefined;
}

/** @throws Misuse where there is no such file, or Error where it is no saved run. */
async function begunWith(from: string, terminal: Terminal): Promise<Begun> {
  const runs = origins();
  try {
    const { model, settings, step, numeric } = await runs.read(await openInput(from, terminal));
    return { runs, name: nameOf(from), model, settings, step, numeric };
  } catch (error) {
    if (error instanceof RunRefusal) throw new Error(`${nameOf(from)} ${error.message}`, { cause: error });
    throw error;
  }
}

/** What of the run it began with, or that it could begin with nothing of it. */
function begunFrom({ carried }: Trainer, { name, step }: Begun): string {
  if (carried === undefined) return "This model is fitted at once, so no weights are carried over.";
  if (carried.weights === 0) return `Nothing of ${name} fits this table, so all weights are fresh.`;
  return `Starting from ${name} (${plural(step, "step")}): ${saidOfMatched(carried.columns)}.`;
}

/**
 * The model that is asked for, or that of the run it begins with, with that run's settings where none are given.
 * @throws Misuse where a setting is unusable, or where the run is of another model.
 */
function chosen(
  { model, set }: Train,
  from: Begun | undefined,
  prepared: Prepared,
): { readonly model: ModelId; readonly settings: Settings } {
  try {
    const spec = [model ?? from?.model ?? usual.model, ...set].join(":");
    const { id, settings } = parseModelSpec(spec, kindShownIn(prepared.views[0]), from?.settings);
    if (from !== undefined && from.model !== id)
      throw new Misuse(
        `${from.name} is a run of ${from.model}, whose weights mean nothing to ${id}. Leave --model out, or --from.`,
      );
    return { model: id, settings };
  } catch (error) {
    throw error instanceof Misuse
      ? error
      : new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** The lab's own choice among what this machine has, raced where there is one, and a trainer on it. */
async function open(
  { backend: forced }: Train,
  request: TrainerRequest,
  device: Device,
  terminal: Terminal,
  tell: (line: string) => void,
): Promise<Trainer> {
  let said: Extract<TrainEvent, { type: "backend" }> | undefined;
  const post = (event: TrainEvent): void => {
    if (event.type === "backend") said = event;
  };
  const { now, rest } = terminal;
  const choice = choosing({ ...device, post, now, rest }, device.onFault);
  await choice.open(forced);
  const { trainer, laps } = await choice.trainerFor(request);
  const paces = laps.map(({ backend, stepsPerSecond }) => `${backend} ${count(Math.round(stepsPerSecond))}`);
  tell(
    `Training ${request.config.model} on ${wordsOf(said!)}${paces.length > 1 ? ` First steps a second: ${paces.join(", ")}.` : ""}`,
  );
  for (const note of new Set(trainer.nets.flatMap((net) => net.note ?? []))) tell(note);
  return trainer;
}

/** @throws Misuse where what is there already would be lost. */
function checkOutputs({ table, out, save, force }: Train): void {
  for (const file of [out, save]) {
    if (file === undefined) continue;
    if (file !== "-" && path.resolve(file) === path.resolve(table))
      throw new Misuse(`${file} is the table to learn from; name another file to write.`);
    checkOutput(file, force);
  }
}

/** The file as a table that can be learned from, as the lab's analysis worker makes it. */
async function table(
  asked: Train,
  before: NumericTransform | undefined,
  terminal: Terminal,
  tell: (line: string) => void,
): Promise<Prepared> {
  const { seed, holdout, columns, limit } = asked;
  const numeric = asked.numeric ?? before ?? usual.numeric;
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
  for (const { name, grouped } of prepared.summary.columns)
    if (grouped !== undefined) tell(`${quoted(name)}: ${grouped}.`);
  return prepared;
}

/** @throws Misuse where --columns names what the table doesn't have. */
function checkColumns({ text, image }: Opened, { columns, table: file }: Train): void {
  const named = Object.keys(columns);
  if (named.length > 0 && image !== undefined)
    throw new Misuse(
      `${nameOf(file)} holds images, whose pixels can't be typed one by one: leave --columns out.`,
    );
  const known = text.columns.map(({ name }) => name);
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Misuse(`${nameOf(file)} has no column "${unknown}". Its columns: ${known.join(", ")}.`);
}

/** Trains until the steps or the seconds are used up or Ctrl-C is pressed. @returns where it stands. */
async function learn(
  trainer: Trainer,
  { steps, seconds, quiet }: Train,
  terminal: Terminal,
  check: () => void,
  best: Keeper | undefined,
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
      await best?.look(trainer);
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
