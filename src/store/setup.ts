/** Everything a person can choose: what a link carries and what a run is started from. */
import { datasetCards, type DatasetId, type DatasetKind } from "../catalog/datasets.ts";
import type { ModelId } from "../catalog/card.ts";
import type { ExperimentChoice } from "../catalog/experiments.ts";
import { defaultsFor, modelCard } from "../catalog/models.ts";
import { presets, type Preset } from "../catalog/presets.ts";
import type { Settings } from "../catalog/setting.ts";
import { t } from "../language/words.ts";
import type { NumericTransform, StageView } from "../protocol/analysis.ts";
import type { Budget } from "../protocol/run.ts";
import { defaultMissingMarks } from "../table/missing.ts";
import type { ColumnType } from "../table/table.ts";

export interface ColumnChoice {
  readonly type?: ColumnType;
  readonly include?: boolean;
}

export interface Setup {
  /** "own" stands for a table that only this page has: a file, a paste or a drawing. */
  readonly dataset: DatasetId | "own";
  /** What the data are like; decides the defaults, and follows from the data. */
  readonly kind: DatasetKind;
  readonly model: ModelId;
  /** What differs from the model's defaults. */
  readonly settings: Settings;
  /** What a run begins with: fresh weights, or those of the last run or of one in a file. No link carries them. */
  readonly weights: "fresh" | "last" | "file";
  readonly seed: number;
  readonly budget: Budget;
  /** Steps a second at most; Infinity is full speed. */
  readonly speed: number;
  readonly holdout: number;
  readonly numeric: NumericTransform;
  /** By column name. */
  readonly columns: Readonly<Record<string, ColumnChoice>>;
  readonly missingMarks: readonly string[];
  /** The tab on the stage; undefined lets the table decide. */
  readonly view: StageView | undefined;
  /** Columns of the pair view, counted among those that are learned; undefined lets the table decide. */
  readonly pair: readonly [number, number] | undefined;
  /** What was last tried, or is to be, under "Does it help?"; undefined lets the table decide. */
  readonly experiment: ExperimentChoice | undefined;
}

export const defaultSetup: Setup = {
  dataset: "birds",
  kind: "table",
  model: "diffusion",
  settings: {},
  weights: "fresh",
  seed: 7,
  budget: { unit: "steps", amount: 2000 },
  speed: Infinity,
  holdout: 0.2,
  numeric: "quantile",
  columns: {},
  missingMarks: defaultMissingMarks,
  view: undefined,
  pair: undefined,
  experiment: undefined,
};

/** A shape keeps its outline, vectors stay as they are, tables are brought to normal columns. */
const numericFor: Record<DatasetKind, NumericTransform> = {
  table: "quantile",
  shape: "standard",
  vectors: "none",
  images: "minmax",
};

/** What a person starts from with this data; links carry only what differs from it. */
export function setupFor(dataset: DatasetId | "own"): Setup {
  const kind = datasetCards.find((card) => card.id === dataset)?.kind ?? "table";
  return { ...defaultSetup, dataset, kind, numeric: numericFor[kind] };
}

/** Every setting of the chosen model as it stands, defaults for this kind of data filled in. */
export const settingsOf = ({ model, kind, settings }: Setup): Settings => ({
  ...defaultsFor(model, kind),
  ...settings,
});

/** The textbook example that is set up, setting for setting. */
export function presetOf(setup: Setup): Preset | undefined {
  const now = settingsOf(setup);
  return presets.find(
    ({ dataset, model, settings }) =>
      setup.dataset === dataset &&
      setup.model === model &&
      Object.entries(settings).every(([key, value]) => String(now[key]) === String(value)),
  );
}

/** Settings that go along to other data: a person's own do, a textbook example's were chosen for its data alone. */
export const settingsToKeep = (setup: Setup): Settings => (presetOf(setup) ? {} : setup.settings);

/** Labels of what was changed since a run began and waits for a new one; empty where nothing does. */
export function changesSince(started: Setup, now: Setup): readonly string[] {
  const changed: string[] = [];
  if (started.model !== now.model) return [t`Model`];
  if (started.weights !== now.weights) changed.push(t`Start from`);
  if (started.seed !== now.seed) changed.push(t`Seed`);
  const before = settingsOf(started);
  const after = settingsOf(now);
  for (const setting of modelCard(now.model).settings) {
    if (setting.live !== true && String(before[setting.key]) !== String(after[setting.key]))
      changed.push(setting.label);
  }
  return changed;
}

/** The two columns that the pair view shows: the chosen ones where the table has them, else its first two numbers. */
export function openPair(
  { pair }: Setup,
  columns: readonly { readonly type: ColumnType; readonly include: boolean }[],
): readonly [number, number] {
  const learned = columns.filter(({ include }) => include);
  if (pair && pair.every((index) => index < learned.length)) return pair;
  const indexes = learned.map((_, index) => index);
  const numbers = indexes.filter((index) => learned[index]!.type === "number");
  const [first = 0, second = first] = [...numbers, ...indexes.filter((index) => !numbers.includes(index))];
  return [first, second];
}
