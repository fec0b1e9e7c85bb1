/**
 * A trained run as a file: one JSON object with all that drawing rows takes, to be opened without the table, on another
 * machine or backend. Numbers of networks are base64 of little-endian float32.
 *
 * What it tells about people: no row is in it, but values are. Of each column it has the name; of categories every
 * spelling and its count; of a number the smallest and largest training value, frequent values, and with the quantile
 * scale up to 10,000 training values and how often each occurs. Masked diffusion keeps ends and mean of its bins, the
 * copula and the independent columns keep all training values, each column sorted by itself. The networks may have
 * learned more. Who may not see the table should not get the file.
 */
import * as v from "valibot";
import { modelCard, modelCards } from "../catalog/models.ts";
import type { ModelId } from "../catalog/card.ts";
import type { Setting, Settings, SettingValue } from "../catalog/setting.ts";
import type { EncoderState } from "../encode/encoder.ts";
import { encoderState } from "../encode/stateForm.ts";
import { t } from "../language/words.ts";
import type { ModelState, Plain } from "../models/model.ts";

export interface SavedRun {
  readonly model: ModelId;
  readonly settings: Settings;
  readonly seed: number;
  /** Training steps taken. */
  readonly step: number;
  /** Rows of the table it was made for. */
  readonly rows: number;
  /** Between the cells of that table. */
  readonly delimiter: string;
  readonly encoder: EncoderState;
  readonly state: ModelState;
}

/** What stands in the file as `likeness`; raised where an older reader would misread it. */
const version = 1;

/** Why a file can't be opened, in a sentence that follows its name. */
export class RunRefusal extends Error {}

const whole = (least: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least));

const form: v.GenericSchema<unknown, SavedRun> = v.object({
  model: v.picklist(modelCards.map(({ id }) => id)),
  settings: v.record(v.string(), v.union([v.number(), v.string(), v.boolean(), v.array(v.number())])),
  seed: whole(0),
  step: whole(0),
  rows: whole(1),
  delimiter: v.pipe(v.string(), v.length(1)),
  encoder: encoderState,
  // What was fitted is the model's own to check.
  state: v.object({
    weights: v.array(
      v.pipe(
        v.instance(Float32Array),
        v.check((values) => values.every(Number.isFinite), "must be numbers"),
      ),
    ),
    fitted: v.custom<Plain>((value) => value !== undefined),
  }),
});

/** @param shared what is shown of the run, packed by `share/`; it stands in front, where a page finds it without the rest. */
export function writeRun(run: SavedRun, shared?: string): string {
  const head = { likeness: version, ...(shared !== undefined && { shared }) };
  const settings = withLater(run, (setting) => setting.default);
  return `${JSON.stringify({ ...head, ...run, settings }, (_, value: unknown) =>
    value instanceof Float32Array ? { float32: toBase64(value) } : value,
  )}\n`;
}

/** @throws RunRefusal in words. */
export function readRun(text: string): SavedRun {
  let data: unknown;
  try {
    data = JSON.parse(text, (_, value: unknown) => (isNumbers(value) ? fromBase64(value.float32) : value));
  } catch {
    throw new RunRefusal(t`is no saved run, or only a part of one: it is not whole JSON.`);
  }
  const { likeness: made } = { ...(data as { likeness?: unknown } | null) };
  if (typeof made !== "number") throw new RunRefusal(t`is JSON, but no run that Likeness saved.`);
  if (made > version)
    throw new RunRefusal(
      t`was saved by a newer Likeness (format ${made}; this one reads ${version}). Update this one.`,
    );
  const { success, output, issues } = v.safeParse(form, data);
  if (success) return { ...output, settings: withLater(output, ({ formerly }) => formerly!) };
  const { shared, state } = data as { shared?: unknown; state?: unknown };
  if (shared !== undefined && state === undefined)
    throw new RunRefusal(
      t`holds the result of a run without its weights, so it can be looked at but makes no rows. Save it with weights.`,
    );
  const [issue] = issues;
  throw new RunRefusal(t`is damaged at ${v.getDotPath(issue) ?? t`its top`}: ${issue.message}.`);
}

/** Settings with those that older runs don't have: always written, so that a file without them is an older one's. */
function withLater(
  { model, settings }: Pick<SavedRun, "model" | "settings">,
  valueOf: (setting: Setting) => SettingValue,
): Settings {
  const later = modelCard(model).settings.filter(({ formerly }) => formerly !== undefined);
  return { ...Object.fromEntries(later.map((setting) => [setting.key, valueOf(setting)])), ...settings };
}

const isNumbers = (value: unknown): value is { readonly float32: string } =>
  typeof value === "object" && value !== null && typeof (value as { float32?: unknown }).float32 === "string";

/** Characters that `String.fromCharCode` takes at once. */
const most = 8_192;

function toBase64(values: Float32Array): string {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  let text = "";
  for (let at = 0; at < bytes.length; at += most)
    text += String.fromCharCode(...bytes.subarray(at, at + most));
  return btoa(text);
}

/** @throws where it is no base64 of whole numbers; whoever reads the file says so. */
function fromBase64(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  if (bytes.length % 4 !== 0) throw new RangeError(t`A part of a number.`);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
