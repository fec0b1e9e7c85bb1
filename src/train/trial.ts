/**
 * A trainer that is known to work: its first steps compile kernels, are recorded
 * and claim the memory that all others use. They are taken on trial, before
 * anybody hears of a run, and the trainer goes back to where it began.
 */
import { modelCard } from "../catalog/models.ts";
import { applies, type SizesSetting } from "../catalog/setting.ts";
import { OutOfMemory, withRoom } from "../engine/room.ts";
import { count, midSentence, t } from "../language/words.ts";
import { Unfit } from "../models/state.ts";
import { settingsOf } from "../models/index.ts";
import { Diverged, trainer as openTrainer } from "./trainer.ts";
import type { Trainer, TrainerRequest } from "./trainer.ts";

/** @throws OutOfMemory where there is no room for it, GpuRefusal, or Error in plain words for unusable settings. */
export async function onTrial(request: TrainerRequest): Promise<Trainer> {
  let made: Trainer | undefined;
  return withRoom(
    async () => {
      const trainer = (made = await begun(request));
      if (trainer.objectives.length === 0) return trainer;
      try {
        const start = await trainer.checkpoint();
        trainer.advance(undefined, 2);
        await trainer.settled();
        await trainer.report(); // these losses are nobody's
        trainer.restore(start);
      } catch (error) {
        // It is back where it began, and the run itself will say so.
        if (!(error instanceof Diverged)) throw error;
      }
      return trainer;
    },
    () => made?.dispose(),
  );
}

/** With the weights of the run that it begins with, if it is to. */
async function begun(request: TrainerRequest): Promise<Trainer> {
  if (request.origin === undefined) return openTrainer(request);
  let made: Trainer | undefined;
  try {
    made = openTrainer(request);
    await made.carry();
    return made;
  } catch (error) {
    made?.dispose();
    if (!(error instanceof Unfit)) throw error;
    throw new Error(t`The run to start from is damaged: ${error.message}`, { cause: error });
  }
}

/** For a person: that there is no room for it, and the size that there would be room for, found by trying. */
export async function wordsForNoRoom(request: TrainerRequest, build = onTrial): Promise<string> {
  const { model, settings } = request.config;
  const card = modelCard(model);
  const all = settingsOf(model, settings);
  const fitting: string[] = [];

  const fits = async (changed: Readonly<Record<string, number | readonly number[]>>): Promise<boolean> => {
    try {
      const config = { ...request.config, settings: { ...settings, ...changed } };
      (await build({ ...request, config })).dispose();
      return true;
    } catch (error) {
      if (error instanceof OutOfMemory) return false;
      throw error;
    }
  };

  for (const setting of card.settings) {
    if (setting.kind !== "number" || setting.key !== "batch") continue;
    for (let batch = half(all["batch"] as number); batch >= setting.min; batch = half(batch)) {
      if (!(await fits({ batch }))) continue;
      fitting.push(`${midSentence(setting.label)} ${count(batch)}`);
      break;
    }
  }
  const nets = card.settings.filter(
    (setting): setting is SizesSetting => setting.kind === "sizes" && applies(setting, all),
  );
  const sizes = nets.map(({ key }) => all[key] as readonly number[]);
  for (let share = 0.5; share * Math.max(0, ...sizes.flat()) >= 1; share /= 2) {
    const smaller = sizes.map((layers) => layers.map((size) => Math.max(1, Math.floor(size * share))));
    if (!(await fits(Object.fromEntries(nets.map(({ key }, i) => [key, smaller[i]!]))))) continue;
    fitting.push(
      nets.map(({ label }, i) => `${midSentence(label)} ${smaller[i]!.join(" · ")}`).join(t` and `),
    );
    break;
  }
  const remedy =
    fitting.length > 0
      ? t`There would be room with ${fitting.join(t`, or with `)}.`
      : t`Nor is there for anything smaller: close other tabs and programs that use it, or leave out columns with many different values.`;
  return t`There is not enough memory to train ${card.name} with these settings. ${remedy}`;
}

const half = (size: number): number => Math.floor(size / 2);
