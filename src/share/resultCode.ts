/**
 * What a student hands in: settings, the figure that was asked for and how it was come by, in a line of text that checks
 * itself. No name is in it, no row, and no column. It proves nothing against somebody who makes one up; run it again, and
 * the same seed gives the same figure.
 */
import * as v from "valibot";
import { t } from "../language/words.ts";
import type { Setup } from "../store/setup.ts";
import { taskFigures, type TaskFigure } from "../store/task.ts";
import { readLink, writeLink } from "./link.ts";
import { pack, unpack } from "./pack.ts";
import { ShareRefusal } from "./refusal.ts";

export interface HandedIn {
  readonly setup: Setup;
  readonly figure: TaskFigure;
  readonly value: number;
  readonly step: number;
  /** Seconds of training. */
  readonly elapsed: number;
}

const mark = "LK1.";
/** Characters of a code that are read at all. */
const longest = 4_096;
const finite = v.pipe(v.number(), v.finite());
const form = v.tuple([
  v.pipe(v.string(), v.maxLength(8_192)),
  v.picklist(Object.keys(taskFigures) as [TaskFigure]),
  finite,
  v.pipe(finite, v.integer(), v.minValue(0), v.maxValue(1e9)),
  v.pipe(finite, v.minValue(0), v.maxValue(1e9)),
]);

/** Figures of a person's own table are fine; what would name its columns is left out (`writeLink`). */
export async function writeCode({ setup, figure, value, step, elapsed }: HandedIn): Promise<string> {
  const { view: _view, pair: _pair, experiment: _experiment, ...told } = setup;
  const link = writeLink({ ...told, view: undefined, pair: undefined, experiment: undefined });
  const plain = [link, figure, Number(value.toPrecision(6)), step, Number(elapsed.toFixed(1))];
  return mark + (await pack(new TextEncoder().encode(JSON.stringify(plain))));
}

/** @throws ShareRefusal in words. */
export async function readCode(text: string): Promise<HandedIn> {
  const code = text.trim();
  if (!code.startsWith(mark)) throw new ShareRefusal(t`is no result code: those begin with LK1.`);
  if (code.length > longest) throw new ShareRefusal(t`is longer than any result code.`);
  const bytes = await unpack(code.slice(mark.length)).catch(() => undefined);
  if (bytes === undefined) throw new ShareRefusal(t`was changed or cut off; copy it again.`);
  let plain: unknown;
  try {
    plain = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    plain = undefined;
  }
  const read = v.safeParse(form, plain);
  const opened = read.success ? readLink(read.output[0]) : undefined;
  if (!read.success || opened === undefined || opened.faults.length > 0)
    throw new ShareRefusal(t`holds something that Likeness does not write.`);
  const [, figure, value, step, elapsed] = read.output;
  return { setup: opened.setup, figure, value, step, elapsed };
}
